/** Gathers items of many partitions under their topics, in the order they come, as most answers want them. */
export function groupByTopic<Item extends { readonly topic: string }>(
  items: Iterable<Item>,
): Map<string, Item[]> {
  const topics = new Map<string, Item[]>();
  for (const item of items) {
    const known = topics.get(item.topic);
    if (known === undefined) topics.set(item.topic, [item]);
    else known.push(item);
  }
  return topics;
}
