import { mayFollow, type TransactionState } from './transaction-state.ts';

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A producer as it names itself. */
export interface ProducerIdAndEpoch {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** Partitions by `topic-partition`. */
export type PartitionSet = ReadonlyMap<string, TopicPartition>;

/** 0: clients add partitions and keep their epoch; 2: the epoch grows with every transaction (KIP-890). */
export type ClientTransactionVersion = 0 | 1 | 2;

/** Everything that is kept of a transactional id. */
export interface TransactionValues {
  readonly producerId: number;
  /** -1 when there was none, as with the next one. */
  readonly previousProducerId: number;
  readonly nextProducerId: number;
  /** -1 before the first InitProducerId. */
  readonly producerEpoch: number;
  readonly lastProducerEpoch: number;
  readonly timeoutMs: number;
  readonly state: TransactionState;
  readonly partitions: PartitionSet;
  /** Milliseconds since the epoch, -1 before the first transaction. */
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly clientVersion: ClientTransactionVersion;
}

const NO_ID = -1;
const NO_EPOCH = -1;
const LAST_EPOCH = 0x7fff;
const NO_PARTITIONS: PartitionSet = new Map();

export function partitionSet(partitions: Iterable<TopicPartition>): PartitionSet {
  return new Map([...partitions].map((each) => [`${each.topic}-${each.partition}`, each]));
}

/** The highest epoch is never given to a client, so that the coordinator can always fence it. */
export function isExhausted(epoch: number): boolean {
  return epoch >= LAST_EPOCH - 1;
}

/** Marks an epoch that a client holds no more: it was fenced. */
export const FENCED = Symbol('fenced');

/**
 * One transactional id. A change is prepared, written to `__transaction_state`, and then completed; while one is pending no
 * other may begin (Kafka's TransactionMetadata).
 */
export class TransactionMetadata {
  readonly transactionalId: string;
  #values: TransactionValues;
  #pending: TransactionState | null = null;
  /** A fence was prepared but could not be written: the next one does not raise the epoch again. */
  hasFailedEpochFence = false;

  constructor(transactionalId: string, values: TransactionValues) {
    this.transactionalId = transactionalId;
    this.#values = values;
  }

  /** One that no producer has used yet. */
  static fresh(transactionalId: string, producerId: number, timeoutMs: number, now: number) {
    return new TransactionMetadata(transactionalId, {
      producerId,
      previousProducerId: NO_ID,
      nextProducerId: NO_ID,
      producerEpoch: NO_EPOCH,
      lastProducerEpoch: NO_EPOCH,
      timeoutMs,
      state: 'Empty',
      partitions: NO_PARTITIONS,
      startedAt: -1,
      updatedAt: now,
      clientVersion: 0,
    });
  }

  get now(): TransactionValues {
    return this.#values;
  }

  get pending(): TransactionState | null {
    return this.#pending;
  }

  get isEpochExhausted(): boolean {
    return isExhausted(this.#values.producerEpoch);
  }

  /** A new epoch for a producer that begins or goes on after an error; FENCED when `expectedEpoch` is not its own. */
  prepareNextEpoch(
    timeoutMs: number,
    expectedEpoch: number | null,
    now: number,
  ): TransactionValues | typeof FENCED {
    const { producerEpoch, lastProducerEpoch } = this.#values;
    let epochs = { producerEpoch: producerEpoch + 1, lastProducerEpoch: producerEpoch };
    if (expectedEpoch === null) epochs.lastProducerEpoch = NO_EPOCH;
    else if (producerEpoch !== NO_EPOCH && expectedEpoch !== producerEpoch) {
      // The same request again, after its first answer was lost, gets the same epoch.
      if (expectedEpoch !== lastProducerEpoch) return FENCED;
      epochs = { producerEpoch, lastProducerEpoch };
    }
    return this.#prepare({ ...epochs, ...idle(timeoutMs, now) });
  }

  /** A new producer id, for one whose epochs are used up. */
  prepareNextProducerId(
    producerId: number,
    timeoutMs: number,
    recordLastEpoch: boolean,
    now: number,
  ): TransactionValues {
    const lastProducerEpoch = recordLastEpoch ? this.#values.producerEpoch : NO_EPOCH;
    return this.#prepare({ producerId, producerEpoch: 0, lastProducerEpoch, ...idle(timeoutMs, now) });
  }

  /** An epoch above that of the producer whose open transaction is about to be aborted. */
  prepareFence(): TransactionValues {
    const { producerEpoch } = this.#values;
    const isRaised = this.hasFailedEpochFence || producerEpoch === LAST_EPOCH;
    return this.#prepare({
      state: 'PrepareEpochFence',
      producerEpoch: isRaised ? producerEpoch : producerEpoch + 1,
    });
  }

