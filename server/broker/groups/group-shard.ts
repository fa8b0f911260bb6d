import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import type { BatchHeader } from '../../protocol/records/batch-header.ts';
import { readMarker } from '../log/transaction-marker.ts';
import type { Partition } from '../replica/partition.ts';
import type { AppendOptions, AppendResult } from '../replica/results.ts';
import type { AnyGroup, GroupTable } from './any-group.ts';
import { watchLoadedMembers } from './consumer/consumer-departures.ts';
import { ConsumerGroup } from './consumer/consumer-group.ts';
import { consumerGroupTombstones } from './consumer/consumer-records.ts';
import { CONSUMER_REPLAYS, type ConsumerGroups } from './consumer/replay-consumer.ts';
import { Group } from './group.ts';
import type { GroupRecord } from './group-home.ts';
import { groupTombstone, offsetTombstone, type ReadRecord, readGroupRecord } from './group-records.ts';
import type { GroupSettings } from './group-settings.ts';
import { Member } from './member.ts';
import { dropOffset, expiredOffsets, offsetTombstones, setOffset } from './offsets.ts';
import { dismiss, watchMember } from './rebalance.ts';
import { kindOf } from './record-kind.ts';
import { appendRecords, coordinatorError, replayPartition } from './replay-partition.ts';
import { ShareGroup } from './share/share-group.ts';
import { watchShareMember } from './share/share-heartbeat.ts';
import { withoutGoneTopics } from './share/share-initialization.ts';
import { SHARE_REPLAYS, type ShareGroups, shareGroupTombstones } from './share/share-records.ts';
import { watchLoadedStreamsMembers } from './streams/streams-departures.ts';
import { StreamsGroup } from './streams/streams-group.ts';
import { STREAMS_REPLAYS, type StreamsGroups, streamsGroupTombstones } from './streams/streams-records.ts';
import type { TopicsView } from './topics-view.ts';
import { TransactionalOffsets } from './transactional-offsets.ts';

/** What a shard needs of the coordinator around it. */
export type ShardSurroundings = Pick<GroupShard, 'settings' | 'topics' | 'now' | 'groupNumber'>;

/** The groups of one partition of `__consumer_offsets`, while this broker leads it. */
export class GroupShard implements GroupTable, ConsumerGroups, ShareGroups, StreamsGroups {
  readonly partition: Partition;
  readonly settings: GroupSettings;
  readonly topics: TopicsView;
  readonly now: () => number;
  readonly groupNumber: (groupId: string, name: string) => number;
  readonly groups = new Map<string, AnyGroup>();
  readonly transactional = new TransactionalOffsets();
  topicsChangedAt: number;
  #state: 'loading' | 'active' | 'closed' = 'loading';

  constructor(partition: Partition, { settings, topics, now, groupNumber }: ShardSurroundings) {
    this.partition = partition;
    this.settings = settings;
    this.topics = topics;
    this.now = now;
    this.groupNumber = groupNumber;
    this.topicsChangedAt = topics.offset;
  }

  get state(): 'loading' | 'active' | 'closed' {
    return this.#state;
  }

