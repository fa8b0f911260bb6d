import { partitionLag, totalLag } from '../../lib/kafka/lag.ts';
import type { CommittedOffset } from './group-offsets.ts';
import type { Known } from './on-demand.ts';
import type { Offsets, PartitionOffsets } from './partition-offsets.ts';

/** Log ends for some groups' committed offsets. */
export interface LagReader {
  /** Null when the log end is not known, or the partition is not there any more. */
  lagOf(offset: CommittedOffset): number | null;
  offsetsOf(offset: CommittedOffset): PartitionOffsets | null;
  /** Sum over a group's partitions that still exist; null when one of them is not known. */
  totalOf(offsets: readonly CommittedOffset[]): number | null;
  /** What the log ends lack, one for each reason. */
  readonly missing: ReadonlyMap<string, Known<PartitionOffsets>>;
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
  const missing = new Map<string, Known<PartitionOffsets>>();
  for (const { topic, partition } of wanted.values()) {
    const one = known(topic, partition);
    if (one && 'value' in one) continue;
    if (isGone(one)) continue;
    missing.set(one === undefined ? 'waiting' : one.failure.message, one);
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
      totalLag(ofGroup.filter(({ topic, partition }) => !isGone(known(topic, partition))).map(lagOf)),
    missing,
  };
}

/** A group may remember a topic that was deleted: there is nothing left to read in it. */
function isGone(known: Known<PartitionOffsets>): boolean {
  return known !== undefined && 'failure' in known && known.failure.code === 'not_found';
}
