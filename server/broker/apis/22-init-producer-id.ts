import { ERROR } from '../../protocol/errors.ts';
import { initProducerIdApi } from '../../protocol/messages/init-producer-id.ts';
import { handler } from '../net/handler.ts';
import { may, mayOnCluster, maySomewhere } from '../security/permissions.ts';

const FIRST_VERSION_WITH_FENCED = 4;
const NO_PRODUCER = { producerId: -1n, producerEpoch: -1 };

/**
 * InitProducerId 0–5. An idempotent producer gets a fresh id (also one that had an id, KIP-360); a transactional one its id
 * with the next epoch. v3 the producer names the id and epoch it has, v4 PRODUCER_FENCED (KIP-588), v5 TRANSACTION_ABORTABLE.
 */
export const initProducerId = handler(initProducerIdApi, { min: 0, max: 5 }, async (request, context) => {
  const { broker, transactions, header } = context;
  const { transactionalId, transactionTimeoutMs, producerEpoch } = request;
  const refused = (errorCode: number) => ({ errorCode, ...NO_PRODUCER });
  if (transactionalId !== null) {
    if (!may(context, 'write', 'transactionalId', transactionalId)) {
      return refused(ERROR.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    }
  } else if (!mayOnCluster(context, 'idempotentWrite') && !maySomewhere(context, 'write', 'topic')) {
    return refused(ERROR.CLUSTER_AUTHORIZATION_FAILED);
  }
  const producerId = Number(request.producerId);
  if ((producerId === -1) !== (producerEpoch === -1)) return refused(ERROR.INVALID_REQUEST);
  if (transactionalId === null) {
    return { errorCode: ERROR.NONE, producerId: BigInt(broker.nextProducerId()), producerEpoch: 0 };
  }
  const expected = producerId === -1 ? null : { producerId, producerEpoch };
  const answer = await transactions.initProducerId(transactionalId, transactionTimeoutMs, expected);
  const isFenced = answer.errorCode === ERROR.PRODUCER_FENCED;
  return {
    errorCode:
      isFenced && header.apiVersion < FIRST_VERSION_WITH_FENCED
        ? ERROR.INVALID_PRODUCER_EPOCH
        : answer.errorCode,
    producerId: BigInt(answer.producerId),
    producerEpoch: answer.producerEpoch,
  };
});
