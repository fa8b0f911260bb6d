import { type RackBound, rackBounds } from './rack-bounds.ts';

export interface AssignmentBroker {
  readonly id: number;
  readonly rack: string | null;
}

/** A partition being laid out. Brokers are given by their place in the layout's list. */
export interface LayoutItem {
  readonly topic: number;
  readonly partition: number;
  readonly replicationFactor: number;
  /** The places that held it before; brokers that are not in the layout are left out. */
  readonly original: readonly number[];
  replicas: number[];
}

/**
 * Replicas of many partitions on a set of brokers, with how many each broker holds of each topic and in all. Items of one
 * topic stand together, in order of topic.
 */
export class Layout {
  readonly brokers: readonly AssignmentBroker[];
  /** Rack of each broker, as a number. */
  readonly rackOf: readonly number[];
  /** Brokers in order of racks taken in turn, so that neighbours stand in different racks: where striping goes along. */
  readonly ring: readonly number[];
  readonly items: LayoutItem[] = [];
  readonly total: Int32Array;
  readonly #rackSizes: number[];
  readonly #bounds = new Map<number, RackBound[]>();
  readonly #byTopic: Int32Array[] = [];

  /** Without `rackAware` all brokers count as one rack; so does a broker of no rack, with all others of none. */
  constructor(brokers: readonly AssignmentBroker[], rackAware: boolean) {
    this.brokers = [...brokers].sort((a, b) => a.id - b.id);
    const racks = new Map<string | null, number>();
    this.rackOf = this.brokers.map(({ rack }) => {
      const name = rackAware ? rack : null;
      if (!racks.has(name)) racks.set(name, racks.size);
      return racks.get(name)!;
    });
    this.#rackSizes = Array.from({ length: racks.size }, () => 0);
    const seats = this.rackOf.map((rack) => this.#rackSizes[rack]!++);
    this.ring = Array.from(this.brokers.keys()).sort(
      (a, b) => seats[a]! - seats[b]! || this.rackOf[a]! - this.rackOf[b]!,
    );
    this.total = new Int32Array(brokers.length);
  }

  /** Adds a partition whose replicas all are brokers of the layout. */
  add(item: LayoutItem): void {
    this.items.push(item);
    for (const broker of item.replicas) this.#count(item, broker, 1);
  }

  /** How many replicas of the topic each broker holds. */
  ofTopic(topic: number): Int32Array {
    this.#byTopic[topic] ??= new Int32Array(this.brokers.length);
    return this.#byTopic[topic];
  }

  /** By rack. */
  bounds(replicationFactor: number): readonly RackBound[] {
    let bounds = this.#bounds.get(replicationFactor);
    if (!bounds) {
      bounds = rackBounds(this.#rackSizes, replicationFactor);
      this.#bounds.set(replicationFactor, bounds);
    }
    return bounds;
  }

  /** How many of the item's replicas stand in a rack. */
  inRack(item: LayoutItem, rack: number): number {
    let count = 0;
    for (const broker of item.replicas) if (this.rackOf[broker] === rack) count += 1;
    return count;
  }

  place(item: LayoutItem, broker: number): void {
    item.replicas.push(broker);
    this.#count(item, broker, 1);
  }

  take(item: LayoutItem, broker: number): void {
    item.replicas = item.replicas.filter((replica) => replica !== broker);
    this.#count(item, broker, -1);
  }

  /** Whether replicas of any partition may go from one broker's rack to another's. */
  isWay(from: number, to: number): boolean {
    const fromRack = this.rackOf[from]!;
    const toRack = this.rackOf[to]!;
    if (fromRack === toRack) return true;
    for (const bounds of this.#bounds.values()) {
      if (bounds[fromRack]!.least < bounds[fromRack]!.most && bounds[toRack]!.least < bounds[toRack]!.most)
        return true;
    }
    return false;
  }

  /** Whether a replica may go from one broker to another without a rack holding too many or too few. */
  canMove(item: LayoutItem, from: number, to: number): boolean {
    if (item.replicas.includes(to) || !item.replicas.includes(from)) return false;
    const fromRack = this.rackOf[from]!;
    const toRack = this.rackOf[to]!;
    if (fromRack === toRack) return true;
    const bounds = this.bounds(item.replicationFactor);
    return (
      this.inRack(item, fromRack) > bounds[fromRack]!.least &&
      this.inRack(item, toRack) < bounds[toRack]!.most
    );
  }

  move(item: LayoutItem, from: number, to: number): void {
    item.replicas = item.replicas.map((replica) => (replica === from ? to : replica));
    this.#count(item, from, -1);
    this.#count(item, to, 1);
  }

  #count(item: LayoutItem, broker: number, change: number): void {
    this.total[broker]! += change;
    this.ofTopic(item.topic)[broker]! += change;
  }
}

/** Consecutive items of one topic. */
export function byTopic(items: readonly LayoutItem[]): LayoutItem[][] {
  const groups: LayoutItem[][] = [];
  for (const item of items) {
    const last = groups[groups.length - 1];
    if (last?.[0]?.topic === item.topic) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
