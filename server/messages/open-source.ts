import type { MessageQuery } from '../../lib/contract/message-query.ts';
import type { Cluster } from '../cluster.ts';
import { messageOfRecord } from './message-of-record.ts';
import { parsePositions, planReading } from './reading-plan.ts';
import { OPEN_GATE, type RecordGate } from './record-gate.ts';
import { type MessageSource, TopicReading } from './topic-reading.ts';
import { TopicView } from './topic-view.ts';

/** How long leaders are looked for before the stream begins without some. */
const START_PATIENCE_MS = 2500;

type Wanted = Omit<MessageQuery, 'partition' | 'partitions'> & {
  /** Null: all. */
  partitions: readonly number[] | null;
};

/**
 * What a request wants of one topic. Reading goes on in this thread; searching, which looks at many more records than it
 * tells of, in others.
 */
export async function openSource(
  cluster: Cluster,
  topicName: string,
  wanted: Wanted,
  { field, signal }: { field: string; signal: AbortSignal },
): Promise<MessageSource> {
  const positions = parsePositions(wanted);
  const topic = await TopicView.open(cluster, topicName, {
    partitions: positions.named ?? [],
    field: wanted.partitions === null ? 'from' : field,
  });
  const plan = await planReading(topic, positions.named ?? topic.partitions, positions, wanted, {
    patienceMs: START_PATIENCE_MS,
    signal,
  });
  const { limit, follow, maxBytes } = wanted;
  const { start, end } = positions;
  const gate: RecordGate = {
    ...OPEN_GATE,
    fromTimestamp: start.kind === 'timestamp' ? start.timestamp : OPEN_GATE.fromTimestamp,
    untilTimestamp: end?.kind === 'timestamp' ? end.timestamp : OPEN_GATE.untilTimestamp,
    committedOnly: wanted.isolation === 'committed',
    wantsControl: wanted.control,
  };
  return new TopicReading({
    topic,
    positions,
    plan,
    gate,
    limit,
    follow,
    inOrderOfTime: Number.isFinite(limit),
    maxBytes,
    tell: (partition, record) => messageOfRecord(partition, record, maxBytes),
  });
}
