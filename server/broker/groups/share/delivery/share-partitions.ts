import { ERROR } from '../../../../protocol/errors.ts';
import type { Broker } from '../../../broker.ts';
import type { Cluster } from '../../../cluster.ts';
import { configNumber } from '../../../config/resolve.ts';
import type { Partition } from '../../../replica/partition.ts';
import { groupConfigNumber, groupConfigText } from '../../group-configs.ts';
import { GroupRefusal } from '../../group-refusal.ts';
import type { Persister } from '../state/persister.ts';
import type { ShareState } from '../state/share-state.ts';
import { coordinatorKey, type SharePartitionKey } from '../state/share-state-topic.ts';
import { type DeliverySettings, SharePartition } from './share-partition.ts';
import { type SessionPartition, ShareSessions } from './share-sessions.ts';
import { startOffsetOf } from './start-offset.ts';

/** A share partition with the replica that it is read from. */
export interface ServedSharePartition {
  readonly key: SharePartitionKey;
  readonly share: SharePartition;
  readonly replica: Partition;
}

interface Kept {
  readonly key: SharePartitionKey;
  readonly replica: Partition;
  readonly leaderEpoch: number;
  readonly loading: Promise<ServedSharePartition>;
  served: ServedSharePartition | null;
}

/** The share partitions that a broker serves: those of the partitions it leads. */
export class SharePartitions {
  readonly sessions: ShareSessions;
  readonly #cluster: Cluster;
  readonly #broker: Broker;
  readonly #persister: Persister;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  readonly #waiting = new Set<() => void>();
  readonly #unsubscribe: () => void;

