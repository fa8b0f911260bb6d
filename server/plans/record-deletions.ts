import type { DeleteRecordsBody, RecordDeletion } from '../../lib/contract/delete-records.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import type { Cluster } from '../cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { readTopicConfigEntries } from '../snapshot/config-reader.ts';
import type { SnapshotTopic } from '../snapshot/snapshot-topic.ts';
import { EARLIEST, LATEST, NONE, offsetsAt } from './offsets-at.ts';

/**
 * Where each of the partitions that a request means would begin. Throws `not_found` for a partition, `invalid_request` for
 * an offset that is not in its log, `refused_by_kafka` for a topic that Kafka deletes no records of, and why a partition's
 * log is not known: what cannot be told is not deleted.
 */
export async function recordDeletions(
  cluster: Cluster,
  topic: SnapshotTopic,
  body: DeleteRecordsBody,
): Promise<RecordDeletion[]> {
  const wanted = wantedPartitions(topic, body);
  const { before } = body;
  const time = typeof before === 'object' && 'time' in before ? BigInt(Date.parse(before.time)) : null;
  const ask = (at: bigint) => offsetsAt(cluster, topic.name, wanted, at);
  const [starts, ends, firsts] = await Promise.all([
    ask(EARLIEST),
    ask(LATEST),
    time === null ? null : ask(time > 0n ? time : 0n),
    refuseUndeletable(cluster, topic),
  ]);
  return wanted.map(({ partition }) => {
    const logStartOffset = known(starts.get(partition));
    const logEndOffset = known(ends.get(partition));
    const first = firsts ? known(firsts.get(partition)) : null;
    const beforeOffset =
      before === 'end'
        ? logEndOffset
        : first !== null
          ? first === Number(NONE)
            ? logEndOffset
            : Math.max(first, logStartOffset)
          : checkedOffset(topic.name, partition, body, { logStartOffset, logEndOffset });
    return { partition, logStartOffset, beforeOffset, logEndOffset };
  });
}

function wantedPartitions(
  { name, partitions }: SnapshotTopic,
  { partitions: named, before }: DeleteRecordsBody,
) {
  const byOffset = typeof before === 'object' && 'offsets' in before ? Object.keys(before.offsets) : null;
  const ids = named ?? byOffset?.map(Number) ?? partitions.map(({ partition }) => partition);
  return [...new Set(ids)].map((id) => {
    const found = partitions[id];
    if (found) return found;
    const field = named ? 'partitions' : 'before.offsets';
    const message = say('partition.beyond', { topic: name, partition: id, last: partitions.length - 1 });
    throw new Failure('not_found', message, { fields: [{ field, message }] });
  });
}

function checkedOffset(
  topic: string,
  partition: number,
  { before }: DeleteRecordsBody,
  { logStartOffset, logEndOffset }: { logStartOffset: number; logEndOffset: number },
): number {
  const field = `before.offsets.${partition}`;
  const offset = typeof before === 'object' && 'offsets' in before ? before.offsets[partition] : undefined;
  if (offset === undefined) throw invalid(field, say('deleteRecords.noOffset', { partition }));
  if (offset > logEndOffset) {
    throw invalid(
      field,
      say('deleteRecords.beyondEnd', { name: `${topic}-${partition}`, end: logEndOffset }),
    );
  }
  // What is gone already stays gone.
  return Math.max(offset, logStartOffset);
}

function invalid(field: string, message: Sentence): Failure {
  return new Failure('invalid_request', message, { fields: [{ field, message }] });
}

function known(offset: bigint | Failure | undefined): number {
  if (offset instanceof Failure) throw offset;
  if (offset === undefined) {
    throw new Failure('internal', say('kafka.answeredWithoutPartition', { api: 'ListOffsets' }));
  }
  return Number(offset);
}

/** Kafka would say the same, and nothing would be deleted (Partition.deleteRecordsOnLeader, ReplicaManager). */
async function refuseUndeletable(cluster: Cluster, { name, isInternal }: SnapshotTopic): Promise<void> {
  const subject = say('kafka.topic', { topic: name });
  if (isInternal) throw kafkaFailure(ERROR.INVALID_TOPIC_EXCEPTION, subject);
  const entries = await readTopicConfigEntries(cluster.client, name);
  const policy = entries.find((entry) => entry.name === 'cleanup.policy')?.value;
  if (policy == null || policy === '' || policy.split(',').some((one) => one.trim() === 'delete')) return;
  throw new Failure('refused_by_kafka', say('deleteRecords.onlyCompacted', { topic: name, policy }), {
    action: say('deleteRecords.onlyCompacted.do'),
    kafkaError: { code: ERROR.POLICY_VIOLATION, name: 'POLICY_VIOLATION' },
  });
}
