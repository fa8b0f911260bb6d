import { ERROR } from '../../protocol/errors.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import { coordinatorPartition } from '../coordinator-partition.ts';
import type { VerificationGuard } from '../log/transaction-verification.ts';
import type { Partition } from '../replica/partition.ts';
import type { Peers } from './peers.ts';
import { type PartitionSet, type ProducerIdAndEpoch, partitionSet } from './transaction-metadata.ts';
import type { TransactionSettings } from './transaction-settings.ts';
import { TRANSACTIONS_TOPIC } from './transactions-topic.ts';

/**
 * What a client's version of a request expects (KIP-890): an old one knows no TRANSACTION_ABORTABLE; the newest leaves it to
 * the broker to add partitions to its transaction.
 */
export type VerificationMode = 'verify-old' | 'verify' | 'add';

/** A partition that is about to get a transaction's records. */
export interface TransactionalAppend {
  readonly replica: Partition;
  /** Of the first record, -1 where there are no sequences. */
  readonly sequence: number;
}

/** What `AppendOptions.guard` is to be, or why nothing may be appended. */
export interface Verified {
  readonly errorCode: number;
  readonly guard: VerificationGuard | null;
}

const OPEN_ALREADY: Verified = { errorCode: ERROR.NONE, guard: null };

interface Surroundings {
  readonly image: MetadataImage;
  readonly peers: Peers;
  readonly settings: TransactionSettings;
  /** `transaction.partition.verification.enable` */
  verifies(): boolean;
  now(): number;
}

/**
 * Asks the transaction coordinator, before the first records of a transaction come into a partition of this broker, whether
 * it knows of the partition, or has it added. So no records are left behind when a transaction has ended.
 */
export class TransactionVerifier {
  readonly #cluster: Surroundings;
  /** One question an id at a time: requests that come meanwhile stay in order behind it. */
  readonly #asking = new Map<string, Promise<number[]>>();

  constructor(cluster: Surroundings) {
    this.#cluster = cluster;
  }

  /** One answer for each append, in order. `retries` while the transaction before is still being ended. */
  async verify(
    transactionalId: string,
    producer: ProducerIdAndEpoch,
    appends: readonly TransactionalAppend[],
    mode: VerificationMode,
    retries: boolean,
  ): Promise<Verified[]> {
    if (mode !== 'add' && !this.#cluster.verifies()) return appends.map(() => OPEN_ALREADY);
    while (this.#asking.has(transactionalId)) await this.#asking.get(transactionalId);
    const started = appends.map((append) => this.#start(append, producer, mode));
    const unknown = started.flatMap(({ guard }, index) => (guard === null ? [] : [appends[index]!.replica]));
    if (unknown.length === 0) return started;
    const asking = this.#ask(transactionalId, producer, partitionSet(unknown), mode, retries);
    this.#asking.set(transactionalId, asking);
    try {
      const codes = (await asking).values();
      return started.map((each) => {
        if (each.guard === null) return each;
        const errorCode = codes.next().value ?? ERROR.NONE;
        return errorCode === ERROR.NONE ? each : { errorCode: clientError(errorCode, mode), guard: null };
      });
    } finally {
      this.#asking.delete(transactionalId);
    }
  }

  #start(
    { replica, sequence }: TransactionalAppend,
    { producerId, producerEpoch }: ProducerIdAndEpoch,
    mode: VerificationMode,
  ): Verified {
    if (!replica.isLeader) return { errorCode: ERROR.NOT_LEADER_OR_FOLLOWER, guard: null };
    const { producers } = replica;
    if (producerEpoch < producers.epochOf(producerId)) {
      return { errorCode: ERROR.INVALID_PRODUCER_EPOCH, guard: null };
    }
    const now = this.#cluster.now();
    const guard = producers.startVerification(producerId, sequence, producerEpoch, mode === 'add', now);
    return { errorCode: ERROR.NONE, guard };
  }

  async #ask(
    transactionalId: string,
    producer: ProducerIdAndEpoch,
    partitions: PartitionSet,
    mode: VerificationMode,
    retries: boolean,
  ): Promise<number[]> {
    const { settings, now } = this.#cluster;
    const deadline = now() + Math.min(settings.addPartitionsBackoffMaxMs, settings.requestTimeoutMs);
    for (;;) {
      const codes = await this.#askOnce(transactionalId, producer, partitions, mode);
      const isBusy = codes.includes(ERROR.CONCURRENT_TRANSACTIONS);
      if (!isBusy || !retries || mode !== 'add' || now() >= deadline) return codes;
      await new Promise((resolve) => setTimeout(resolve, settings.addPartitionsBackoffMs).unref());
    }
  }

  async #askOnce(
    transactionalId: string,
    producer: ProducerIdAndEpoch,
    partitions: PartitionSet,
    mode: VerificationMode,
  ): Promise<number[]> {
    const all = (errorCode: number) => Array.from(partitions, () => errorCode);
    const topic = this.#cluster.image.topic(TRANSACTIONS_TOPIC);
    if (topic === undefined) return all(ERROR.COORDINATOR_NOT_AVAILABLE);
    const home = topic.partitions[coordinatorPartition(transactionalId, topic.partitions.length)];
    const coordinator = this.#cluster.peers.reach(home?.leader ?? -1)?.transactions;
    if (coordinator === undefined) return all(ERROR.COORDINATOR_NOT_AVAILABLE);
    if (mode !== 'add') return coordinator.verifyPartitions(transactionalId, producer, partitions);
    return all(await coordinator.addPartitions(transactionalId, producer, partitions, 2));
  }
}

function clientError(errorCode: number, mode: VerificationMode): number {
  if (errorCode === ERROR.PRODUCER_FENCED) return ERROR.INVALID_PRODUCER_EPOCH;
  if (errorCode === ERROR.TRANSACTION_ABORTABLE && mode === 'verify-old') return ERROR.INVALID_TXN_STATE;
  return errorCode;
}
