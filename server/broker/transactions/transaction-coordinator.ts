import { ERROR } from '../../protocol/errors.ts';
import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { configNumber } from '../config/resolve.ts';
import { coordinatorPartition } from '../coordinator-partition.ts';
import type { Log } from '../net/log.ts';
import type { Partition } from '../replica/partition.ts';
import { decideEnd, type EndTransaction, problemAfterWriting } from './end-transaction.ts';
import { MarkerSender } from './marker-sender.ts';
import type { Peers } from './peers.ts';
import {
  type ClientTransactionVersion,
  FENCED,
  isExhausted,
  type PartitionSet,
  type ProducerIdAndEpoch,
  TransactionMetadata,
  type TransactionValues,
} from './transaction-metadata.ts';
import { type TransactionSettings, transactionSettings } from './transaction-settings.ts';
import { TransactionShard } from './transaction-shard.ts';
import { TransactionVerifier } from './transaction-verifier.ts';
import { TRANSACTIONS_TOPIC } from './transactions-topic.ts';

const NO_EPOCH = -1;

/** NONE with the producer, or an error code with -1s. */
export interface ProducerAnswer extends ProducerIdAndEpoch {
  readonly errorCode: number;
}

type Found = { readonly shard: TransactionShard; readonly metadata: TransactionMetadata | null };

const refused = (errorCode: number): ProducerAnswer => ({ errorCode, producerId: -1, producerEpoch: -1 });

/** A broker's transaction coordinator: serves the ids of those partitions of `__transaction_state` that the broker leads. */
export class TransactionCoordinator {
  readonly settings: TransactionSettings;
  readonly verifier: TransactionVerifier;
  readonly #cluster: Cluster;
  readonly #broker: Broker;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #markers: MarkerSender;
  readonly #shards = new Map<number, TransactionShard>();
  readonly #unsubscribe: () => void;
  readonly #clocks: NodeJS.Timeout[];

