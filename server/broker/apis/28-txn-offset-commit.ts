import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import {
  type TxnOffsetCommitRequest,
  txnOffsetCommitApi,
} from '../../protocol/messages/txn-offset-commit.ts';
import { commitError } from '../groups/commit-error.ts';
import type { OffsetToCommit } from '../groups/offsets.ts';
import { commitInTransaction, transactionalError } from '../groups/transactional-commit.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may } from '../security/permissions.ts';

const FIRST_VERSION_WITH_LOAD_ERRORS = 2;
const FIRST_VERSION_WITH_ABORTABLE_ERRORS = 4;
const FIRST_VERSION_THAT_ADDS_PARTITIONS = 5;

/**
 * TxnOffsetCommit 0–5: offsets that count when the producer's transaction is committed. v2 leader epochs, v3 the consumer's
 * membership is checked (KIP-447), v4 TRANSACTION_ABORTABLE, v5 adds the group's partition to the transaction (KIP-890).
 */
export const txnOffsetCommit = handler(txnOffsetCommitApi, { min: 0, max: 5 }, async (request, context) => {
  const { apiVersion } = context.header;
  const answer = (codeOf: (topic: string, partition: number) => number) => ({
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: toldTo(apiVersion, codeOf(name, partitionIndex)),
      })),
    })),
  });
  if (!may(context, 'write', 'transactionalId', request.transactionalId)) {
    return answer(() => ERROR.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  }
  if (!may(context, 'read', 'group', request.groupId)) return answer(() => ERROR.GROUP_AUTHORIZATION_FAILED);
  const refused = new Map<string, number>();
  const offsets: OffsetToCommit[] = [];
  for (const { name, partitions } of request.topics) {
    const isAllowed = may(context, 'read', 'topic', name);
    const topicId = context.cluster.image.topic(name)?.id ?? ZERO_UUID;
    for (const each of partitions) {
      const { partitionIndex: partition } = each;
      const isThere = context.cluster.image.partition(name, partition) !== undefined;
      if (!isAllowed) refused.set(`${name}-${partition}`, ERROR.TOPIC_AUTHORIZATION_FAILED);
      else if (!isThere) refused.set(`${name}-${partition}`, ERROR.UNKNOWN_TOPIC_OR_PARTITION);
      else {
        const { committedOffset, committedLeaderEpoch: leaderEpoch, committedMetadata: metadata } = each;
        const offset = Number(committedOffset);
        offsets.push({ topic: name, topicId, partition, offset, leaderEpoch, metadata });
      }
    }
  }
  const codes = offsets.length === 0 ? [] : await commit(request, context, offsets);
  const committed = new Map(
    offsets.map(({ topic, partition }, index) => [`${topic}-${partition}`, codes[index]!]),
  );
  return answer(
    (topic, partition) =>
      refused.get(`${topic}-${partition}`) ?? committed.get(`${topic}-${partition}`) ?? ERROR.NONE,
  );
});

async function commit(
  request: TxnOffsetCommitRequest,
  context: RequestContext,
  offsets: readonly OffsetToCommit[],
): Promise<number[]> {
  const all = (errorCode: number) => offsets.map(() => errorCode);
  const { coordinator, header, transactions } = context;
  const { groupId, transactionalId, memberId, generationId, groupInstanceId: instanceId } = request;
  if (groupId === '') return all(ERROR.INVALID_GROUP_ID);
  const producer = { producerId: Number(request.producerId), producerEpoch: request.producerEpoch };
  const found = coordinator.shardOf(groupId);
  if (found.shard === null) return all(found.errorCode);
  const { shard } = found;
  const append = { replica: shard.partition, sequence: -1 };
  const mode = modeOf(header.apiVersion);
  const [verified] = await transactions.verifier.verify(transactionalId, producer, [append], mode, false);
  const { errorCode, guard } = verified!;
  if (errorCode !== ERROR.NONE) return all(transactionalError(errorCode));
  const existing = shard.groups.get(groupId);
  if (existing === undefined && generationId >= 0) return all(ERROR.ILLEGAL_GENERATION);
  const group = existing ?? shard.open(groupId);
  const { apiVersion } = header;
  const committer = {
    memberId,
    generationId,
    instanceId,
    retentionMs: -1,
    apiVersion,
    isTransactional: true,
  };
  const problem = commitError(group, committer, offsets);
  if (problem !== ERROR.NONE) return all(problem);
  return commitInTransaction(shard, group, { ...producer, guard }, offsets);
}

function modeOf(version: number) {
  if (version >= FIRST_VERSION_THAT_ADDS_PARTITIONS) return 'add';
  return version >= FIRST_VERSION_WITH_ABORTABLE_ERRORS ? 'verify' : 'verify-old';
}

/** Producers before 2.0 crash when a coordinator is loading (KAFKA-7296). */
function toldTo(version: number, errorCode: number): number {
  const isNew = version >= FIRST_VERSION_WITH_LOAD_ERRORS;
  return !isNew && errorCode === ERROR.COORDINATOR_LOAD_IN_PROGRESS
    ? ERROR.COORDINATOR_NOT_AVAILABLE
    : errorCode;
}
