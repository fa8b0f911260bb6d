import { messagesPath } from '../data/paths.ts';

/** A message's place in a topic, in URLs `partition-offset`: `3-1042`. */
export interface MessageAddress {
  partition: number;
  offset: number;
}

export function formatAddress({ partition, offset }: MessageAddress): string {
  return `${partition}-${offset}`;
}

/** Null for anything that is not an address. */
export function parseAddress(text: string): MessageAddress | null {
  const found = /^(\d{1,10})-(\d{1,16})$/.exec(text);
  if (!found) return null;
  const offset = Number(found[2]);
  return Number.isSafeInteger(offset) ? { partition: Number(found[1]), offset } : null;
}

/** The messages page at exactly that message, with what follows it in its partition below. */
export function messageHref(cluster: string, topic: string, address: MessageAddress): string {
  const query = new URLSearchParams({
    partition: String(address.partition),
    from: `offset:${address.offset}`,
    at: formatAddress(address),
  });
  return `${messagesPath(cluster, topic)}?${query}`;
}
