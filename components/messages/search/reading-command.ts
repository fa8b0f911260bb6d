import type { Message } from '../../../lib/contract/messages.ts';
import type { ConsumeOptions } from '../../../lib/kafka/command-line.ts';
import { isSearch, type Reading } from './reading.ts';

export interface ReadingCommand {
  options: ConsumeOptions;
  /** False: the tool cannot start there in all partitions, so it reads from the oldest. */
  isExact: boolean;
  /** False: the page leaves messages out, which the tool does not. */
  hasAll: boolean;
}

/**
 * What kafka-console-consumer.sh has to be told to read what the page reads. It starts one partition at an offset, or
 * all at their oldest or next message; for anything else of one partition the first offset that was read stands in.
 */
export function commandOfReading(
  topic: string,
  reading: Reading,
  messages: readonly Pick<Message, 'offset'>[],
): ReadingCommand {
  const { partitions, from, limit, follow } = reading;
  const partition = partitions.length === 1 ? partitions[0] : undefined;
  const hasAll = !isSearch(reading) && partitions.length < 2;
  const common = { topic, partition, limit: follow ? undefined : limit };
  if (from === 'earliest' || (from === 'latest' && follow)) {
    return { options: { ...common, from }, isExact: true, hasAll };
  }
  const first = messages.reduce<number | null>(
    (least, { offset }) => (least === null || offset < least ? offset : least),
    null,
  );
  const offset = /^offset:(\d+)$/.exec(from)?.[1];
  const start = offset === undefined ? first : Number(offset);
  if (partition === undefined || start === null) {
    return { options: { ...common, from: 'earliest' }, isExact: false, hasAll };
  }
  return { options: { ...common, from: start }, isExact: true, hasAll };
}
