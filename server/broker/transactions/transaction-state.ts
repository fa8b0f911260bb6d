import { TRANSACTION_STATES } from '../../protocol/transaction-states.ts';

export const STATE_NAMES = TRANSACTION_STATES;

export type TransactionState = (typeof STATE_NAMES)[number];

const BEFORE: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  Empty: ['Empty', 'CompleteCommit', 'CompleteAbort'],
  Ongoing: ['Ongoing', 'Empty', 'CompleteCommit', 'CompleteAbort'],
  PrepareCommit: ['Ongoing'],
  // From others than Ongoing: clients of transactions version 2 abort without having added a partition.
  PrepareAbort: ['Ongoing', 'PrepareEpochFence', 'Empty', 'CompleteCommit', 'CompleteAbort'],
  CompleteCommit: ['PrepareCommit'],
  CompleteAbort: ['PrepareAbort'],
  Dead: ['Empty', 'CompleteAbort', 'CompleteCommit'],
  PrepareEpochFence: ['Ongoing'],
};

export function mayFollow(next: TransactionState, state: TransactionState): boolean {
  return BEFORE[next].includes(state);
}

/** Whether an id that rests in this state may be forgotten (`transactional.id.expiration.ms`). */
export function mayExpire(state: TransactionState): boolean {
  return state === 'Empty' || state === 'CompleteCommit' || state === 'CompleteAbort';
}
