/** Which partitions a share group has a state for: before a member may read one, the share coordinator must know of it. */
import { ERROR } from '../../../protocol/errors.ts';
import type { GroupTable } from '../any-group.ts';
import type { GroupRecord } from '../group-home.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { ShareGroup, ShareMember, ShareStateTopics, StateTopic, StateTopics } from './share-group.ts';
import { stateTopicsRecord } from './share-records.ts';
import type { Persister } from './state/persister.ts';

/** An initialization that has not come through is tried again after so long (`group.share.initialize.retry.interval.ms`). */
const RETRY_MS = 30_000;

/** What begins its life: start offsets by partition, by topic id. -1: where the group's settings say. */
export interface Initialization {
  readonly stateEpoch: number;
  readonly startOffsets: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

export const NO_STATE_TOPICS: ShareStateTopics = {
  initializing: new Map(),
  initialized: new Map(),
  deleting: new Map(),
};

/** Notes partitions that are subscribed to and have no state yet; null when there are none. */
export function beginInitialization(
  group: ShareGroup,
  members: Iterable<ShareMember>,
  groupEpoch: number,
  records: GroupRecord[],
): Initialization | null {
  const nowMs = group.home.now();
  const { initialized, initializing } = group.stateTopics ?? NO_STATE_TOPICS;
  const startOffsets = new Map<string, Map<number, number>>();
  for (const name of group.subscribedTopics(members)) {
    const topic = group.home.topics.topic(name);
    if (topic === undefined) continue;
    const underWay = initializing.get(topic.id);
    const isRecent = underWay !== undefined && nowMs - underWay.sinceMs < RETRY_MS;
    const known = new Set([
      ...(initialized.get(topic.id)?.partitions ?? []),
      ...(isRecent ? underWay.partitions : []),
    ]);
    const fresh = topic.partitions.filter(({ partition }) => !known.has(partition));
    if (fresh.length > 0) startOffsets.set(topic.id, new Map(fresh.map(({ partition }) => [partition, -1])));
  }
  if (startOffsets.size === 0) return null;
  records.push(stateTopicsRecord(group.id, withInitializing(group, startOffsets)));
  return { stateEpoch: groupEpoch, startOffsets };
}

/** What is kept of a group's states with these partitions among those that begin. */
export function withInitializing(
  group: ShareGroup,
  startOffsets: Initialization['startOffsets'],
): ShareStateTopics {
  const { initialized, initializing, deleting } = group.stateTopics ?? NO_STATE_TOPICS;
  const begun = new Map([...startOffsets].map(([topicId, offsets]) => [topicId, new Set(offsets.keys())]));
  return {
    initializing: merged(initializing, begun, group),
    initialized,
    deleting: new Map([...deleting].filter(([topicId]) => !begun.has(topicId))),
  };
}

/** Has the share coordinator begin the states, then notes that it has. @returns what went wrong, by `topic id-partition` */
export async function initialize(
  shard: GroupTable,
  persister: Persister,
  groupId: string,
  { stateEpoch, startOffsets }: Initialization,
): Promise<Map<string, GroupRefusal>> {
  const failures = new Map<string, GroupRefusal>();
  const done = new Map<string, Set<number>>();
  const one = async (topicId: string, partition: number, startOffset: number) => {
    try {
      await persister.initialize({ groupId, topicId, partition }, stateEpoch, startOffset);
      done.set(topicId, (done.get(topicId) ?? new Set<number>()).add(partition));
    } catch (error) {
      if (!(error instanceof GroupRefusal)) throw error;
      failures.set(`${topicId}-${partition}`, error);
    }
  };
  await Promise.all(
    [...startOffsets].flatMap(([topicId, offsets]) =>
      [...offsets].map(([partition, startOffset]) => one(topicId, partition, startOffset)),
    ),
  );
  const group = shard.groups.get(groupId);
  if (group?.type !== 'share' || done.size === 0) return failures;
  const { initialized, initializing, deleting } = group.stateTopics ?? NO_STATE_TOPICS;
  const record = stateTopicsRecord(groupId, {
    initializing: without(initializing, done),
    initialized: merged(initialized, done, group),
    deleting,
  });
  await shard.write([record]);
  return failures;
}

/** Forgets the states of some topics, or of all. @throws GroupRefusal */
export async function deleteStates(
  shard: GroupTable,
  persister: Persister,
  group: ShareGroup,
  topicIds: ReadonlySet<string>,
): Promise<void> {
  const kept = group.stateTopics ?? NO_STATE_TOPICS;
  const going = new Map<string, StateTopic>();
  for (const topics of [kept.initialized, kept.initializing]) {
    for (const [topicId, topic] of topics) if (topicIds.has(topicId)) going.set(topicId, topic);
  }
  const rest = (topics: StateTopics) => new Map([...topics].filter(([topicId]) => !topicIds.has(topicId)));
  const [initialized, initializing] = [rest(kept.initialized), rest(kept.initializing)];
  const deleting = new Map(kept.deleting);
  for (const [topicId, { name }] of going) deleting.set(topicId, name);
  await shard.write([stateTopicsRecord(group.id, { initialized, initializing, deleting })]);
  for (const topicId of topicIds) {
    const count = shard.topics.topicById(topicId)?.partitions.length ?? 0;
    for (let partition = 0; partition < count; partition += 1) {
      await persister.delete({ groupId: group.id, topicId, partition });
    }
    deleting.delete(topicId);
  }
  const errorCode = await shard.write([stateTopicsRecord(group.id, { initialized, initializing, deleting })]);
  if (errorCode !== ERROR.NONE) throw new GroupRefusal(errorCode, '');
}

/** What is to be written when topics that the group has states for are gone; nothing when there are none. */
export function withoutGoneTopics(group: ShareGroup): GroupRecord[] {
  const { stateTopics: kept, home } = group;
  if (kept === null) return [];
  const isThere = ([topicId]: readonly [string, unknown]) => home.topics.topicById(topicId) !== undefined;
  const topics: ShareStateTopics = {
    initializing: new Map([...kept.initializing].filter(isThere)),
    initialized: new Map([...kept.initialized].filter(isThere)),
    deleting: new Map([...kept.deleting].filter(isThere)),
  };
  const count = ({ initializing, initialized, deleting }: ShareStateTopics) =>
    initializing.size + initialized.size + deleting.size;
  return count(topics) === count(kept) ? [] : [stateTopicsRecord(group.id, topics)];
}

function merged(
  topics: StateTopics,
  more: ReadonlyMap<string, ReadonlySet<number>>,
  group: ShareGroup,
): StateTopics {
  const result = new Map(topics);
  for (const [topicId, partitions] of more) {
    const known = topics.get(topicId);
    const name = known?.name ?? group.home.topics.topicById(topicId)?.name ?? '<UNKNOWN>';
    const all = new Set([...(known?.partitions ?? []), ...partitions]);
    result.set(topicId, { name, partitions: all, sinceMs: group.home.now() });
  }
  return result;
}

function without(topics: StateTopics, gone: ReadonlyMap<string, ReadonlySet<number>>): StateTopics {
  const result = new Map<string, StateTopic>();
  for (const [topicId, topic] of topics) {
    const left = [...topic.partitions].filter((partition) => !gone.get(topicId)?.has(partition));
    if (left.length > 0) result.set(topicId, { ...topic, partitions: new Set(left) });
  }
  return result;
}
