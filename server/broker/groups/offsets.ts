/** Committed offsets: taking, dropping, expiring them. What is in a group's map is also in `__consumer_offsets`. */
import { ERROR } from '../../protocol/errors.ts';
import type { AnyGroup } from './any-group.ts';
import type { CommittedOffset } from './committed-offset.ts';
import type { GroupRecord } from './group-home.ts';
import { offsetRecord, offsetTombstone } from './group-records.ts';
import { subscribedTopics } from './subscription.ts';

export interface OffsetToCommit {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string | null;
}

export interface Committer {
  readonly memberId: string;
  readonly generationId: number;
  readonly instanceId: string | null;
  /** How long a client older than OffsetCommit v5 wants the offsets kept, -1: as the broker is set. */
  readonly retentionMs: number;
  /** Of OffsetCommit, or of TxnOffsetCommit when it commits in a transaction. */
  readonly apiVersion: number;
  readonly isTransactional: boolean;
}

/** Writes offsets down and then counts them. @returns an error code for each, in order */
export async function commitOffsets(
  group: AnyGroup,
  committer: Committer,
  offsets: readonly OffsetToCommit[],
): Promise<number[]> {
  const committedAtMs = group.home.now();
  const expiresAtMs = committer.retentionMs < 0 ? null : committedAtMs + committer.retentionMs;
  const tooLong = (metadata: string | null) =>
    Buffer.byteLength(metadata ?? '') > group.home.settings.offsetMetadataMaxBytes;
  const accepted: { item: OffsetToCommit; committed: CommittedOffset }[] = [];
  for (const item of offsets) {
    if (tooLong(item.metadata)) continue;
    const { offset, leaderEpoch } = item;
    accepted.push({
      item,
      committed: {
        offset,
        leaderEpoch,
        metadata: item.metadata ?? '',
        committedAtMs,
        expiresAtMs,
        topicId: item.topicId,
      },
    });
  }
  let errorCode: number = ERROR.NONE;
  if (accepted.length > 0) {
    errorCode = await group.home.append(
      accepted.map(({ item, committed }) => offsetRecord(group.id, item.topic, item.partition, committed)),
    );
  }
  if (errorCode === ERROR.NONE) {
    for (const { item, committed } of accepted) setOffset(group, item.topic, item.partition, committed);
  }
  return offsets.map(({ metadata }) => (tooLong(metadata) ? ERROR.OFFSET_METADATA_TOO_LARGE : errorCode));
}

export function setOffset(
  group: AnyGroup,
  topic: string,
  partition: number,
  committed: CommittedOffset,
): void {
  let partitions = group.offsets.get(topic);
  if (partitions === undefined) {
    partitions = new Map();
    group.offsets.set(topic, partitions);
  }
  partitions.set(partition, committed);
  group.home.transactional.supersede(group.id, topic, partition);
}

export function dropOffset(group: AnyGroup, topic: string, partition: number): void {
  const partitions = group.offsets.get(topic);
  partitions?.delete(partition);
  group.home.transactional.drop(group.id, topic, partition);
  if (partitions?.size === 0) group.offsets.delete(topic);
}

/** Tombstones for all offsets, or those of one topic. */
export function offsetTombstones(group: AnyGroup, onlyTopic?: string): GroupRecord[] {
  const records: GroupRecord[] = [];
  for (const [topic, partitions] of group.offsets) {
    if (onlyTopic !== undefined && topic !== onlyTopic) continue;
    for (const partition of partitions.keys()) records.push(offsetTombstone(group.id, topic, partition));
  }
  return records;
}

/**
 * The offsets whose time is over (KIP-211): of an empty group so long after its last member left, of a group that never had
 * members so long after the commit, of a group with members those of topics that none of them subscribes to.
 */
export function expiredOffsets(group: AnyGroup, nowMs: number): { topic: string; partition: number }[] {
  if (group.state === 'PreparingRebalance' || group.state === 'CompletingRebalance') return [];
  const { offsetsRetentionMs } = group.home.settings;
  const subscribed = group.state === 'Empty' ? new Set<string>() : subscribedTopics(group);
  if (subscribed === null) return []; // Not consumers: nobody can tell which offsets they still want.
  const emptySinceMs =
    group.type === 'classic' && group.state === 'Empty' && group.protocolType !== null
      ? group.stateSinceMs
      : 0;
  const expired: { topic: string; partition: number }[] = [];
  for (const [topic, partitions] of group.offsets) {
    if (subscribed.has(topic)) continue;
    for (const [partition, { committedAtMs, expiresAtMs }] of partitions) {
      const fromMs = Math.max(emptySinceMs, committedAtMs);
      if (nowMs >= (expiresAtMs ?? fromMs + offsetsRetentionMs)) expired.push({ topic, partition });
    }
  }
  return expired;
}
