import { ERROR, errorByCode } from '../../protocol/errors.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import type { Log } from '../net/log.ts';
import type { Peers } from './peers.ts';
import type { TopicPartition, TransactionMetadata, TransactionValues } from './transaction-metadata.ts';
import type { TransactionShard } from './transaction-shard.ts';
import { type MarkerRequest, writeMarkers } from './write-markers.ts';

/** Before partitions are tried again whose leaders could not take a marker. */
const RETRY_MS = 50;

/** The marker can't be written now, but later, or by another leader. */
const RETRIABLE: ReadonlySet<number> = new Set([
  ERROR.UNKNOWN_TOPIC_OR_PARTITION,
  ERROR.NOT_LEADER_OR_FOLLOWER,
  ERROR.NOT_ENOUGH_REPLICAS,
  ERROR.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  ERROR.REQUEST_TIMED_OUT,
  ERROR.KAFKA_STORAGE_ERROR,
]);

/** Somebody newer has taken the transaction over. */
const OVERTAKEN: ReadonlySet<number> = new Set([
  ERROR.INVALID_PRODUCER_EPOCH,
  ERROR.TRANSACTION_COORDINATOR_FENCED,
]);

interface Surroundings {
  readonly image: MetadataImage;
  readonly peers: Peers;
  readonly log: Log;
  readonly requestTimeoutMs: number;
}

/** Brings the ends of transactions to all their partitions, and then writes down that they are complete. */
export class MarkerSender {
  readonly #cluster: Surroundings;

  constructor(cluster: Surroundings) {
    this.#cluster = cluster;
  }

  /** Goes on until it is done or another broker leads the shard. `completion` was prepared, so that nothing else may begin. */
  send(shard: TransactionShard, metadata: TransactionMetadata, completion: TransactionValues): void {
    this.#complete(shard, metadata, completion).catch((error: unknown) =>
      this.#cluster.log.error(`the transaction of ${metadata.transactionalId} can't be completed`, error),
    );
  }

  async #complete(
    shard: TransactionShard,
    metadata: TransactionMetadata,
    completion: TransactionValues,
  ): Promise<void> {
    const isOurs = () => shard.transactions.get(metadata.transactionalId) === metadata;
    while (isOurs() && metadata.now.partitions.size > 0) {
      const isOvertaken = await this.#sendAll(shard, metadata);
      if (isOvertaken) return;
      if (metadata.now.partitions.size > 0) await pause();
    }
    const isUnavailable = (errorCode: number) => errorCode === ERROR.COORDINATOR_NOT_AVAILABLE;
    while (isOurs() && isUnavailable(await shard.write(metadata, completion, isUnavailable))) await pause();
  }

  /** One round. Returns true when a marker of somebody newer was met. */
  async #sendAll(shard: TransactionShard, metadata: TransactionMetadata): Promise<boolean> {
    const { producerId, producerEpoch, state, partitions, clientVersion } = metadata.now;
    const marker: Omit<MarkerRequest, 'partitions'> = {
      producerId,
      producerEpoch,
      coordinatorEpoch: shard.epoch,
      commits: state === 'PrepareCommit',
      transactionVersion: clientVersion,
    };
    const byLeader = new Map<number, TopicPartition[]>();
    for (const each of partitions.values()) {
      const leader = this.#cluster.image.partition(each.topic, each.partition)?.leader;
      // The topic was deleted: nobody waits for the marker.
      if (leader === undefined) metadata.removePartition(each);
      else byLeader.set(leader, [...(byLeader.get(leader) ?? []), each]);
    }
    const rounds = await Promise.all(
      [...byLeader].map(([leader, some]) => this.#sendTo(leader, metadata, { ...marker, partitions: some })),
    );
    return rounds.includes(true);
  }

  async #sendTo(leader: number, metadata: TransactionMetadata, request: MarkerRequest): Promise<boolean> {
    const peer = this.#cluster.peers.reach(leader);
    if (peer === null) return false;
    let isOvertaken = false;
    for (const result of await writeMarkers(peer, request, this.#cluster.requestTimeoutMs)) {
      const { topic, partition, errorCode } = result;
      if (errorCode === ERROR.NONE || errorCode === ERROR.UNSUPPORTED_FOR_MESSAGE_FORMAT) {
        metadata.removePartition(result);
      } else if (OVERTAKEN.has(errorCode)) isOvertaken = true;
      else if (!RETRIABLE.has(errorCode)) {
        throw new Error(`${topic}-${partition} refused the marker: ${errorByCode(errorCode).name}`);
      }
    }
    return isOvertaken;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
}
