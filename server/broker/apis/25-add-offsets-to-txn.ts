import { ERROR } from '../../protocol/errors.ts';
import { addOffsetsToTxnApi } from '../../protocol/messages/add-offsets-to-txn.ts';
import { OFFSETS_TOPIC, offsetsTopic, partitionOfGroup } from '../groups/offsets-topic.ts';
import { handler } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { partitionSet } from '../transactions/transaction-metadata.ts';

const FIRST_VERSION_WITH_FENCED = 2;

/**
 * AddOffsetsToTxn 0–4: takes the partition of `__consumer_offsets` that keeps a group into the transaction. v2 PRODUCER_FENCED,
 * v4 TRANSACTION_ABORTABLE. Clients of transactions version 2 leave it to TxnOffsetCommit.
 */
export const addOffsetsToTxn = handler(addOffsetsToTxnApi, { min: 0, max: 4 }, async (request, context) => {
  const { broker, cluster, transactions, header } = context;
  const { transactionalId, groupId, producerEpoch } = request;
  if (!may(context, 'write', 'transactionalId', transactionalId)) {
    return { errorCode: ERROR.TRANSACTIONAL_ID_AUTHORIZATION_FAILED };
  }
  if (!may(context, 'read', 'group', groupId)) return { errorCode: ERROR.GROUP_AUTHORIZATION_FAILED };
  const topic = offsetsTopic(cluster, broker);
  if (topic === null) return { errorCode: ERROR.COORDINATOR_NOT_AVAILABLE };
  const partition = partitionOfGroup(groupId, topic.partitions.length);
  const errorCode = await transactions.addPartitions(
    transactionalId,
    { producerId: Number(request.producerId), producerEpoch },
    partitionSet([{ topic: OFFSETS_TOPIC, partition }]),
    0,
  );
  const isFenced = errorCode === ERROR.PRODUCER_FENCED && header.apiVersion < FIRST_VERSION_WITH_FENCED;
  return { errorCode: isFenced ? ERROR.INVALID_PRODUCER_EPOCH : errorCode };
});
