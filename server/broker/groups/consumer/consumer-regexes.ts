import { ERROR } from '../../../protocol/errors.ts';
import type { GroupTable } from '../any-group.ts';
import { sameStrings } from '../assignors/assignor.ts';
import type { GroupRecord } from '../group-home.ts';
import { GroupRefusal } from '../group-refusal.ts';
import { PatternError } from '../regex/pattern-tree.ts';
import { TopicPattern } from '../regex/topic-pattern.ts';
import { hashOfTopics } from '../topics-view.ts';
import type { ConsumerGroup, ResolvedRegex } from './consumer-group.ts';
import type { ConsumerMember } from './consumer-member.ts';
import { epochRecord, regexRecord, regexTombstone } from './consumer-records.ts';

/** Kafka looks through all topics no more often than that. */
const MIN_REFRESH_INTERVAL_MS = 10_000;

/** What a change of a member's regular expression means: it may have to be matched first, which takes its own time. */
export type RegexChange = 'none' | 'unresolved' | 'resolved';

/**
 * Notes that a member subscribes by another regular expression and sees to it that what is subscribed to gets matched.
 * @throws GroupRefusal INVALID_REGULAR_EXPRESSION
 */
export function changeRegex(
  group: ConsumerGroup,
  member: ConsumerMember,
  updated: ConsumerMember,
  records: GroupRecord[],
): RegexChange {
  const [before, after] = [member.topicRegex, updated.topicRegex];
  let change: RegexChange = 'none';
  if (before !== after) {
    change = 'unresolved';
    if (before !== '' && group.subscribersOf(before) === 1) records.push(regexTombstone(group.id, before));
    if (after !== '' && group.subscribersOf(after) === 0) checkRegex(after);
    else if (after === '' || group.regexes.has(after)) change = 'resolved';
  }
  return change;
}

function checkRegex(regex: string): void {
  try {
    new TopicPattern(regex);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new GroupRefusal(
      ERROR.INVALID_REGULAR_EXPRESSION,
      `SubscribedTopicRegex \`${regex}\` is not a valid regular expression: ${error.message}.`,
    );
  }
}

/** Looks, outside of the request, which topics the group's regular expressions match, when that may have changed. */
export function refreshRegexes(shard: GroupTable, group: ConsumerGroup): void {
  const wanted = new Set<string>();
  for (const { topicRegex } of group.members.values()) if (topicRegex !== '') wanted.add(topicRegex);
  if (wanted.size === 0 || group.resolvesRegexes) return;
  const nowMs = group.home.now();
  let lastMs = Number.NEGATIVE_INFINITY;
  let version = Number.POSITIVE_INFINITY;
  for (const regex of group.regexes.values()) {
    lastMs = Math.max(lastMs, regex.resolvedAtMs);
    version = Math.min(version, regex.version);
  }
  const isMissing = [...wanted].some((regex) => !group.regexes.has(regex));
  if (!isMissing) {
    if (nowMs <= lastMs + MIN_REFRESH_INTERVAL_MS) return;
    const isStale = version < group.home.topicsChangedAt;
    if (!isStale && nowMs <= lastMs + group.home.settings.consumerRegexRefreshIntervalMs) return;
  }
  group.resolvesRegexes = true;
  setImmediate(() => {
    group.resolvesRegexes = false;
    if (shard.groups.get(group.id) === group) void shard.write(resolve(group, wanted));
  });
}

function resolve(group: ConsumerGroup, wanted: ReadonlySet<string>): GroupRecord[] {
  const view = group.home.topics;
  const records: GroupRecord[] = [];
  const resolved = new Map(group.regexes);
  let changed = false;
  for (const regex of wanted) {
    if (group.subscribersOf(regex) === 0) continue;
    const now: ResolvedRegex = {
      topics: matching(regex, view.topics.keys()),
      version: view.offset,
      resolvedAtMs: group.home.now(),
    };
    const before = group.regexes.get(regex)?.topics ?? new Set<string>();
    if (!sameStrings(before, now.topics)) changed = true;
    resolved.set(regex, now);
    records.push(regexRecord(group.id, regex, now));
  }
  const names = new Set<string>();
  for (const { topicNames, topicRegex } of group.members.values()) {
    for (const name of topicNames) names.add(name);
    for (const name of resolved.get(topicRegex)?.topics ?? []) names.add(name);
  }
  const hash = hashOfTopics(names, view);
  if (changed || hash !== group.metadataHash) {
    records.push(epochRecord(group.id, group.epoch + 1, hash));
    group.needsRefresh = false;
  }
  return records;
}

function matching(regex: string, names: Iterable<string>): Set<string> {
  try {
    const pattern = new TopicPattern(regex);
    return new Set([...names].filter((name) => pattern.matches(name)));
  } catch {
    return new Set(); // Another broker's: it was checked before it was written.
  }
}
