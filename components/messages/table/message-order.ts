import type { Message } from '../../../lib/contract/messages.ts';
import { messageField } from '../fields/message-field.ts';
import { directionOf, type Reading } from '../search/reading.ts';

/** By what messages are sorted: a column of every table, or a path of a field. */
export interface MessageSort {
  id: string;
  order: 'asc' | 'desc';
}

/** Bytes of key and value together. */
export function messageSize(message: Message): number {
  return (message.key?.size ?? 0) + (message.value?.size ?? 0);
}

/**
 * The order a reading begins with: the newest above when the newest are asked for or one follows, else as they lie in
 * the log. One partition goes by offset, which never lies; several can only be put in order by time.
 */
export function firstSort(reading: Reading): MessageSort {
  const isOne = reading.partitions.length === 1 && reading.topics.length < 2;
  return {
    id: isOne ? 'offset' : 'time',
    order: reading.follow || directionOf(reading) === 'newest' ? 'desc' : 'asc',
  };
}

/** Messages in that order; equal ones by topic, partition and offset, so that the order is always the same. */
export function sortMessages(messages: readonly Message[], { id, order }: MessageSort): Message[] {
  const direction = order === 'asc' ? 1 : -1;
  const compare = COMPARE[id] ?? byField(id);
  return [...messages].sort(
    (one, other) =>
      direction *
      (compare(one, other) ||
        byTopic(one, other) ||
        one.partition - other.partition ||
        one.offset - other.offset),
  );
}

type Compare = (one: Message, other: Message) => number;

const byTopic: Compare = (one, other) => (one.topic ?? '').localeCompare(other.topic ?? '');

const COMPARE: Record<string, Compare> = {
  topic: byTopic,
  partition: (one, other) => one.partition - other.partition,
  offset: (one, other) => one.offset - other.offset,
  headers: (one, other) => one.headers.length - other.headers.length,
  size: (one, other) => messageSize(one) - messageSize(other),
  time: (one, other) => compareText(one.timestamp ?? '', other.timestamp ?? ''),
};

/** Times are written so that their text sorts as they do; as for text, this is faster than in a language's order. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Numbers as numbers, before texts; what has no such field comes first. */
function byField(path: string): Compare {
  return (one, other) => {
    const [a, b] = [messageField(one, path), messageField(other, path)];
    if (typeof a === 'string' || typeof b === 'string') return rank(a) - rank(b);
    if (a.kind === 'number' && b.kind === 'number') return Number(a.text) - Number(b.text);
    return rank(a) - rank(b) || compareText(a.text, b.text);
  };
}

function rank(finding: ReturnType<typeof messageField>): number {
  if (typeof finding === 'string') return 0;
  return finding.kind === 'number' ? 1 : 2;
}