  /** Reads the partition from its start, then takes requests. */
  async load(): Promise<void> {
    const isRead = await replayPartition(
      this.partition,
      ({ key, value, header }, batch) => {
        if (header.isControl) this.#replayMarker(batch, header);
        else this.#replay(key, value, Number(header.producerId));
      },
      () => this.#state === 'loading',
    );
    if (isRead && this.#state === 'loading') this.#activate();
  }

  /** Another broker leads from now on: clients are sent to look for it. */
  close(): void {
    this.#state = 'closed';
    for (const group of this.groups.values()) this.#bury(group, ERROR.NOT_COORDINATOR);
    this.groups.clear();
  }

  async append(records: readonly GroupRecord[]): Promise<number> {
    return coordinatorError((await this.#appendToLog(records)).errorCode);
  }

  async write(records: readonly GroupRecord[], afterwards?: () => void): Promise<number> {
    if (records.length === 0) {
      afterwards?.();
      return ERROR.NONE;
    }
    const appending = this.#appendToLog(records);
    // A result at once is a refusal: what is in the log waits for the followers.
    if (!(appending instanceof Promise) && appending.errorCode !== ERROR.NONE) {
      return coordinatorError(appending.errorCode);
    }
    for (const { key, value } of records) this.#replay(key, value);
    afterwards?.();
    return coordinatorError((await appending).errorCode);
  }

  /** Writes the end of a producer's transaction; its offsets count from then on. */
  async endTransaction(
    { producerId, commits }: { readonly producerId: number; readonly commits: boolean },
    marker: Buffer,
    options: AppendOptions,
  ): Promise<AppendResult> {
    const result = await this.partition.appendAsLeader(marker, options);
    if (result.errorCode === ERROR.NONE) this.#endTransaction(producerId, commits);
    return result;
  }

  /** The group of that id. A group that is not there is made as one of the classic protocol. */
  open(groupId: string): AnyGroup {
    let group = this.groups.get(groupId);
    if (group === undefined) {
      group = new Group(groupId, this);
      this.groups.set(groupId, group);
    }
    return group;
  }

  /**
   * The group as one of the classic protocol: a new one when there is none, or in the place of one without members of a
   * new protocol. Null when the group is of a kind that does not go over.
   */
  async asClassic(groupId: string): Promise<Group | null> {
    const known = this.groups.get(groupId);
    if (known !== undefined && known.type !== 'classic') {
      if (known.type === 'share' || !known.isEmpty) return null;
      await this.write(tombstonesOf(known));
    }
    const group = this.groups.get(groupId) ?? this.open(groupId);
    return group.type === 'classic' ? group : null;
  }

  consumerGroup(groupId: string, create: boolean): ConsumerGroup | undefined {
    const known = this.groups.get(groupId);
    if (known?.type === 'consumer') return known;
    if (!create) return undefined;
    const group = new ConsumerGroup(groupId, this, known?.offsets);
    this.groups.set(groupId, group);
    return group;
  }

  shareGroup(groupId: string, create: boolean): ShareGroup | undefined {
    const known = this.groups.get(groupId);
    if (known?.type === 'share') return known;
    if (!create) return undefined;
    const group = new ShareGroup(groupId, this, known?.offsets);
    this.groups.set(groupId, group);
    return group;
  }

  streamsGroup(groupId: string, create: boolean): StreamsGroup | undefined {
    const known = this.groups.get(groupId);
    if (known?.type === 'streams') return known;
    if (!create) return undefined;
    const group = new StreamsGroup(groupId, this, known?.offsets);
    this.groups.set(groupId, group);
    return group;
  }

  /** A group's last record has gone. Its offsets may still be there. */
  forget(groupId: string): void {
    const group = this.groups.get(groupId);
    if (group === undefined) return;
    group.stopClocks();
    if (group.offsets.size === 0) this.groups.delete(groupId);
    else this.groups.set(groupId, new Group(groupId, this, group.offsets));
  }

  #appendToLog(records: readonly GroupRecord[]) {
    return appendRecords(this.partition, records, this.now(), this.settings.commitTimeoutMs);
  }

  /** Deletes a group with all its offsets. */
  async delete(group: AnyGroup): Promise<number> {
    const pending = this.transactional.partitionsOf(group.id);
    const unwritten = pending.filter(({ topic, partition }) => !group.offsets.get(topic)?.has(partition));
    const errorCode = await this.append([
      ...offsetTombstones(group),
      ...unwritten.map(({ topic, partition }) => offsetTombstone(group.id, topic, partition)),
      ...tombstonesOf(group),
    ]);
    if (errorCode === ERROR.NONE) {
      for (const { topic, partition } of pending) this.transactional.drop(group.id, topic, partition);
    }
    if (errorCode === ERROR.NONE && this.groups.get(group.id) === group) {
      this.groups.delete(group.id);
      this.#bury(group, ERROR.GROUP_ID_NOT_FOUND);
    }
    return errorCode;
  }

  /** Groups that read one of these look at them anew with their next heartbeat. */
  topicsChanged(names: ReadonlySet<string>): void {
    this.topicsChangedAt = this.topics.offset;
    for (const group of this.groups.values()) {
      if (group.type === 'classic') continue;
      for (const name of group.subscribedTopics()) if (names.has(name)) group.needsRefresh = true;
    }
  }

  /** Drops the offsets of deleted topics: a topic of the same name is another one. */
  async dropTopics(topics: ReadonlySet<string>): Promise<void> {
    const records: GroupRecord[] = [];
    for (const group of this.groups.values()) {
      for (const topic of topics) {
        records.push(...offsetTombstones(group, topic));
        group.offsets.delete(topic);
      }
      if (group.type === 'share') records.push(...withoutGoneTopics(group));
    }
    if (records.length > 0) await this.write(records);
  }

  /** Drops offsets whose time is over, and groups that have neither members nor offsets left. */
  async expire(): Promise<void> {
    const nowMs = this.now();
    const records: GroupRecord[] = [];
    for (const group of [...this.groups.values()]) {
      for (const { topic, partition } of expiredOffsets(group, nowMs)) {
        if (this.transactional.isUnstable(group.id, topic, partition)) continue;
        dropOffset(group, topic, partition);
        records.push(offsetTombstone(group.id, topic, partition));
      }
      if (isAbandoned(group) && !this.transactional.hasGroup(group.id)) {
        this.groups.delete(group.id);
        this.#bury(group, ERROR.GROUP_ID_NOT_FOUND);
        records.push(...tombstonesOf(group));
      }
    }
    if (records.length > 0) await this.append(records);
  }

  #replayMarker(batches: Buffer, header: BatchHeader): void {
    const marker = readMarker(batches, header);
    if (marker !== null) this.#endTransaction(marker.producerId, marker.commits);
  }

  #endTransaction(producerId: number, commits: boolean): void {
    for (const { groupId, topic, partition, committed } of this.transactional.end(producerId, commits)) {
      setOffset(this.open(groupId), topic, partition, committed);
    }
  }