  constructor(cluster: Cluster, broker: Broker, persister: Persister, now: () => number) {
    this.sessions = new ShareSessions(configNumber(broker, 'group.share.max.share.sessions'));
    this.#cluster = cluster;
    this.#broker = broker;
    this.#persister = persister;
    this.#now = now;
    this.#unsubscribe = broker.onLeadership((replica, leading) => {
      if (!leading) for (const [name, kept] of this.#kept) if (kept.replica === replica) this.#drop(name);
    });
  }

  /** Loads the share partition when it is not there. @throws GroupRefusal */
  async open(key: SharePartitionKey): Promise<ServedSharePartition> {
    const replica = this.#leading(key);
    const name = coordinatorKey(key);
    const known = this.#kept.get(name);
    if (known !== undefined && known.replica === replica && known.leaderEpoch === replica.leaderEpoch) {
      return known.loading;
    }
    if (known !== undefined) this.#drop(name);
    const loading = this.#load(key, replica);
    const kept: Kept = { key, replica, leaderEpoch: replica.leaderEpoch, loading, served: null };
    this.#kept.set(name, kept);
    try {
      kept.served = await loading;
    } catch (error) {
      if (this.#kept.get(name) === kept) this.#kept.delete(name);
      throw error;
    }
    return kept.served;
  }

  /** The share partition if it is served now. */
  get(key: SharePartitionKey): ServedSharePartition | undefined {
    return this.#kept.get(coordinatorKey(key))?.served ?? undefined;
  }

  /**
   * Ends a member's session: what it holds goes to others. With the last session of a group its partitions are let go, as by
   * SharePartitionManager.onGroupEmpty: while nobody reads, the group's offsets may be set anew.
   */
  async endSession(groupId: string, memberId: string): Promise<void> {
    const partitions = this.sessions.partitionsOf(groupId, memberId);
    if (!this.sessions.end(groupId, memberId)) return;
    await Promise.all(partitions.map((each) => this.#release(groupId, memberId, each)));
    if (this.sessions.hasAnyOf(groupId)) return;
    for (const [name, { key }] of this.#kept) if (key.groupId === groupId) this.#drop(name);
  }

  /** Calls back whenever records become available again. Returns how to stop. */
  onAvailable(listener: () => void): () => void {
    this.#waiting.add(listener);
    return () => this.#waiting.delete(listener);
  }

  /** The state of a partition may have been begun anew: it is to be loaded again. */
  forget(key: SharePartitionKey): void {
    this.#drop(coordinatorKey(key));
  }

  close(): void {
    this.#unsubscribe();
    for (const name of [...this.#kept.keys()]) this.#drop(name);
  }

  #leading({ topicId, partition }: SharePartitionKey): Partition {
    const topic = this.#cluster.image.topicById(topicId);
    if (topic === undefined || topic.partitions[partition] === undefined) {
      throw new GroupRefusal(
        ERROR.UNKNOWN_TOPIC_OR_PARTITION,
        'This server does not host this topic-partition.',
      );
    }
    const replica = this.#broker.partitions.get(topic.name, partition);
    if (replica?.isLeader) return replica;
    throw new GroupRefusal(
      ERROR.NOT_LEADER_OR_FOLLOWER,
      'For requests intended only for the leader, this error indicates that the broker is not the current leader. ' +
        'For requests intended for any replica, this error indicates that the broker is not a replica of the topic partition.',
    );
  }

  async #load(key: SharePartitionKey, replica: Partition): Promise<ServedSharePartition> {
    const { leaderEpoch } = replica;
    let state: ShareState;
    try {
      state = await this.#persister.read(key, leaderEpoch);
    } catch (error) {
      throw asPartitionError(error);
    }
    const reset = groupConfigText(this.#cluster, this.#broker, key.groupId, 'share.auto.offset.reset');
    const startOffset =
      state.startOffset === -1 ? startOffsetOf(replica, reset, this.#now()) : state.startOffset;
    const share = new SharePartition(state, startOffset, {
      settings: () => this.#settings(key.groupId),
      write: async (change) => {
        try {
          await this.#persister.write(key, state.stateEpoch, { ...change, leaderEpoch });
        } catch (error) {
          const refusal = asPartitionError(error);
          if (refusal.errorCode === ERROR.NOT_LEADER_OR_FOLLOWER) this.forget(key);
          throw refusal;
        }
      },
      onAvailable: () => this.#wake(),
    });
    return { key, share, replica };
  }

  #settings(groupId: string): DeliverySettings {
    const number = (name: string) => groupConfigNumber(this.#cluster, this.#broker, groupId, name);
    return {
      lockDurationMs: number('share.record.lock.duration.ms'),
      deliveryCountLimit: number('share.delivery.count.limit'),
      maxRecordLocks: number('share.partition.max.record.locks'),
      renewEnabled:
        groupConfigText(this.#cluster, this.#broker, groupId, 'share.renew.acknowledge.enable') === 'true',
    };
  }

  async #release(groupId: string, memberId: string, { topicId, partition }: SessionPartition): Promise<void> {
    try {
      await this.get({ groupId, topicId, partition })?.share.release(memberId);
    } catch (error) {
      // The locks run out by themselves.
      if (!(error instanceof GroupRefusal)) throw error;
    }
  }

  #drop(name: string): void {
    const kept = this.#kept.get(name);
    if (kept === undefined) return;
    this.#kept.delete(name);
    kept.served?.share.close();
    this.#wake();
  }

  #wake(): void {
    for (const listener of [...this.#waiting]) listener();
  }
}

/** What a share consumer is told when the share coordinator refuses (SharePartition.fetchPersisterError). */
function asPartitionError(error: unknown): GroupRefusal {
  if (!(error instanceof GroupRefusal)) throw error;
  const { errorCode, message } = error;
  switch (errorCode) {
    case ERROR.NOT_COORDINATOR:
    case ERROR.COORDINATOR_NOT_AVAILABLE:
    case ERROR.COORDINATOR_LOAD_IN_PROGRESS:
      return new GroupRefusal(ERROR.COORDINATOR_NOT_AVAILABLE, message);
    case ERROR.GROUP_ID_NOT_FOUND:
    case ERROR.UNKNOWN_TOPIC_OR_PARTITION:
      return error;
    case ERROR.FENCED_LEADER_EPOCH:
    case ERROR.FENCED_STATE_EPOCH:
      return new GroupRefusal(ERROR.NOT_LEADER_OR_FOLLOWER, message);
    default:
      return new GroupRefusal(ERROR.UNKNOWN_SERVER_ERROR, message);
  }
}
