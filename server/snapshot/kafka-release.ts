import type { OfferedVersions } from '../client/offered-versions.ts';

/**
 * First release with each level of the feature `metadata.version` (org.apache.kafka.server.common.MetadataVersion),
 * newest first. A KRaft broker tells the highest level its software supports.
 */
const BY_METADATA_VERSION: readonly (readonly [level: number, release: string])[] = [
  [31, '4.4'],
  [30, '4.3'],
  [28, '4.2'],
  [26, '4.1'],
  [22, '4.0'],
  [21, '3.9'],
  [20, '3.8'],
  [15, '3.7'],
  [12, '3.6'],
  [9, '3.5'],
  [8, '3.4'],
  [4, '3.3'],
  [3, '3.2'],
  [2, '3.1'],
  [1, '3.0'],
];

/** An API version that came with each release, oldest first. */
const BY_API: readonly (readonly [release: string, key: number, version: number])[] = [
  ['2.0', 3, 6],
  ['2.1', 3, 7],
  ['2.2', 2, 5],
  ['2.3', 3, 8],
  ['2.4', 3, 9],
  ['2.5', 9, 7],
  ['2.6', 16, 4],
  ['2.7', 1, 12],
  ['2.8', 3, 11],
  ['3.0', 9, 8],
  ['3.1', 3, 12],
  ['3.2', 11, 9],
  ['3.3', 35, 4],
  ['3.5', 1, 15],
  ['3.6', 24, 4],
  ['3.7', 1, 16],
  ['3.8', 16, 5],
  ['3.9', 1, 17],
  ['4.0', 3, 13],
  ['4.1', 0, 13],
  ['4.2', 2, 11],
  ['4.3', 35, 5],
];

/** Level beyond which nothing is known: a newer release says so by its features, and is not called by an old name. */
const NEWEST_LEVEL = BY_METADATA_VERSION[0]![0];

/**
 * The release that a broker is, as far as it can be told from outside: by its features (KRaft), else the newest release
 * whose marks, and those of all releases before, it offers. Null when it is none of them.
 */
export function kafkaRelease({ apis, supportedFeatures }: OfferedVersions): string | null {
  const level = supportedFeatures.get('metadata.version');
  if (level !== undefined) {
    const release = BY_METADATA_VERSION.find(([from]) => level >= from)?.[1] ?? null;
    return release !== null && level > NEWEST_LEVEL ? `${release}+` : release;
  }
  let newest: string | null = null;
  for (const [release, key, version] of BY_API) {
    if ((apis.get(key)?.max ?? -1) < version) break;
    newest = release;
  }
  return newest;
}

const DESCRIBE_QUORUM = 55;
const UPDATE_METADATA = 6;

/** How a cluster keeps its metadata: only ZooKeeper brokers take UpdateMetadata, only KRaft ones DescribeQuorum. */
export function clusterMode({ apis, supportedFeatures }: OfferedVersions): 'kraft' | 'zookeeper' | 'unknown' {
  if (apis.has(DESCRIBE_QUORUM) || supportedFeatures.has('metadata.version')) return 'kraft';
  return apis.has(UPDATE_METADATA) ? 'zookeeper' : 'unknown';
}
