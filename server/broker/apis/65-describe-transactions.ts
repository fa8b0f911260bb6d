import { ERROR } from '../../protocol/errors.ts';
import { describeTransactionsApi } from '../../protocol/messages/describe-transactions.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { groupByTopic } from './group-by-topic.ts';

/** DescribeTransactions 0 (KIP-664): the state of transactional ids that this broker coordinates. */
export const describeTransactions = handler(
  describeTransactionsApi,
  { min: 0, max: 0 },
  (request, context) => ({
    transactionStates: request.transactionalIds.map((transactionalId) => ({
      transactionalId,
      ...describe(context, transactionalId),
    })),
  }),
);

function describe(context: RequestContext, transactionalId: string) {
  const refused = (errorCode: number) => ({ errorCode, transactionState: '' });
  if (!may(context, 'describe', 'transactionalId', transactionalId)) {
    return refused(ERROR.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  }
  if (transactionalId === '') return refused(ERROR.INVALID_REQUEST);
  const found = context.transactions.find(transactionalId);
  if (typeof found === 'number') return refused(found);
  if (found.metadata === null) return refused(ERROR.TRANSACTIONAL_ID_NOT_FOUND);
  const { state, producerId, producerEpoch, timeoutMs, startedAt, partitions } = found.metadata.now;
  const topics = [...groupByTopic(partitions.values())];
  return {
    errorCode: ERROR.NONE,
    transactionState: state,
    producerId: BigInt(producerId),
    producerEpoch,
    transactionTimeoutMs: timeoutMs,
    transactionStartTimeMs: BigInt(startedAt),
    topics: topics
      .filter(([topic]) => may(context, 'describe', 'topic', topic))
      .map(([topic, members]) => ({ topic, partitions: members.map(({ partition }) => partition) })),
  };
}
