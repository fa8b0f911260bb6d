import type { MetadataImage } from '../controller/metadata-image.ts';
import type { Partition } from '../replica/partition.ts';

/** The class names with which `replica.selector.class` asks for replicas in the consumer's rack. */
const RACK_AWARE = 'org.apache.kafka.common.replica.RackAwareReplicaSelector';

interface ReplicaView {
  readonly id: number;
  readonly logEndOffset: number;
  readonly caughtUpAt: number;
}

/**
 * The follower that a consumer in `rackId` should rather read from (KIP-392): one in its rack that is in sync and has the
 * offset, the furthest first. Null when the leader is as good, or the brokers are not told to choose.
 */
export function preferredReadReplica(
  replica: Partition,
  { offset, rackId, selector }: { offset: number; rackId: string; selector: string | undefined },
  image: MetadataImage,
): number | null {
  if (selector !== RACK_AWARE || rackId === '' || !replica.isLeader) return null;
  const { leader, isr } = replica.image;
  const isInRack = (id: number) => image.isActive(id) && image.brokers.get(id)?.rack === rackId;
  if (isInRack(leader)) return null;
  let best: ReplicaView | null = null;
  for (const { brokerId, logEndOffset, logStartOffset, lastCaughtUpAt } of replica.followers) {
    if (!isr.includes(brokerId) || !isInRack(brokerId)) continue;
    if (logEndOffset < offset || logStartOffset > offset) continue;
    const view = { id: brokerId, logEndOffset, caughtUpAt: lastCaughtUpAt };
    if (best === null || isBetter(view, best)) best = view;
  }
  return best?.id ?? null;
}

/** The order of Kafka's `ReplicaView.comparator`. */
function isBetter(a: ReplicaView, b: ReplicaView): boolean {
  if (a.logEndOffset !== b.logEndOffset) return a.logEndOffset > b.logEndOffset;
  if (a.caughtUpAt !== b.caughtUpAt) return a.caughtUpAt > b.caughtUpAt;
  return a.id > b.id;
}
