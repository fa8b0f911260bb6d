import { ERROR } from '../../protocol/errors.ts';
import { encodeRecordBatch } from '../../protocol/records/record-batch.ts';
import type { VerificationGuard } from '../log/transaction-verification.ts';
import type { AnyGroup } from './any-group.ts';
import { offsetRecord } from './group-records.ts';
import type { GroupShard } from './group-shard.ts';
import type { OffsetToCommit } from './offsets.ts';

/** The producer in whose transaction offsets are committed, with the proof that the transaction is open. */
export interface CommittingProducer {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly guard: VerificationGuard | null;
}

/** Writes offsets down in a producer's transaction; they count when it is committed. @returns an error code for each, in order */
export async function commitInTransaction(
  shard: GroupShard,
  group: AnyGroup,
  { producerId, producerEpoch, guard }: CommittingProducer,
  offsets: readonly OffsetToCommit[],
): Promise<number[]> {
  const { offsetMetadataMaxBytes, commitTimeoutMs } = shard.settings;
  const tooLong = ({ metadata }: OffsetToCommit) =>
    Buffer.byteLength(metadata ?? '') > offsetMetadataMaxBytes;
  const now = shard.now();
  const accepted = offsets
    .filter((each) => !tooLong(each))
    .map(({ topic, topicId, partition, offset, leaderEpoch, metadata }) => ({
      topic,
      partition,
      committed: {
        offset,
        leaderEpoch,
        metadata: metadata ?? '',
        committedAtMs: now,
        expiresAtMs: null,
        topicId,
      },
    }));
  let errorCode: number = ERROR.NONE;
  if (accepted.length > 0) {
    const batch = encodeRecordBatch({
      records: accepted.map(({ topic, partition, committed }) => ({
        ...offsetRecord(group.id, topic, partition, committed),
        timestamp: now,
      })),
      producerId: BigInt(producerId),
      producerEpoch,
      isTransactional: true,
    });
    const appending = shard.partition.appendAsLeader(batch, {
      acks: -1,
      timeoutMs: commitTimeoutMs,
      origin: 'coordinator',
      guard,
    });
    // In the log, though not on all replicas yet: whoever wants stable offsets has to wait from now on.
    const undo = accepted.map(({ topic, partition, committed }) =>
      shard.transactional.add(producerId, group.id, topic, partition, committed),
    );
    errorCode = transactionalError((await appending).errorCode);
    if (errorCode !== ERROR.NONE) for (const takeBack of undo) takeBack();
  }
  return offsets.map((each) => (tooLong(each) ? ERROR.OFFSET_METADATA_TOO_LARGE : errorCode));
}

/** What a client is told when the transaction could not be verified, or the write failed. */
export function transactionalError(errorCode: number): number {
  switch (errorCode) {
    case ERROR.UNKNOWN_TOPIC_OR_PARTITION:
    case ERROR.NOT_ENOUGH_REPLICAS:
    case ERROR.NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case ERROR.REQUEST_TIMED_OUT:
      return ERROR.COORDINATOR_NOT_AVAILABLE;
    case ERROR.NOT_LEADER_OR_FOLLOWER:
    case ERROR.KAFKA_STORAGE_ERROR:
      return ERROR.NOT_COORDINATOR;
    case ERROR.MESSAGE_TOO_LARGE:
    case ERROR.RECORD_LIST_TOO_LARGE:
    case ERROR.INVALID_FETCH_SIZE:
      return ERROR.INVALID_COMMIT_OFFSET_SIZE;
    // Retriable, and tells old clients not to look for another coordinator.
    case ERROR.NETWORK_EXCEPTION:
      return ERROR.COORDINATOR_LOAD_IN_PROGRESS;
    default:
      return errorCode;
  }
}
