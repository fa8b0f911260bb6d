import type { ClusterClient } from '../client/cluster-client.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';

/** What the readers of one cluster share. */
export interface ClusterLink {
  readonly client: ClusterClient;
  readonly snapshots: SnapshotKeeper;
}

/** Puts items into lists by key, in order. */
export function groupBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const lists = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = lists.get(key);
    if (list) list.push(item);
    else lists.set(key, [item]);
  }
  return lists;
}

/** Cuts a list into pieces of at most so many items. */
export function pieces<Item>(items: readonly Item[], most: number): Item[][] {
  const cut: Item[][] = [];
  for (let at = 0; at < items.length; at += most) cut.push(items.slice(at, at + most));
  return cut;
}

/** Keys made of two or three parts; NUL occurs in no name of Kafka's that brokers accept. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return parts.join('\0');
}

export function keyParts(key: string): string[] {
  return key.split('\0');
}
