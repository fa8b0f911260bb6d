import { ERROR } from '../../../../protocol/errors.ts';
import type { Broker } from '../../../broker.ts';
import type { Cluster } from '../../../cluster.ts';
import { GroupRefusal } from '../../group-refusal.ts';
import type { ShareCoordinator } from './share-coordinator.ts';
import type { ShareState } from './share-state.ts';
import type { ShareStateChange } from './share-state-records.ts';
import type { ShareStateShard } from './share-state-shard.ts';
import {
  coordinatorKey,
  type SharePartitionKey,
  shareStateTopic,
  statePartitionOf,
} from './share-state-topic.ts';

/** As Kafka's persister: it asks again while a coordinator moves or loads. */
const ATTEMPTS = 8;
const FIRST_BACKOFF_MS = 50;

const RETRIABLE: readonly number[] = [
  ERROR.NOT_COORDINATOR,
  ERROR.COORDINATOR_LOAD_IN_PROGRESS,
  ERROR.COORDINATOR_NOT_AVAILABLE,
];

/** The share coordinators of the brokers that run, by cluster: the brokers are in one process. */
const coordinators = new WeakMap<Cluster, Map<number, ShareCoordinator>>();

/** Makes a broker's share coordinator known to the others. Returns how to withdraw it. */
export function announceShareCoordinator(
  cluster: Cluster,
  broker: Broker,
  coordinator: ShareCoordinator,
): () => void {
  const known = coordinators.get(cluster) ?? new Map<number, ShareCoordinator>();
  coordinators.set(cluster, known);
  known.set(broker.id, coordinator);
  return () => {
    if (known.get(broker.id) === coordinator) known.delete(broker.id);
  };
}

/** Keeps the states of share partitions with whichever broker is the share coordinator for them. */
export class Persister {
  readonly #cluster: Cluster;
  readonly #broker: Broker;

  constructor(cluster: Cluster, broker: Broker) {
    this.#cluster = cluster;
    this.#broker = broker;
  }

  /** @throws GroupRefusal */
  initialize(key: SharePartitionKey, stateEpoch: number, startOffset: number): Promise<void> {
    return this.#ask(key, (shard) => shard.initialize(key, stateEpoch, startOffset));
  }

  /** @throws GroupRefusal */
  read(key: SharePartitionKey, leaderEpoch: number): Promise<ShareState> {
    return this.#ask(key, (shard) => shard.read(key, leaderEpoch));
  }

  /** @throws GroupRefusal */
  write(key: SharePartitionKey, stateEpoch: number, change: ShareStateChange): Promise<void> {
    return this.#ask(key, (shard) => shard.write(key, stateEpoch, change));
  }

  /** @throws GroupRefusal */
  delete(key: SharePartitionKey): Promise<void> {
    return this.#ask(key, (shard) => shard.delete(key));
  }

  /** @throws GroupRefusal */
  summary(key: SharePartitionKey): Promise<ReturnType<ShareStateShard['summary']>> {
    return this.#ask(key, (shard) => shard.summary(key));
  }

  async #ask<Answer>(
    key: SharePartitionKey,
    question: (shard: ShareStateShard) => Promise<Answer> | Answer,
  ): Promise<Answer> {
    for (let attempt = 1, backoffMs = FIRST_BACKOFF_MS; ; attempt += 1, backoffMs *= 2) {
      try {
        return await question(this.#shardOf(key));
      } catch (error) {
        const isRetriable = error instanceof GroupRefusal && RETRIABLE.includes(error.errorCode);
        if (!isRetriable || attempt === ATTEMPTS) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, backoffMs));
    }
  }

  #shardOf(key: SharePartitionKey): ShareStateShard {
    const topic = shareStateTopic(this.#cluster, this.#broker);
    const partition = topic?.partitions[statePartitionOf(coordinatorKey(key), topic.partitions.length)];
    const found = coordinators
      .get(this.#cluster)
      ?.get(partition?.leader ?? -1)
      ?.shardOf(key);
    if (found === undefined) {
      throw new GroupRefusal(ERROR.COORDINATOR_NOT_AVAILABLE, 'The coordinator is not available.');
    }
    if (typeof found === 'number') throw new GroupRefusal(found, 'The share coordinator can not serve now.');
    return found;
  }
}