  constructor(cluster: Cluster, broker: Broker, peers: Peers, now: () => number, log: Log) {
    this.settings = transactionSettings(broker);
    this.#cluster = cluster;
    this.#broker = broker;
    this.#now = now;
    this.#log = log;
    const { requestTimeoutMs, abortIntervalMs, expiryIntervalMs } = this.settings;
    this.#markers = new MarkerSender({ image: cluster.image, peers, log, requestTimeoutMs });
    this.verifier = new TransactionVerifier({
      image: cluster.image,
      peers,
      settings: this.settings,
      verifies: () => broker.verifiesTransactions,
      now,
    });
    this.#unsubscribe = broker.onLeadership((partition, leading) =>
      this.#leadershipChanged(partition, leading),
    );
    for (const partition of broker.partitions) {
      if (partition.isLeader) this.#leadershipChanged(partition, true);
    }
    this.#clocks = [
      setInterval(() => this.#abortTimedOut(), abortIntervalMs),
      setInterval(() => this.#expireIds(), expiryIntervalMs),
    ];
    for (const clock of this.#clocks) clock.unref();
  }

  get isLoading(): boolean {
    return [...this.#shards.values()].some(({ state }) => state === 'loading');
  }

  /** Every transactional id that this broker keeps. */
  *all(): Generator<TransactionMetadata> {
    for (const { state, transactions } of this.#shards.values()) {
      if (state === 'active') yield* transactions.values();
    }
  }

  /** The id's state, null when there is none; NOT_COORDINATOR or COORDINATOR_LOAD_IN_PROGRESS. */
  find(transactionalId: string): Found | number {
    const topic = this.#cluster.image.topic(TRANSACTIONS_TOPIC);
    if (topic === undefined) return ERROR.NOT_COORDINATOR;
    const shard = this.#shards.get(coordinatorPartition(transactionalId, topic.partitions.length));
    if (shard === undefined || shard.state === 'closed') return ERROR.NOT_COORDINATOR;
    if (shard.state === 'loading') return ERROR.COORDINATOR_LOAD_IN_PROGRESS;
    return { shard, metadata: shard.transactions.get(transactionalId) ?? null };
  }

  /** Gives a producer its id and a new epoch; an open transaction of the one before is aborted first. */
  async initProducerId(
    transactionalId: string,
    timeoutMs: number,
    expected: ProducerIdAndEpoch | null,
  ): Promise<ProducerAnswer> {
    if (transactionalId === '') return refused(ERROR.INVALID_REQUEST);
    if (timeoutMs <= 0 || timeoutMs > this.settings.maxTimeoutMs) {
      return refused(ERROR.INVALID_TRANSACTION_TIMEOUT);
    }
    const found = this.find(transactionalId);
    if (typeof found === 'number') return refused(found);
    const { shard } = found;
    let { metadata } = found;
    if (metadata === null) {
      const producerId = this.#broker.nextProducerId();
      metadata = TransactionMetadata.fresh(transactionalId, producerId, timeoutMs, this.#now());
      shard.transactions.set(transactionalId, metadata);
    }
    const values = this.#nextProducer(metadata, timeoutMs, expected);
    if (typeof values === 'number') return refused(values);
    if (values.state === 'PrepareEpochFence') {
      const { errorCode } = await this.#abort(transactionalId, values);
      return refused(errorCode === ERROR.NONE ? ERROR.CONCURRENT_TRANSACTIONS : errorCode);
    }
    const errorCode = await shard.write(metadata, values);
    if (errorCode !== ERROR.NONE) return refused(errorCode);
    return { errorCode, producerId: values.producerId, producerEpoch: values.producerEpoch };
  }

  /** Takes partitions into a producer's transaction, which begins with the first of them. Resolves to Kafka's error code. */
  async addPartitions(
    transactionalId: string,
    { producerId, producerEpoch }: ProducerIdAndEpoch,
    partitions: PartitionSet,
    clientVersion: ClientTransactionVersion,
  ): Promise<number> {
    if (transactionalId === '') return ERROR.INVALID_REQUEST;
    const found = this.find(transactionalId);
    if (typeof found === 'number') return found;
    const { shard, metadata } = found;
    if (metadata === null) return ERROR.INVALID_PRODUCER_ID_MAPPING;
    const { now } = metadata;
    if (metadata.pending !== null) return ERROR.CONCURRENT_TRANSACTIONS;
    if (now.producerId !== producerId) return ERROR.INVALID_PRODUCER_ID_MAPPING;
    if (now.producerEpoch !== producerEpoch) return ERROR.PRODUCER_FENCED;
    if (now.state === 'PrepareCommit' || now.state === 'PrepareAbort') return ERROR.CONCURRENT_TRANSACTIONS;
    if (now.state === 'Ongoing' && [...partitions.keys()].every((key) => now.partitions.has(key))) {
      return ERROR.NONE;
    }
    return shard.write(metadata, metadata.prepareAddPartitions(partitions, clientVersion, this.#now()));
  }

  /** Whether partitions are in a producer's transaction: an error code for each, in order. */
  verifyPartitions(
    transactionalId: string,
    { producerId, producerEpoch }: ProducerIdAndEpoch,
    partitions: PartitionSet,
  ): number[] {
    const keys = [...partitions.keys()];
    const all = (errorCode: number) => keys.map(() => errorCode);
    if (transactionalId === '') return all(ERROR.INVALID_REQUEST);
    const found = this.find(transactionalId);
    if (typeof found === 'number') return all(found);
    const now = found.metadata?.now;
    if (now === undefined || now.producerId !== producerId) return all(ERROR.INVALID_PRODUCER_ID_MAPPING);
    if (now.producerEpoch !== producerEpoch) return all(ERROR.PRODUCER_FENCED);
    if (now.state === 'PrepareCommit' || now.state === 'PrepareAbort')
      return all(ERROR.CONCURRENT_TRANSACTIONS);
    return keys.map((key) => (now.partitions.has(key) ? ERROR.NONE : ERROR.TRANSACTION_ABORTABLE));
  }

  /** Answers once the end is decided and written down; the markers follow by themselves. */
  async endTransaction(transactionalId: string, request: EndTransaction): Promise<ProducerAnswer> {
    if (transactionalId === '') return refused(ERROR.INVALID_REQUEST);
    const found = this.find(transactionalId);
    if (typeof found === 'number') return refused(found);
    const { shard, metadata } = found;
    if (metadata === null) return refused(ERROR.INVALID_PRODUCER_ID_MAPPING);
    const decision = decideEnd(metadata, request, this.#now(), () => this.#broker.nextProducerId());
    if (decision.kind === 'answered') {
      const { errorCode } = decision;
      const { producerId, producerEpoch } = metadata.now;
      return errorCode === ERROR.NONE ? { errorCode, producerId, producerEpoch } : refused(errorCode);
    }
    const errorCode = await shard.write(metadata, decision.values);
    if (errorCode !== ERROR.NONE) {
      if (decision.isFence && request.clientVersion < 2) metadata.hasFailedEpochFence = true;
      return refused(errorCode);
    }
    const problem = problemAfterWriting(metadata, request);
    if (problem !== ERROR.NONE) return refused(problem);
    const completion = metadata.prepareComplete(this.#now());
    this.#markers.send(shard, metadata, completion);
    return { errorCode, producerId: completion.producerId, producerEpoch: completion.producerEpoch };
  }

  close(): void {
    for (const clock of this.#clocks) clearInterval(clock);
    this.#unsubscribe();
    for (const shard of this.#shards.values()) shard.close();
    this.#shards.clear();
  }

  #nextProducer(
    metadata: TransactionMetadata,
    timeoutMs: number,
    expected: ProducerIdAndEpoch | null,
  ): TransactionValues | number {
    const { state, producerEpoch } = metadata.now;
    if (metadata.pending !== null) return ERROR.CONCURRENT_TRANSACTIONS;
    if (expected !== null && !isExpected(metadata.now, expected)) return ERROR.PRODUCER_FENCED;
    if (state === 'PrepareCommit' || state === 'PrepareAbort') return ERROR.CONCURRENT_TRANSACTIONS;
    if (state === 'Ongoing') return metadata.prepareFence();
    const isUsedUp =
      metadata.isEpochExhausted && (expected === null || expected.producerEpoch === producerEpoch);
    const now = this.#now();
    if (isUsedUp) {
      const producerId = this.#broker.nextProducerId();
      return metadata.prepareNextProducerId(producerId, timeoutMs, expected !== null, now);
    }
    const values = metadata.prepareNextEpoch(timeoutMs, expected?.producerEpoch ?? null, now);
    return values === FENCED ? ERROR.PRODUCER_FENCED : values;
  }

  /** Aborts a transaction whose producer was fenced with these values. */
  #abort(transactionalId: string, { producerId, producerEpoch }: TransactionValues): Promise<ProducerAnswer> {
    return this.endTransaction(transactionalId, {
      producerId,
      producerEpoch,
      commits: false,
      isFromClient: false,
      clientVersion: (this.#cluster.image.features.get('transaction.version') ?? 0) >= 2 ? 2 : 0,
    });
  }

  #abortTimedOut(): void {
    const now = this.#now();
    for (const metadata of this.all()) {
      const { state, startedAt, timeoutMs } = metadata.now;
      if (metadata.pending !== null || state !== 'Ongoing' || startedAt + timeoutMs >= now) continue;
      this.#abort(metadata.transactionalId, metadata.prepareFence()).catch((error: unknown) =>
        this.#log.error(`the transaction of ${metadata.transactionalId} can't be aborted`, error),
      );
    }
  }

  #expireIds(): void {
    const { idExpirationMs, requestTimeoutMs } = this.settings;
    for (const shard of this.#shards.values()) {
      if (shard.state !== 'active') continue;
      shard
        .expire(this.#now() - idExpirationMs, requestTimeoutMs)
        .catch((error: unknown) =>
          this.#log.error(`broker ${this.#broker.id} could not tidy up ${TRANSACTIONS_TOPIC}`, error),
        );
    }
  }

  #leadershipChanged(partition: Partition, leading: boolean): void {
    if (partition.topic !== TRANSACTIONS_TOPIC) return;
    this.#shards.get(partition.partition)?.close();
    this.#shards.delete(partition.partition);
    if (!leading) return;
    const shard = new TransactionShard(partition, this.#now);
    this.#shards.set(partition.partition, shard);
    this.#load(shard).catch((error: unknown) =>
      this.#log.error(
        `broker ${this.#broker.id} could not load ${TRANSACTIONS_TOPIC}-${partition.partition}`,
        error,
      ),
    );
  }

  /** What the leader before had begun to end is brought to its end. */
  async #load(shard: TransactionShard): Promise<void> {
    await shard.load(configNumber(this.#broker, 'transaction.state.log.load.buffer.size'));
    for (const metadata of shard.transactions.values()) {
      const { state } = metadata.now;
      if (state !== 'PrepareCommit' && state !== 'PrepareAbort') continue;
      this.#markers.send(shard, metadata, metadata.prepareComplete(this.#now()));
    }
  }
}

/**
 * Whether a producer that names its id and epoch may go on: it is the one that is known, or had the last epoch of the id
 * before, or the coordinator had forgotten it (KIP-360).
 */
function isExpected(now: TransactionValues, { producerId, producerEpoch }: ProducerIdAndEpoch): boolean {
  return (
    now.producerEpoch === NO_EPOCH ||
    producerId === now.producerId ||
    (producerId === now.previousProducerId && isExhausted(producerEpoch))
  );
}