  /** Takes the fence for done, so that the abort which it was for can be prepared. */
  enterFence(epochOfOldClient?: number): void {
    this.#pending = null;
    if (epochOfOldClient === undefined) return;
    this.#values = { ...this.#values, producerEpoch: epochOfOldClient, lastProducerEpoch: NO_EPOCH };
  }

  prepareAddPartitions(
    added: PartitionSet,
    clientVersion: ClientTransactionVersion,
    now: number,
  ): TransactionValues {
    const { state, startedAt, partitions } = this.#values;
    return this.#prepare({
      state: 'Ongoing',
      partitions: new Map([...partitions, ...added]),
      startedAt: state === 'Ongoing' ? startedAt : now,
      updatedAt: now,
      clientVersion,
    });
  }

  prepareEnd(
    state: 'PrepareCommit' | 'PrepareAbort',
    clientVersion: ClientTransactionVersion,
    nextProducerId: number,
    isWithoutPartitions: boolean,
    now: number,
  ): TransactionValues {
    const { producerEpoch, startedAt } = this.#values;
    const next = producerEpoch === LAST_EPOCH && state === 'PrepareAbort' ? producerEpoch : producerEpoch + 1;
    return this.#prepare({
      state,
      ...(clientVersion >= 2 ? { producerEpoch: next, lastProducerEpoch: producerEpoch } : {}),
      startedAt: isWithoutPartitions ? now : startedAt,
      nextProducerId,
      updatedAt: now,
      clientVersion,
    });
  }

  /** All markers are written. */
  prepareComplete(now: number): TransactionValues {
    const { state, clientVersion, nextProducerId } = this.#values;
    this.hasFailedEpochFence = false;
    const rotates = clientVersion >= 2 && nextProducerId !== NO_ID;
    return this.#prepare({
      state: state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort',
      ...(rotates ? { producerId: nextProducerId, producerEpoch: 0 } : {}),
      nextProducerId: NO_ID,
      partitions: NO_PARTITIONS,
      updatedAt: now,
    });
  }

  prepareDead(): TransactionValues {
    return this.#prepare({ state: 'Dead', partitions: NO_PARTITIONS });
  }

  /** The prepared change is in the log. */
  complete(values: TransactionValues): void {
    this.#values = values;
    this.#pending = null;
  }

  /** The prepared change could not be written. */
  giveUp(): void {
    this.#pending = null;
  }

  /** A partition's marker is written, or is not wanted any more. */
  removePartition({ topic, partition }: TopicPartition): void {
    const partitions = new Map(this.#values.partitions);
    partitions.delete(`${topic}-${partition}`);
    this.#values = { ...this.#values, partitions };
  }

  #prepare(changes: Partial<TransactionValues> & { readonly state: TransactionState }): TransactionValues {
    const { state, producerId } = this.#values;
    const wanted = changes.state;
    if (this.#pending !== null || !mayFollow(wanted, state)) {
      throw new Error(
        `Transactional id ${this.transactionalId} can't go from ${state} (pending ${this.#pending}) to ${wanted}`,
      );
    }
    this.#pending = wanted;
    return { ...this.#values, ...changes, previousProducerId: producerId };
  }
}

function idle(timeoutMs: number, now: number) {
  return { state: 'Empty', timeoutMs, partitions: NO_PARTITIONS, startedAt: -1, updatedAt: now } as const;
}
