import type { Broker } from '../broker.ts';
import { configNumber } from '../config/resolve.ts';

/** The broker configs that the transaction coordinator obeys. Times in milliseconds. */
export interface TransactionSettings {
  /** `transaction.max.timeout.ms` */
  readonly maxTimeoutMs: number;
  /** `transactional.id.expiration.ms` */
  readonly idExpirationMs: number;
  /** `transaction.abort.timed.out.transaction.cleanup.interval.ms` */
  readonly abortIntervalMs: number;
  /** `transaction.remove.expired.transaction.cleanup.interval.ms` */
  readonly expiryIntervalMs: number;
  /** `transaction.two.phase.commit.enable` is not served: only InitProducerId 6 could ask for it. */
  /** `request.timeout.ms`: how long a marker may take to be on all in-sync replicas. */
  readonly requestTimeoutMs: number;
  /** `add.partitions.to.txn.retry.backoff.ms` and `.max.ms` (KIP-890). */
  readonly addPartitionsBackoffMs: number;
  readonly addPartitionsBackoffMaxMs: number;
}

export function transactionSettings(broker: Broker): TransactionSettings {
  const number = (name: string) => configNumber(broker, name);
  return {
    maxTimeoutMs: number('transaction.max.timeout.ms'),
    idExpirationMs: number('transactional.id.expiration.ms'),
    abortIntervalMs: number('transaction.abort.timed.out.transaction.cleanup.interval.ms'),
    expiryIntervalMs: number('transaction.remove.expired.transaction.cleanup.interval.ms'),
    requestTimeoutMs: number('request.timeout.ms'),
    addPartitionsBackoffMs: number('add.partitions.to.txn.retry.backoff.ms'),
    addPartitionsBackoffMaxMs: number('add.partitions.to.txn.retry.backoff.max.ms'),
  };
}
