import type { Message } from '../../../lib/contract/messages.ts';

export type MessageSortId = 'partition' | 'offset' | 'time' | 'size';

export interface MessageSort {
  id: MessageSortId;
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
export function firstSort(from: string, follow: boolean, partition: number | undefined): MessageSort {
  return {
    id: partition === undefined ? 'time' : 'offset',
    order: from === 'latest' || follow ? 'desc' : 'asc',
  };
}

function compareBy(id: MessageSortId, one: Message, other: Message): number {
  switch (id) {
    case 'partition':
      return one.partition - other.partition;
    case 'offset':
      return one.offset - other.offset;
    case 'size':
      return messageSize(one) - messageSize(other);
    default:
      return (one.timestamp ?? '').localeCompare(other.timestamp ?? '');
  }
}

/** Messages in that order; equal ones by partition and offset, so that the order is always the same. */
export function sortMessages(messages: readonly Message[], { id, order }: MessageSort): Message[] {
  const direction = order === 'asc' ? 1 : -1;
  return [...messages].sort(
    (one, other) =>
      direction * (compareBy(id, one, other) || one.partition - other.partition || one.offset - other.offset),
  );
}
