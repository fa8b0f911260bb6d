import { partitionLag, totalLag } from '../../lib/kafka/lag.ts';
import type { CommittedOffset } from './group-offsets.ts';
import type { Known } from './on-demand.ts';
import type { Offsets, PartitionOffsets } from './partition-offsets.ts';

export interface MissingEnds {
  readonly known: Known<PartitionOffsets>;
  readonly count: number;
}

/** Log ends for some groups' committed offsets. */
export interface LagReader {
  /** Null when the log end is not known, or the partition is not there any more. */
  lagOf(offset: CommittedOffset): number | null;
  offsetsOf(offset: CommittedOffset): PartitionOffsets | null;
  /** Sum over a group's partitions that still exist; null when one of them is not known, or none was ever committed. */
  totalOf(offsets: readonly CommittedOffset[]): number | null;
  /** What the log ends lack: for each reason one of the partitions, and how many there are. */
  readonly missing: ReadonlyMap<string, MissingEnds>;
}

/** Reads the log ends of all partitions that groups have committed offsets for. */
export async function readLag(
  offsets: Offsets,
  committed: Iterable<readonly CommittedOffset[]>,
  until: number,
): Promise<LagReader> {
  const wanted = new Map<string, CommittedOffset>();
  for (const ofGroup of committed) {
    for (const offset of ofGroup) wanted.set(`${offset.topic} ${offset.partition}`, offset);
  }
  const known = await offsets.read([...wanted.values()], until);
  const missing = new Map<string, MissingEnds>();
  for (const { topic, partition } of wanted.values()) {
    const one = known(topic, partition);
    if (one && 'value' in one) continue;
    if (isGone(one)) continue;
    const reason = one === undefined ? 'waiting' : one.failure.code;
    const before = missing.get(reason);
    missing.set(reason, { known: before?.known ?? one, count: (before?.count ?? 0) + 1 });
  }
  const offsetsOf = ({ topic, partition }: CommittedOffset): PartitionOffsets | null => {
    const one = known(topic, partition);
    return one && 'value' in one ? one.value : null;
  };
  const lagOf = (offset: CommittedOffset): number | null =>
    partitionLag(offset.committedOffset, offsetsOf(offset)?.logEndOffset ?? null);
  return {
    lagOf,
    offsetsOf,
    totalOf: (ofGroup) =>
      ofGroup.length === 0
        ? null
        : totalLag(ofGroup.filter(({ topic, partition }) => !isGone(known(topic, partition))).map(lagOf)),
    missing,
  };
}

/** A group may remember a topic that was deleted: there is nothing left to read in it. */
function isGone(known: Known<PartitionOffsets>): boolean {
  return known !== undefined && 'failure' in known && known.failure.code === 'not_found';
}
