import { ProtocolError } from '../../protocol/codec.ts';
import { ERROR } from '../../protocol/errors.ts';
import {
  type AddPartitionsToTxnTransaction,
  addPartitionsToTxnApi,
} from '../../protocol/messages/add-partitions-to-txn.ts';
import { isInternalTopic } from '../controller/metadata-image.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, mayOnCluster } from '../security/permissions.ts';
import { partitionSet, type TopicPartition } from '../transactions/transaction-metadata.ts';
import { groupByTopic } from './group-by-topic.ts';

const FIRST_VERSION_WITH_FENCED = 2;
/** From this version on it is brokers who ask, for many transactions at once. */
const FIRST_VERSION_OF_BROKERS = 4;

interface Result extends TopicPartition {
  readonly errorCode: number;
}

/**
 * AddPartitionsToTxn 0–5. v2 PRODUCER_FENCED (KIP-588), v4 from brokers, which add partitions for clients of transactions
 * version 2 or verify that others have (KIP-890), v5 TRANSACTION_ABORTABLE.
 */
export const addPartitionsToTxn = handler(
  addPartitionsToTxnApi,
  { min: 0, max: 5 },
  async (request, context) => {
    if (context.header.apiVersion >= FIRST_VERSION_OF_BROKERS) {
      if (!mayOnCluster(context, 'clusterAction')) return { errorCode: ERROR.CLUSTER_AUTHORIZATION_FAILED };
      return {
        resultsByTransaction: await Promise.all(
          request.transactions.map(async (transaction) => ({
            transactionalId: transaction.transactionalId,
            topicResults: byTopic(await add(transaction, context)),
          })),
        ),
      };
    }
    const results = await add(
      {
        transactionalId: request.v3AndBelowTransactionalId,
        producerId: request.v3AndBelowProducerId,
        producerEpoch: request.v3AndBelowProducerEpoch,
        verifyOnly: false,
        topics: request.v3AndBelowTopics,
      },
      context,
    );
    return { resultsByTopicV3AndBelow: byTopic(results) };
  },
);

async function add(transaction: AddPartitionsToTxnTransaction, context: RequestContext): Promise<Result[]> {
  const { transactionalId, producerEpoch, verifyOnly, topics } = transaction;
  const { cluster, transactions } = context;
  const { apiVersion } = context.header;
  const isClient = apiVersion < FIRST_VERSION_OF_BROKERS;
  if (transactionalId === null) throw new ProtocolError('Transactional ID can not be null in request.');
  const partitions = topics.flatMap(({ name, partitions: numbers }) =>
    numbers.map((partition): TopicPartition => ({ topic: name, partition })),
  );
  const all = (errorCode: number) => partitions.map((each) => ({ ...each, errorCode }));
  if (isClient && !may(context, 'write', 'transactionalId', transactionalId)) {
    return all(ERROR.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  }
  const checked = partitions.map(({ topic, partition }) => {
    const isAllowed = !isClient || (!isInternalTopic(topic) && may(context, 'write', 'topic', topic));
    if (!isAllowed) return ERROR.TOPIC_AUTHORIZATION_FAILED;
    return cluster.image.partition(topic, partition) === undefined
      ? ERROR.UNKNOWN_TOPIC_OR_PARTITION
      : ERROR.NONE;
  });
  if (checked.some((errorCode) => errorCode !== ERROR.NONE)) {
    return partitions.map((each, index) => ({
      ...each,
      errorCode: checked[index] || ERROR.OPERATION_NOT_ATTEMPTED,
    }));
  }
  const producer = { producerId: Number(transaction.producerId), producerEpoch };
  const wanted = partitionSet(partitions);
  if (verifyOnly) {
    const codes = transactions.verifyPartitions(transactionalId, producer, wanted);
    return [...wanted.values()].map((each, index) => ({ ...each, errorCode: codes[index]! }));
  }
  const clientVersion = isClient ? 0 : 2;
  const errorCode = await transactions.addPartitions(transactionalId, producer, wanted, clientVersion);
  const isFenced = errorCode === ERROR.PRODUCER_FENCED && apiVersion < FIRST_VERSION_WITH_FENCED;
  return all(isFenced ? ERROR.INVALID_PRODUCER_EPOCH : errorCode);
}

function byTopic(results: readonly Result[]) {
  return [...groupByTopic(results)].map(([name, partitions]) => ({
    name,
    resultsByPartition: partitions.map(({ partition, errorCode }) => ({
      partitionIndex: partition,
      partitionErrorCode: errorCode,
    })),
  }));
}
