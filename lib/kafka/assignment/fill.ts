import type { Layout, LayoutItem } from './layout.ts';

/**
 * Takes away what an item has too much: replicas beyond its replication factor, and those that fill a rack beyond its
 * bounds or keep another one from getting its share. The fullest brokers give theirs first; of equals the last replica, so
 * that the preferred leader stays longest.
 */
export function drop(layout: Layout, item: LayoutItem): void {
  const bounds = layout.bounds(item.replicationFactor);
  for (;;) {
    const inRack = bounds.map((_, rack) => layout.inRack(item, rack));
    const lacking = bounds.reduce((sum, { least }, rack) => sum + Math.max(0, least - inRack[rack]!), 0);
    const overfull = inRack.some((count, rack) => count > bounds[rack]!.most);
    if (!overfull && item.replicas.length + lacking <= item.replicationFactor) return;
    const candidates = item.replicas.filter((broker) => {
      const rack = layout.rackOf[broker]!;
      return inRack[rack]! > (overfull ? bounds[rack]!.most : bounds[rack]!.least);
    });
    const counts = layout.ofTopic(item.topic);
    let worst = candidates[0]!;
    for (const broker of candidates) {
      const more = counts[broker]! - counts[worst]! || layout.total[broker]! - layout.total[worst]!;
      if (more >= 0) worst = broker;
    }
    layout.take(item, worst);
  }
}

/**
 * Adds replicas up to the item's replication factor: to the rack-wise allowed broker that holds least of the topic, then
 * least in all, then comes next in the striping order.
 */
export function fill(layout: Layout, item: LayoutItem): void {
  if (item.replicas.length >= item.replicationFactor) return;
  const bounds = layout.bounds(item.replicationFactor);
  const counts = layout.ofTopic(item.topic);
  const { total, rackOf } = layout;
  const order = stripe(layout.ring, item.topic + item.partition);
  while (item.replicas.length < item.replicationFactor) {
    const inRack = bounds.map((_, rack) => layout.inRack(item, rack));
    const lacking = bounds.reduce((sum, { least }, rack) => sum + Math.max(0, least - inRack[rack]!), 0);
    const isTight = item.replicas.length + lacking === item.replicationFactor;
    let best = -1;
    for (const broker of order) {
      const rack = rackOf[broker]!;
      const limit = isTight ? bounds[rack]!.least : bounds[rack]!.most;
      if (inRack[rack]! >= limit || item.replicas.includes(broker)) continue;
      if (
        best < 0 ||
        counts[broker]! < counts[best]! ||
        (counts[broker]! === counts[best]! && total[broker]! < total[best]!)
      )
        best = broker;
    }
    layout.place(item, best);
  }
}

/**
 * The brokers in the order in which Kafka's own striping offers them to a partition: the first one steps on by one each
 * partition, and the others follow it at a distance that grows by one each round, so that not the same brokers always
 * share partitions.
 */
function stripe(ring: readonly number[], step: number): number[] {
  const size = ring.length;
  const first = step % size;
  const shift = Math.floor(step / size);
  const order = [ring[first]!];
  for (let next = 0; next < size - 1; next++) {
    order.push(ring[(first + 1 + ((shift + next) % (size - 1))) % size]!);
  }
  return order;
}