  /** `producerId` is -1 but for offsets that were committed in a transaction. */
  #replay(key: Buffer, value: Buffer | null, producerId = -1): void {
    const kind = kindOf(key);
    const replay = CONSUMER_REPLAYS.get(kind) ?? SHARE_REPLAYS.get(kind) ?? STREAMS_REPLAYS.get(kind);
    if (replay !== undefined) replay(this, key, value);
    else {
      const read = readGroupRecord(key, value);
      if (read !== null) this.#replayClassic(read, producerId);
    }
  }

  #replayClassic(record: ReadRecord, producerId: number): void {
    if (record.type === 'offset') {
      const { group: groupId, topic, partition } = record.key;
      if (record.value === null) {
        this.transactional.drop(groupId, topic, partition);
        const group = this.groups.get(groupId);
        if (group !== undefined) dropOffset(group, topic, partition);
        return;
      }
      const { offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp, topicId } = record.value;
      const group = this.open(groupId);
      const committed = {
        offset: Number(offset),
        leaderEpoch,
        metadata,
        committedAtMs: Number(commitTimestamp),
        expiresAtMs: expireTimestamp < 0n ? null : Number(expireTimestamp),
        topicId: topicId === ZERO_UUID ? null : topicId,
      };
      if (producerId >= 0) this.transactional.add(producerId, groupId, topic, partition, committed);
      else setOffset(group, topic, partition, committed);
      return;
    }
    const groupId = record.key.group;
    const { value } = record;
    const known = this.groups.get(groupId);
    if (known !== undefined && known.type !== 'classic') return; // Kafka has met tombstones that came late.
    if (value === null) {
      this.forget(groupId);
      return;
    }
    const group = known ?? new Group(groupId, this);
    this.groups.set(groupId, group);
    restoreWithoutMembers(group);
    group.protocolType = value.protocolType === '' ? null : value.protocolType;
    group.generation = value.generation;
    group.protocol = value.protocol;
    for (const stored of value.members) {
      const member = new Member({
        id: stored.memberId,
        instanceId: stored.groupInstanceId,
        clientId: stored.clientId,
        clientHost: stored.clientHost,
        sessionTimeoutMs: stored.sessionTimeout,
        rebalanceTimeoutMs: stored.rebalanceTimeout < 0 ? stored.sessionTimeout : stored.rebalanceTimeout,
        protocols: [{ name: value.protocol ?? '', metadata: Buffer.from(stored.subscription) }],
      });
      member.assignment = Buffer.from(stored.assignment);
      group.add(member);
    }
    group.leaderId = value.leader;
    const sinceMs = Number(value.currentStateTimestamp);
    group.enter(value.members.length > 0 ? 'Stable' : 'Empty', sinceMs < 0 ? this.now() : sinceMs);
  }

  #activate(): void {
    this.#state = 'active';
    for (const group of this.groups.values()) {
      switch (group.type) {
        case 'classic':
          for (const member of group.members.values()) watchMember(group, member);
          break;
        case 'consumer':
          watchLoadedMembers(this, group);
          break;
        case 'share':
          for (const memberId of group.members.keys()) watchShareMember(this, group, memberId);
          break;
        case 'streams':
          watchLoadedStreamsMembers(this, group);
          break;
      }
    }
  }

  #bury(group: AnyGroup, errorCode: number): void {
    group.stopClocks();
    if (group.type !== 'classic') return;
    group.enter('Dead');
    for (const member of group.members.values()) dismiss(member, errorCode);
  }
}

/** Has neither members nor offsets, and nobody is about to join it. */
function isAbandoned(group: AnyGroup): boolean {
  if (group.type === 'share') return false; // It has its offsets elsewhere, and stays until it is deleted.
  const nobodyComes = group.type !== 'classic' || group.pendingJoins.size === 0;
  return group.state === 'Empty' && group.offsets.size === 0 && nobodyComes;
}

function tombstonesOf(group: AnyGroup): GroupRecord[] {
  switch (group.type) {
    case 'classic':
      return [groupTombstone(group.id)];
    case 'consumer':
      return consumerGroupTombstones(group);
    case 'share':
      return shareGroupTombstones(group);
    case 'streams':
      return streamsGroupTombstones(group);
  }
}

function restoreWithoutMembers(group: Group): void {
  for (const member of [...group.members.values()]) group.remove(member);
  group.leaderId = null;
  group.protocolType = null;
  group.protocol = null;
  group.generation = 0;
  group.enter('Empty');
}
