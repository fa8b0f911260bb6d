import type { ResendBody, ResendPlan } from '../../../lib/contract/resend.ts';
import { spoken, type Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../../cluster.ts';
import { readTopicConfigEntries } from '../../snapshot/config-reader.ts';

type Warning = Unspoken<ResendPlan>['warnings'][number];

/** What goes to one topic. */
export interface TargetContents {
  readonly topic: string;
  readonly partitionCount: number;
  count: number;
  withoutKey: number;
  /** Highest partition that messages come from. */
  lastPartition: number;
  /** Bytes of the largest message. */
  largest: number;
  /** Milliseconds since the epoch; null: none has a time. */
  oldest: number | null;
  /** Topics of the same cluster that they come from, which is this one. */
  isSource: boolean;
}

/** What a topic does to messages that are sent to it, as its configs say. */
export async function targetWarnings(
  cluster: Cluster,
  target: TargetContents,
  { keep }: ResendBody,
): Promise<Warning[]> {
  const { topic, partitionCount, count, withoutKey, lastPartition, largest, oldest, isSource } = target;
  const subject = spoken(topic);
  const entries = await readTopicConfigEntries(cluster.client, topic).catch(() => []);
  const config = (name: string) => entries.find((entry) => entry.name === name)?.value ?? null;
  const warnings: Warning[] = [];
  if (isSource)
    warnings.push({ code: 'same-topic', subject, detail: say('warn.sameTopic', { topic, count }) });
  if (keep.partition && lastPartition >= partitionCount) {
    const detail = say('warn.fewerPartitions', { topic, partitions: partitionCount });
    warnings.push({ code: 'fewer-partitions', subject, detail });
  }
  if (withoutKey > 0 && config('cleanup.policy')?.includes('compact')) {
    const detail = say('warn.compactedWithoutKey', { topic, count: withoutKey });
    warnings.push({ code: 'refused-messages', subject, detail });
  }
  const mostBytes = Number(config('max.message.bytes') ?? Number.POSITIVE_INFINITY);
  if (largest > mostBytes) {
    const detail = say('warn.tooLargeForTopic', { topic, bytes: mostBytes, largest });
    warnings.push({ code: 'refused-messages', subject, detail });
  }
  if (keep.timestamp) warnings.push(...timeWarnings(topic, oldest, config));
  return warnings;
}

function timeWarnings(
  topic: string,
  oldest: number | null,
  config: (name: string) => string | null,
): Warning[] {
  const subject = spoken(topic);
  if (config('message.timestamp.type') === 'LogAppendTime') {
    return [{ code: 'times-not-kept', subject, detail: say('warn.logAppendTime', { topic }) }];
  }
  const retentionMs = Number(config('retention.ms') ?? -1);
  const deletes = config('cleanup.policy')?.includes('delete') ?? false;
  if (!deletes || retentionMs < 0 || oldest === null || Date.now() - oldest <= retentionMs) return [];
  return [{ code: 'soon-deleted', subject, detail: say('warn.olderThanRetention', { topic }) }];
}
