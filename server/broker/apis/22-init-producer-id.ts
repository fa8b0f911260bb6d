import { ERROR } from '../../protocol/errors.ts';
import { initProducerIdApi } from '../../protocol/messages/init-producer-id.ts';
import { handler } from '../net/handler.ts';

/**
 * InitProducerId 0–5, for idempotent producers: each gets a fresh id with epoch 0 (also one that had an id, KIP-360).
 * Transactions are not served: nobody finds a coordinator for them.
 */
export const initProducerId = handler(initProducerIdApi, { min: 0, max: 5 }, (request, { broker }) => {
  if (request.transactionalId !== null) return { errorCode: ERROR.NOT_COORDINATOR, producerEpoch: -1 };
  return { errorCode: 0, producerId: BigInt(broker.nextProducerId()), producerEpoch: 0 };
});
