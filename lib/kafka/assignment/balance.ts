import { evenOut } from './even-out.ts';
import { byTopic, type Layout, type LayoutItem } from './layout.ts';

/**
 * Evens out replicas: first each topic's own over the brokers, then all of them together, without making any topic's spread
 * worse. What can be evened out without copying more is tried first.
 */
export function balanceReplicas(layout: Layout): void {
  for (const items of byTopic(layout.items)) {
    const counts = layout.ofTopic(items[0]!.topic);
    if (items.some(isChanged)) spreadReplicas(layout, items, counts, isFree);
    spreadReplicas(layout, items, counts, () => true);
  }
  const isFuller: Rule = (item, from, to) => {
    const counts = layout.ofTopic(item.topic);
    return counts[from]! > counts[to]!;
  };
  if (layout.items.some(isChanged)) {
    const isFreeAndFuller: Rule = (item, from, to) => isFree(item, from, to) && isFuller(item, from, to);
    spreadReplicas(layout, layout.items, layout.total, isFreeAndFuller);
  }
  spreadReplicas(layout, layout.items, layout.total, isFuller);
}

type Rule = (item: LayoutItem, from: number, to: number) => boolean;

/** A replica that has to be copied anyway can be copied elsewhere, and one can go back to where its data is. */
function isFree({ original }: LayoutItem, from: number, to: number): boolean {
  return original.includes(to) || !original.includes(from);
}

function isChanged({ original, replicas }: LayoutItem): boolean {
  return original.length !== replicas.length || replicas.some((broker) => !original.includes(broker));
}

function spreadReplicas(
  layout: Layout,
  items: readonly LayoutItem[],
  counts: Int32Array,
  isAllowed: Rule,
): void {
  if (isEven(counts)) return;
  evenOut({
    counts,
    ties: layout.total,
    held: holders(layout, items, (item) => item.replicas),
    isWay: (from, to) => layout.isWay(from, to),
    canMove: (index, from, to) =>
      isAllowed(items[index]!, from, to) && layout.canMove(items[index]!, from, to),
    move: (index, from, to) => layout.move(items[index]!, from, to),
  });
}

/**
 * Evens out the preferred leaders of the layout's items, first of each topic, then of all together, by changing the order of
 * replicas only. A partition whose first replica may stay keeps its order.
 */
export function balanceLeaders(layout: Layout): void {
  const total = new Int32Array(layout.brokers.length);
  /** By topic. */
  const countsOf: Int32Array[] = [];
  for (const items of byTopic(layout.items)) {
    const counts = balanceTopicLeaders(layout, items, new Int32Array(layout.brokers.length), total);
    for (const [broker, count] of counts.entries()) total[broker]! += count;
    countsOf[items[0]!.topic] = counts;
  }
  spreadLeaders(
    layout,
    layout.items,
    total,
    total,
    ({ topic }, from, to) => countsOf[topic]![from]! > countsOf[topic]![to]!,
    ({ topic }, from, to) => {
      const counts = countsOf[topic]!;
      counts[from]! -= 1;
      counts[to]! += 1;
    },
  );
}

/** Evens out the preferred leaders of one topic's items on top of `others`, which stay; gives the counts of both together. */
export function balanceTopicLeaders(
  layout: Layout,
  items: readonly LayoutItem[],
  others: Int32Array,
  ties = others,
): Int32Array {
  const counts = Int32Array.from(others);
  for (const { replicas } of items) counts[replicas[0]!]! += 1;
  spreadLeaders(layout, items, counts, ties, () => true);
  return counts;
}

function spreadLeaders(
  layout: Layout,
  items: readonly LayoutItem[],
  counts: Int32Array,
  ties: Int32Array,
  isAllowed: Rule,
  moved: (item: LayoutItem, from: number, to: number) => void = () => {},
): void {
  if (isEven(counts)) return;
  evenOut({
    counts,
    ties,
    held: holders(layout, items, (item) => item.replicas.slice(0, 1)),
    isWay: () => true,
    canMove: (index, from, to) => {
      const item = items[index]!;
      return item.replicas[0] === from && item.replicas.includes(to) && isAllowed(item, from, to);
    },
    move: (index, from, to) => {
      const item = items[index]!;
      item.replicas = [to, ...item.replicas.filter((broker) => broker !== to)];
      counts[from]! -= 1;
      counts[to]! += 1;
      moved(item, from, to);
    },
  });
}

function isEven(counts: Int32Array): boolean {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const count of counts) {
    if (count < least) least = count;
    if (count > most) most = count;
  }
  return most - least <= 1;
}

function holders(
  layout: Layout,
  items: readonly LayoutItem[],
  on: (item: LayoutItem) => readonly number[],
): number[][] {
  const held: number[][] = layout.brokers.map(() => []);
  for (const [index, item] of items.entries()) for (const broker of on(item)) held[broker]!.push(index);
  return held;
}
