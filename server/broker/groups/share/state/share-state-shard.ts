import { ERROR } from '../../../../protocol/errors.ts';
import type { Partition } from '../../../replica/partition.ts';
import type { GroupRecord } from '../../group-home.ts';
import { GroupRefusal } from '../../group-refusal.ts';
import { kindOf } from '../../record-kind.ts';
import { appendRecords, coordinatorError, replayPartition } from '../../replay-partition.ts';
import type { TopicsView } from '../../topics-view.ts';
import type { ShareState } from './share-state.ts';
import {
  changed,
  type KeptState,
  SHARE_STATE_REPLAYS,
  type ShareStateChange,
  snapshotRecord,
  stateTombstone,
  updateRecord,
} from './share-state-records.ts';
import { coordinatorKey, type SharePartitionKey } from './share-state-topic.ts';

export interface ShareStateSettings {
  readonly topics: TopicsView;
  /** `share.coordinator.snapshot.update.records.per.snapshot` */
  readonly updatesPerSnapshot: number;
  /** `share.coordinator.write.timeout.ms` */
  readonly writeTimeoutMs: number;
  now(): number;
}

const NOTHING_KEPT = {
  startOffset: -1,
  deliveryCompleteCount: -1,
  leaderEpoch: 0,
  stateEpoch: 0,
} as const;

/** The states of share partitions that one partition of `__share_group_state` keeps, while this broker leads it. */
export class ShareStateShard {
  readonly partition: Partition;
  readonly #settings: ShareStateSettings;
  readonly #states = new Map<string, KeptState>();
  /** Where each state was last written whole: everything before the lowest of them may go. */
  readonly #snapshotOffsets = new Map<string, number>();
  #state: 'loading' | 'active' | 'closed' = 'loading';

  constructor(partition: Partition, settings: ShareStateSettings) {
    this.partition = partition;
    this.#settings = settings;
  }

  get state(): 'loading' | 'active' | 'closed' {
    return this.#state;
  }

