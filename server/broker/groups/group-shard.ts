import { ERROR } from '../../protocol/errors.ts';
import { decodeRecords, encodeRecordBatch } from '../../protocol/records/record-batch.ts';
import type { Partition } from '../replica/partition.ts';
import { Group } from './group.ts';
import type { GroupHome, GroupRecord } from './group-home.ts';
import { groupTombstone, offsetTombstone, type ReadRecord, readGroupRecord } from './group-records.ts';
import type { GroupSettings } from './group-settings.ts';
import { Member } from './member.ts';
import { dropOffset, expiredOffsets, offsetTombstones, setOffset } from './offsets.ts';
import { dismiss, watchMember } from './rebalance.ts';

const READ_BYTES = 1024 * 1024;

/** The groups of one partition of `__consumer_offsets`, while this broker leads it. */
export class GroupShard implements GroupHome {
  readonly partition: Partition;
  readonly settings: GroupSettings;
  readonly now: () => number;
  readonly groups = new Map<string, Group>();
  #state: 'loading' | 'active' | 'closed' = 'loading';

  constructor(partition: Partition, settings: GroupSettings, now: () => number) {
    this.partition = partition;
    this.settings = settings;
    this.now = now;
  }

  get state(): 'loading' | 'active' | 'closed' {
    return this.#state;
  }

  /** Reads the partition from its start, then takes requests. */
  async load(): Promise<void> {
    const { partition } = this;
    let offset = partition.logStartOffset;
    while (this.#state === 'loading' && offset < partition.logEndOffset) {
      const { errorCode, records } = partition.read({ offset, maxBytes: READ_BYTES, isolation: 'log_end' });
      if (errorCode !== ERROR.NONE) return;
      const before = offset;
      for (const batch of records) {
        for (const record of decodeRecords(batch)) {
          if (record.offset < before || record.key === null) continue;
          const read = readGroupRecord(record.key, record.value);
          if (read !== null) this.#replay(read);
          offset = record.offset + 1;
        }
      }
      if (offset === before) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.#state === 'loading') this.#activate();
  }

  /** Another broker leads from now on: clients are sent to look for it. */
  close(): void {
    this.#state = 'closed';
    for (const group of this.groups.values()) this.#bury(group, ERROR.NOT_COORDINATOR);
    this.groups.clear();
  }

  async append(records: readonly GroupRecord[]): Promise<number> {
    const timestamp = this.now();
    const batch = encodeRecordBatch({
      records: records.map(({ key, value }) => ({ key, value, timestamp })),
    });
    const result = await this.partition.appendAsLeader(batch, {
      acks: -1,
      timeoutMs: this.settings.commitTimeoutMs,
      origin: 'coordinator',
    });
    return coordinatorError(result.errorCode);
  }

  /** The group, made when it is not there. */
  open(groupId: string): Group {
    let group = this.groups.get(groupId);
    if (group === undefined) {
      group = new Group(groupId, this);
      this.groups.set(groupId, group);
    }
    return group;
  }

  /** Deletes a group with all its offsets. */
  async delete(group: Group): Promise<number> {
    const errorCode = await this.append([...offsetTombstones(group), groupTombstone(group.id)]);
    if (errorCode === ERROR.NONE && this.groups.get(group.id) === group) {
      this.groups.delete(group.id);
      this.#bury(group, ERROR.GROUP_ID_NOT_FOUND);
    }
    return errorCode;
  }

  /** Drops the offsets of deleted topics: a topic of the same name is another one. */
  async dropTopics(topics: ReadonlySet<string>): Promise<void> {
    const records: GroupRecord[] = [];
    for (const group of this.groups.values()) {
      for (const topic of topics) {
        records.push(...offsetTombstones(group, topic));
        group.offsets.delete(topic);
      }
    }
    if (records.length > 0) await this.append(records);
  }

  /** Drops offsets whose time is over, and groups that have neither members nor offsets left. */
  async expire(): Promise<void> {
    const nowMs = this.now();
    const records: GroupRecord[] = [];
    for (const group of [...this.groups.values()]) {
      for (const { topic, partition } of expiredOffsets(group, nowMs)) {
        dropOffset(group, topic, partition);
        records.push(offsetTombstone(group.id, topic, partition));
      }
      if (group.state === 'Empty' && group.offsets.size === 0 && group.pendingJoins.size === 0) {
        this.groups.delete(group.id);
        this.#bury(group, ERROR.GROUP_ID_NOT_FOUND);
        records.push(groupTombstone(group.id));
      }
    }
    if (records.length > 0) await this.append(records);
  }

  #replay(record: ReadRecord): void {
    if (record.type === 'offset') {
      const { group: groupId, topic, partition } = record.key;
      if (record.value === null) {
        const group = this.groups.get(groupId);
        if (group !== undefined) dropOffset(group, topic, partition);
        return;
      }
      const { offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp } = record.value;
      setOffset(this.open(groupId), topic, partition, {
        offset: Number(offset),
        leaderEpoch,
        metadata,
        committedAtMs: Number(commitTimestamp),
        expiresAtMs: expireTimestamp < 0n ? null : Number(expireTimestamp),
      });
      return;
    }
    const groupId = record.key.group;
    const { value } = record;
    if (value === null) {
      const group = this.groups.get(groupId);
      if (group?.offsets.size === 0) this.groups.delete(groupId);
      else if (group !== undefined) restoreWithoutMembers(group);
      return;
    }
    const group = this.open(groupId);
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
      for (const member of group.members.values()) watchMember(group, member);
    }
  }

  #bury(group: Group, errorCode: number): void {
    group.stopClocks();
    group.enter('Dead');
    for (const member of group.members.values()) dismiss(member, errorCode);
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

/** What a client of the coordinator is told when a write into `__consumer_offsets` fails. */
function coordinatorError(errorCode: number): number {
  switch (errorCode) {
    case ERROR.NONE:
      return ERROR.NONE;
    case ERROR.UNKNOWN_TOPIC_OR_PARTITION:
    case ERROR.NOT_ENOUGH_REPLICAS:
    case ERROR.NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case ERROR.REQUEST_TIMED_OUT:
      return ERROR.COORDINATOR_NOT_AVAILABLE;
    case ERROR.NOT_LEADER_OR_FOLLOWER:
    case ERROR.KAFKA_STORAGE_ERROR:
      return ERROR.NOT_COORDINATOR;
    case ERROR.MESSAGE_TOO_LARGE:
    case ERROR.RECORD_LIST_TOO_LARGE:
    case ERROR.INVALID_FETCH_SIZE:
      return ERROR.INVALID_COMMIT_OFFSET_SIZE;
    default:
      return ERROR.UNKNOWN_SERVER_ERROR;
  }
}
