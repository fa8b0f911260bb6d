import { ERROR } from '../../protocol/errors.ts';
import { listTransactionsApi } from '../../protocol/messages/list-transactions.ts';
import { handler } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { STATE_NAMES } from '../transactions/transaction-state.ts';

/**
 * ListTransactions 0–2 (KIP-664): the transactional ids that this broker coordinates. v1 those that have been open for longer
 * than a time (KIP-994), v2 those that match a regular expression as a whole (KIP-1152).
 */
export const listTransactions = handler(listTransactionsApi, { min: 0, max: 2 }, (request, context) => {
  const { transactions, broker } = context;
  if (transactions.isLoading) return { errorCode: ERROR.COORDINATOR_LOAD_IN_PROGRESS };
  const states = new Set<string>(request.stateFilters);
  const producerIds = new Set(request.producerIdFilters.map(Number));
  const longerThanMs = Number(request.durationFilter);
  const pattern = patternOf(request.transactionalIdPattern);
  if (pattern === undefined) return { errorCode: ERROR.INVALID_REGULAR_EXPRESSION };
  const now = broker.now();
  const found = [...transactions.all()].filter(
    ({ transactionalId, now: { state, producerId, startedAt } }) => {
      if (state === 'Dead' || (producerIds.size > 0 && !producerIds.has(producerId))) return false;
      if (states.size > 0 && !states.has(state)) return false;
      if (longerThanMs >= 0 && now - startedAt <= longerThanMs) return false;
      return pattern === null || pattern.test(transactionalId);
    },
  );
  return {
    errorCode: ERROR.NONE,
    unknownStateFilters: [...states].filter((name) => !STATE_NAMES.some((known) => known === name)),
    transactionStates: found
      .filter(({ transactionalId }) => may(context, 'describe', 'transactionalId', transactionalId))
      .map(({ transactionalId, now: { producerId, state } }) => ({
        transactionalId,
        producerId: BigInt(producerId),
        transactionState: state,
      })),
  };
});

/** Null without a pattern, undefined for one that is none. */
function patternOf(text: string | null): RegExp | null | undefined {
  if (text === null || text === '') return null;
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    return undefined;
  }
}