  async load(): Promise<void> {
    const isRead = await replayPartition(
      this.partition,
      ({ key, value }) => this.#replay(key, value),
      () => this.#state === 'loading',
    );
    if (isRead && this.#state === 'loading') this.#state = 'active';
  }

  close(): void {
    this.#state = 'closed';
  }

  /** Begins a state, or begins it anew at another offset. @throws GroupRefusal */
  initialize(key: SharePartitionKey, stateEpoch: number, startOffset: number): Promise<void> {
    const kept = this.#states.get(coordinatorKey(key))?.state;
    this.#throwIfMalformed(key);
    if (kept !== undefined && stateEpoch !== -1 && kept.stateEpoch > stateEpoch) {
      throw new GroupRefusal(ERROR.FENCED_STATE_EPOCH, fencedStateEpoch);
    }
    this.#throwIfUnknownTopic(key);
    const nowMs = this.#settings.now();
    const state: ShareState = {
      snapshotEpoch: kept === undefined ? 0 : kept.snapshotEpoch + 1,
      stateEpoch,
      leaderEpoch: 0,
      startOffset,
      deliveryCompleteCount: 0,
      batches: [],
      createdAtMs: nowMs,
      writtenAtMs: nowMs,
    };
    return this.#write(snapshotRecord(key, state), key);
  }

  /** The state, which from now on belongs to the leader of that epoch (-1: nobody's). @throws GroupRefusal */
  async read(key: SharePartitionKey, leaderEpoch: number): Promise<ShareState> {
    this.#throwIfMalformed(key);
    const kept = this.#states.get(coordinatorKey(key));
    if (kept === undefined) {
      throw new GroupRefusal(
        ERROR.INVALID_REQUEST,
        'Read operation on uninitialized share partition not allowed.',
      );
    }
    throwIfFenced(kept.state, leaderEpoch);
    this.#throwIfUnknownTopic(key);
    const { state } = kept;
    if (leaderEpoch !== -1 && leaderEpoch !== state.leaderEpoch) {
      const { startOffset, deliveryCompleteCount } = state;
      await this.#change(kept, { leaderEpoch, startOffset, deliveryCompleteCount, batches: [] });
    }
    return state;
  }

  /** Writes a change down. @throws GroupRefusal */
  write(key: SharePartitionKey, stateEpoch: number, change: ShareStateChange): Promise<void> {
    this.#throwIfMalformed(key);
    const kept = this.#states.get(coordinatorKey(key));
    if (kept === undefined) {
      throw new GroupRefusal(
        ERROR.INVALID_REQUEST,
        'Write operation on uninitialized share partition not allowed.',
      );
    }
    throwIfFenced(kept.state, change.leaderEpoch);
    if (stateEpoch !== -1 && kept.state.stateEpoch > stateEpoch) {
      throw new GroupRefusal(ERROR.FENCED_STATE_EPOCH, fencedStateEpoch);
    }
    this.#throwIfUnknownTopic(key);
    return this.#change(kept, { ...change, leaderEpoch: -1 });
  }

  /** Forgets a state, if there is one. @throws GroupRefusal */
  delete(key: SharePartitionKey): Promise<void> {
    this.#throwIfMalformed(key);
    this.#throwIfUnknownTopic(key);
    if (!this.#states.has(coordinatorKey(key))) return Promise.resolve();
    return this.#write(stateTombstone(key), key);
  }

  /** The state without its batches; what stands for none when there is none. @throws GroupRefusal */
  summary(
    key: SharePartitionKey,
  ): Pick<ShareState, 'startOffset' | 'deliveryCompleteCount' | 'leaderEpoch' | 'stateEpoch'> {
    this.#throwIfMalformed(key);
    this.#throwIfUnknownTopic(key);
    return this.#states.get(coordinatorKey(key))?.state ?? NOTHING_KEPT;
  }

  /** Drops the states of topics that are gone. */
  async dropGoneTopics(): Promise<void> {
    const { topics } = this.#settings;
    const gone = [...this.#states.values()].filter(({ key }) => topics.topicById(key.topicId) === undefined);
    for (const { key } of gone) await this.#write(stateTombstone(key), key);
  }

  /** Lets go of records before which every state has been written whole. The topic is not compacted. */
  prune(): void {
    const first = Math.min(...this.#snapshotOffsets.values());
    if (!Number.isFinite(first) || first <= this.partition.logStartOffset) return;
    void this.partition.deleteRecords(Math.min(first, this.partition.highWatermark), 0);
  }

  #change(kept: KeptState, change: ShareStateChange): Promise<void> {
    const { key, state, updates } = kept;
    if (updates < this.#settings.updatesPerSnapshot) {
      const leaderEpoch = change.leaderEpoch === -1 ? state.leaderEpoch : change.leaderEpoch;
      return this.#write(updateRecord(key, state.snapshotEpoch, { ...change, leaderEpoch }), key);
    }
    const nowMs = this.#settings.now();
    const whole: ShareState = {
      ...changed(state, change),
      snapshotEpoch: state.snapshotEpoch + 1,
      createdAtMs: nowMs,
      writtenAtMs: nowMs,
    };
    return this.#write(snapshotRecord(key, whole), key);
  }

  async #write(record: GroupRecord, key: SharePartitionKey): Promise<void> {
    const offset = this.partition.logEndOffset;
    const { writeTimeoutMs } = this.#settings;
    const appending = appendRecords(this.partition, [record], this.#settings.now(), writeTimeoutMs);
    const isRefused = !(appending instanceof Promise) && appending.errorCode !== ERROR.NONE;
    if (!isRefused) {
      this.#replay(record.key, record.value);
      const kept = this.#states.get(coordinatorKey(key));
      if (kept === undefined) this.#snapshotOffsets.delete(coordinatorKey(key));
      else if (kept.updates === 0) this.#snapshotOffsets.set(coordinatorKey(key), offset);
    }
    const errorCode = coordinatorError((await appending).errorCode);
    if (errorCode !== ERROR.NONE) throw new GroupRefusal(errorCode, 'The state could not be written.');
  }

  #replay(key: Buffer, value: Buffer | null): void {
    SHARE_STATE_REPLAYS.get(kindOf(key))?.(this.#states, key, value);
  }

  #throwIfMalformed({ partition }: SharePartitionKey): void {
    if (partition < 0) {
      throw new GroupRefusal(ERROR.INVALID_REQUEST, 'The partition id cannot be a negative number.');
    }
  }

  #throwIfUnknownTopic({ topicId, partition }: SharePartitionKey): void {
    if (this.#settings.topics.topicById(topicId)?.partitions[partition] === undefined) {
      throw new GroupRefusal(
        ERROR.UNKNOWN_TOPIC_OR_PARTITION,
        'This server does not host this topic-partition.',
      );
    }
  }
}

const fencedStateEpoch =
  'The share coordinator rejected the request because the share-group state epoch did not match.';

function throwIfFenced({ leaderEpoch: known }: ShareState, leaderEpoch: number): void {
  if (leaderEpoch === -1 || known <= leaderEpoch) return;
  throw new GroupRefusal(
    ERROR.FENCED_LEADER_EPOCH,
    'The leader epoch in the request is older than the epoch on the broker.',
  );
}
