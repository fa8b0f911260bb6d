import { ERROR } from '../../protocol/errors.ts';
import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import type { Log } from '../net/log.ts';
import type { Partition } from '../replica/partition.ts';
import type { AppendOptions } from '../replica/results.ts';
import type { AnyGroup } from './any-group.ts';
import { groupConfigNumber } from './group-configs.ts';
import { type GroupSettings, groupSettings } from './group-settings.ts';
import { GroupShard } from './group-shard.ts';
import { OFFSETS_TOPIC, partitionOfGroup } from './offsets-topic.ts';
import { SharePartitions } from './share/delivery/share-partitions.ts';
import { announceShareCoordinator, Persister } from './share/state/persister.ts';
import { ShareCoordinator } from './share/state/share-coordinator.ts';

/** Where a group is kept, or why this broker can't serve it now. */
export type ShardLookup =
  | { readonly shard: GroupShard; readonly errorCode: 0 }
  | { readonly shard: null; readonly errorCode: number };

/** A broker's group coordinator: serves the groups of those partitions of `__consumer_offsets` that the broker leads. */
export class GroupCoordinator {
  readonly settings: GroupSettings;
  /** Keeps the states of share groups' partitions that this broker is to keep. */
  readonly shareCoordinator: ShareCoordinator;
  /** Reaches the share coordinator of any partition. */
  readonly persister: Persister;
  /** The share groups' partitions that this broker serves. */
  readonly sharePartitions: SharePartitions;
  readonly #cluster: Cluster;
  readonly #broker: Broker;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #shards = new Map<number, GroupShard>();
  readonly #unsubscribe: (() => void)[] = [];
  readonly #expiry: NodeJS.Timeout;

  constructor(cluster: Cluster, broker: Broker, now: () => number, log: Log) {
    this.settings = groupSettings(cluster, broker);
    this.#cluster = cluster;
    this.#broker = broker;
    this.#now = now;
    this.#log = log;
    this.shareCoordinator = new ShareCoordinator(cluster, broker, now, log);
    this.persister = new Persister(cluster, broker);
    this.sharePartitions = new SharePartitions(cluster, broker, this.persister, now);
    this.#unsubscribe.push(
      announceShareCoordinator(cluster, broker, this.shareCoordinator),
      broker.onLeadership((partition, leading) => this.#leadershipChanged(partition, leading)),
      cluster.controller.onChange((image, delta) => {
        if (delta.topics.size === 0) return;
        const deleted = new Set([...delta.topics].filter((topic) => image.topic(topic) === undefined));
        if (deleted.size > 0) {
          this.#eachActive((shard) => shard.dropTopics(deleted));
          this.shareCoordinator.dropGoneTopics();
        }
        for (const shard of this.#shards.values()) shard.topicsChanged(delta.topics);
      }),
    );
    for (const partition of broker.partitions) {
      if (partition.isLeader) this.#leadershipChanged(partition, true);
    }
    this.#expiry = setInterval(
      () => this.#eachActive((shard) => shard.expire()),
      this.settings.retentionCheckIntervalMs,
    );
    this.#expiry.unref();
  }

  /** The shards whose groups can be listed. */
  get activeShards(): GroupShard[] {
    return [...this.#shards.values()].filter(({ state }) => state === 'active');
  }

  get isLoading(): boolean {
    return [...this.#shards.values()].some(({ state }) => state === 'loading');
  }

  /** INVALID_GROUP_ID, NOT_COORDINATOR, COORDINATOR_LOAD_IN_PROGRESS or the shard that keeps the group. */
  shardOf(groupId: string): ShardLookup {
    const topic = this.#cluster.image.topic(OFFSETS_TOPIC);
    if (topic === undefined) return { shard: null, errorCode: ERROR.NOT_COORDINATOR };
    const shard = this.#shards.get(partitionOfGroup(groupId, topic.partitions.length));
    if (shard === undefined) return { shard: null, errorCode: ERROR.NOT_COORDINATOR };
    if (shard.state === 'loading') return { shard: null, errorCode: ERROR.COORDINATOR_LOAD_IN_PROGRESS };
    return { shard, errorCode: 0 };
  }

  /** All groups that can be listed. */
  get groups(): AnyGroup[] {
    return this.activeShards.flatMap((shard) => [...shard.groups.values()]);
  }

  /** Writes the marker of a transaction into one of the partitions, and makes the offsets that were committed in it count. */
  async completeTransaction(
    partition: number,
    ended: { readonly producerId: number; readonly commits: boolean },
    marker: Buffer,
    options: AppendOptions,
  ): Promise<{ readonly errorCode: number }> {
    const shard = this.#shards.get(partition);
    if (shard?.state !== 'active') return { errorCode: ERROR.NOT_LEADER_OR_FOLLOWER };
    return shard.endTransaction(ended, marker, options);
  }

  close(): void {
    clearInterval(this.#expiry);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const shard of this.#shards.values()) shard.close();
    this.#shards.clear();
    this.sharePartitions.close();
    this.shareCoordinator.close();
  }

  #leadershipChanged(partition: Partition, leading: boolean): void {
    if (partition.topic !== OFFSETS_TOPIC) return;
    this.#shards.get(partition.partition)?.close();
    this.#shards.delete(partition.partition);
    if (!leading) return;
    const shard = new GroupShard(partition, {
      settings: this.settings,
      topics: this.#cluster.image,
      now: this.#now,
      groupNumber: (groupId, name) => groupConfigNumber(this.#cluster, this.#broker, groupId, name),
    });
    this.#shards.set(partition.partition, shard);
    shard.load().catch((error: unknown) => {
      this.#log.error(
        `broker ${this.#broker.id} could not load ${OFFSETS_TOPIC}-${partition.partition}`,
        error,
      );
    });
  }

  #eachActive(work: (shard: GroupShard) => Promise<void>): void {
    for (const shard of this.activeShards) {
      work(shard).catch((error: unknown) =>
        this.#log.error(`broker ${this.#broker.id} could not tidy up ${OFFSETS_TOPIC}`, error),
      );
    }
  }
}
