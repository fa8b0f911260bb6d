import { ERROR } from '../../protocol/errors.ts';
import { endTxnApi } from '../../protocol/messages/end-txn.ts';
import { handler } from '../net/handler.ts';
import { may } from '../security/permissions.ts';

const FIRST_VERSION_WITH_FENCED = 2;
const FIRST_VERSION_WITH_NEW_EPOCHS = 5;

/**
 * EndTxn 0–5: commits or aborts. v2 PRODUCER_FENCED (KIP-588), v4 TRANSACTION_ABORTABLE, v5 the producer goes on with the next
 * epoch, which the answer tells (KIP-890).
 */
export const endTxn = handler(endTxnApi, { min: 0, max: 5 }, async (request, context) => {
  const { transactionalId, producerEpoch, committed } = request;
  const { apiVersion } = context.header;
  if (!may(context, 'write', 'transactionalId', transactionalId)) {
    return { errorCode: ERROR.TRANSACTIONAL_ID_AUTHORIZATION_FAILED };
  }
  const answer = await context.transactions.endTransaction(transactionalId, {
    producerId: Number(request.producerId),
    producerEpoch,
    commits: committed,
    isFromClient: true,
    clientVersion: apiVersion >= FIRST_VERSION_WITH_NEW_EPOCHS ? 2 : 0,
  });
  const isFenced = answer.errorCode === ERROR.PRODUCER_FENCED && apiVersion < FIRST_VERSION_WITH_FENCED;
  return {
    errorCode: isFenced ? ERROR.INVALID_PRODUCER_EPOCH : answer.errorCode,
    producerId: BigInt(answer.producerId),
    producerEpoch: answer.producerEpoch,
  };
});
