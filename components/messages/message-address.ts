import { messagesPath } from '../data/paths.ts';

/** A message's place, in addresses `partition-offset`, `3-1042`, after its topic where several are read: `orders/3-1042`. */
export interface MessageAddress {
  /** Absent where the page is about one topic. */
  topic?: string;
  partition: number;
  offset: number;
}

export function formatAddress({ topic, partition, offset }: MessageAddress): string {
  const place = `${partition}-${offset}`;
  return topic === undefined ? place : `${topic}/${place}`;
}

/** Null for anything that is not an address. */
export function parseAddress(text: string): MessageAddress | null {
  const [, topic, partition, digits] = /^(?:([\w.-]{1,249})\/)?(\d{1,10})-(\d{1,16})$/.exec(text) ?? [];
  if (partition === undefined) return null;
  const offset = Number(digits);
  if (!Number.isSafeInteger(offset)) return null;
  const place = { partition: Number(partition), offset };
  return topic === undefined ? place : { topic, ...place };
}

export function isSamePlace(one: MessageAddress, other: MessageAddress): boolean {
  return one.partition === other.partition && one.offset === other.offset && one.topic === other.topic;
}

/** The messages page at exactly that message, with what follows it in its partition below. */
export function messageHref(cluster: string, topic: string, { partition, offset }: MessageAddress): string {
  const query = new URLSearchParams({
    partitions: String(partition),
    from: `offset:${offset}`,
    at: formatAddress({ partition, offset }),
  });
  return `${messagesPath(cluster, topic)}?${query}`;
}
