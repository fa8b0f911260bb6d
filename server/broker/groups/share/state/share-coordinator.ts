import { ERROR } from '../../../../protocol/errors.ts';
import type { Broker } from '../../../broker.ts';
import type { Cluster } from '../../../cluster.ts';
import { brokerConfigNumber } from '../../../config/resolve.ts';
import type { Log } from '../../../net/log.ts';
import type { Partition } from '../../../replica/partition.ts';
import { type ShareStateSettings, ShareStateShard } from './share-state-shard.ts';
import {
  coordinatorKey,
  SHARE_STATE_TOPIC,
  type SharePartitionKey,
  shareStateTopic,
  statePartitionOf,
} from './share-state-topic.ts';

/** Kafka's default of `share.coordinator.state.topic.prune.interval.ms`, which is internal. */
const PRUNE_INTERVAL_MS = 300_000;

/** A broker's share coordinator: keeps the states of share partitions in those partitions of `__share_group_state` that it leads. */
export class ShareCoordinator {
  readonly #cluster: Cluster;
  readonly #broker: Broker;
  readonly #settings: ShareStateSettings;
  readonly #log: Log;
  readonly #shards = new Map<number, ShareStateShard>();
  readonly #unsubscribe: (() => void)[] = [];
  readonly #pruning: NodeJS.Timeout;

  constructor(cluster: Cluster, broker: Broker, now: () => number, log: Log) {
    const setting = (name: string) => brokerConfigNumber(cluster, broker, `share.coordinator.${name}`);
    this.#cluster = cluster;
    this.#broker = broker;
    this.#log = log;
    this.#settings = {
      topics: cluster.image,
      updatesPerSnapshot: setting('snapshot.update.records.per.snapshot'),
      writeTimeoutMs: setting('write.timeout.ms'),
      now,
    };
    this.#unsubscribe.push(
      broker.onLeadership((partition, leading) => this.#leadershipChanged(partition, leading)),
    );
    for (const partition of broker.partitions) {
      if (partition.isLeader) this.#leadershipChanged(partition, true);
    }
    this.#pruning = setInterval(() => {
      for (const shard of this.#shards.values()) if (shard.state === 'active') shard.prune();
    }, PRUNE_INTERVAL_MS);
    this.#pruning.unref();
  }

  /** Where a state is kept, or why not here: NOT_COORDINATOR, COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE. */
  shardOf(key: SharePartitionKey): ShareStateShard | number {
    const topic = shareStateTopic(this.#cluster, this.#broker);
    if (topic === null) return ERROR.COORDINATOR_NOT_AVAILABLE;
    const shard = this.#shards.get(statePartitionOf(coordinatorKey(key), topic.partitions.length));
    if (shard === undefined) return ERROR.NOT_COORDINATOR;
    return shard.state === 'loading' ? ERROR.COORDINATOR_LOAD_IN_PROGRESS : shard;
  }

  /** Topics were deleted. */
  dropGoneTopics(): void {
    for (const shard of this.#shards.values()) {
      if (shard.state !== 'active') continue;
      shard.dropGoneTopics().catch((error: unknown) => {
        this.#log.error(`broker ${this.#broker.id} could not tidy up ${SHARE_STATE_TOPIC}`, error);
      });
    }
  }

  close(): void {
    clearInterval(this.#pruning);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const shard of this.#shards.values()) shard.close();
    this.#shards.clear();
  }

  #leadershipChanged(partition: Partition, leading: boolean): void {
    if (partition.topic !== SHARE_STATE_TOPIC) return;
    this.#shards.get(partition.partition)?.close();
    this.#shards.delete(partition.partition);
    if (!leading) return;
    const shard = new ShareStateShard(partition, this.#settings);
    this.#shards.set(partition.partition, shard);
    shard.load().catch((error: unknown) => {
      this.#log.error(`broker ${this.#broker.id} could not load ${partition.name}`, error);
    });
  }
}
