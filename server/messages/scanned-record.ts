import type { DecodedRecord } from '../protocol/records/record-batch.ts';

/** How the transaction of a record ended, where that is known. */
export type TransactionState = 'committed' | 'aborted' | 'open';

export interface ScannedRecord extends DecodedRecord {
  readonly transaction?: TransactionState;
}
