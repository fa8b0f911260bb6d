import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { HASH_END } from './content-hash.ts';
import { HashTable } from './hash-table.ts';

type Duplicates = MessageStatistics['duplicates'];

/** So many different contents are remembered: about 6 MB. */
const MOST_CONTENTS = 131_072;
const MOST_EXAMPLES = 10;

export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Plain data, so that threads can hand it over. The arrays go together: one entry for each content. */
export interface RepeatState {
  readonly limit: number;
  readonly hashes: Float64Array;
  readonly counts: Float64Array;
  readonly partitions: readonly Omit<Place, 'offset'>[];
  /** Indexes into `partitions`, with offsets: the first and the last place in the order of topics, partitions and offsets. */
  readonly firstPartitions: Int32Array;
  readonly firstOffsets: Float64Array;
  readonly lastPartitions: Int32Array;
  readonly lastOffsets: Float64Array;
}

/**
 * Messages that are the same as one before. Contents are told apart by hashes. When there are too many, only those whose hash
 * is below a limit are remembered, which is halved as often as it takes (Gibbons: "Distinct Sampling", VLDB 2001), and what is
 * counted stands for the others too. Which ones are remembered depends on nothing but the contents, so it does not matter
 * which thread has seen what.
 */
export class Repeats {
  readonly #most: number;
  #limit: number;
  #table = new HashTable();
  #entries = new Entries();
  readonly #partitions: Omit<Place, 'offset'>[] = [];
  readonly #numbers = new Map<string, Map<number, number>>();

  /** @param limit hashes from here on are not remembered */
  constructor({ limit = HASH_END, most = MOST_CONTENTS } = {}) {
    this.#limit = limit;
    this.#most = most;
  }

  /** Hashes from here on are not remembered any more. */
  get limit(): number {
    return this.#limit;
  }

  /** Forgets what lies beyond a limit that another has come to. */
  lower(limit: number): void {
    if (limit >= this.#limit) return;
    this.#limit = limit;
    this.#forget();
  }

  add(hash: number, place: Place): void {
    if (hash >= this.#limit) return;
    const partition = this.#numberOf(place);
    this.#put(hash, 1, partition, place.offset, partition, place.offset);
  }

  merge(other: RepeatState): void {
    this.lower(other.limit);
    const partitions = other.partitions.map((place) => this.#numberOf(place));
    for (let index = 0; index < other.hashes.length; index++) {
      const hash = other.hashes[index]!;
      if (hash >= this.#limit) continue;
      this.#put(
        hash,
        other.counts[index]!,
        partitions[other.firstPartitions[index]!]!,
        other.firstOffsets[index]!,
        partitions[other.lastPartitions[index]!]!,
        other.lastOffsets[index]!,
      );
    }
  }

  get state(): RepeatState {
    const { size, hashes } = this.#table;
    return {
      limit: this.#limit,
      hashes: hashes.slice(0, size),
      partitions: this.#partitions,
      ...this.#entries.upTo(size),
    };
  }

  tell(): Duplicates {
    const share = this.#limit / HASH_END;
    const { counts } = this.#entries;
    let [count, contents, squares] = [0, 0, 0];
    for (let number = 0; number < this.#table.size; number++) {
      const again = counts[number]! - 1;
      if (again === 0) continue;
      count += again;
      contents += 1;
      squares += again * again;
    }
    return {
      count: Math.round(count / share),
      contents: Math.round(contents / share),
      isExact: share === 1,
      standardError: Math.sqrt(squares * (1 - share)) / share,
      examples: this.#examples(),
    };
  }

  #put(
    hash: number,
    count: number,
    firstPartition: number,
    firstOffset: number,
    lastPartition: number,
    lastOffset: number,
  ): void {
    const number = this.#table.numberOf(hash);
    const entries = this.#entries;
    entries.makeRoom(this.#table.hashes.length);
    const isNew = entries.counts[number] === 0;
    entries.counts[number]! += count;
    if (
      isNew ||
      this.#isBefore(
        firstPartition,
        firstOffset,
        entries.firstPartitions[number]!,
        entries.firstOffsets[number]!,
      )
    ) {
      entries.firstPartitions[number] = firstPartition;
      entries.firstOffsets[number] = firstOffset;
    }
    if (
      isNew ||
      this.#isBefore(entries.lastPartitions[number]!, entries.lastOffsets[number]!, lastPartition, lastOffset)
    ) {
      entries.lastPartitions[number] = lastPartition;
      entries.lastOffsets[number] = lastOffset;
    }
    if (this.#table.size <= this.#most) return;
    this.#limit /= 2;
    this.#forget();
  }

  /** Forgets what is beyond the limit, and lowers that until there is room. */
  #forget(): void {
    const [{ size, hashes }, before] = [this.#table, this.#entries];
    const isKept = (number: number) => hashes[number]! < this.#limit;
    const kept = () => {
      let count = 0;
      for (let number = 0; number < size; number++) if (isKept(number)) count += 1;
      return count;
    };
    while (kept() > this.#most) this.#limit /= 2;
    this.#table = new HashTable();
    this.#entries = new Entries();
    for (let number = 0; number < size; number++) {
      if (!isKept(number)) continue;
      const place = this.#table.numberOf(hashes[number]!);
      this.#entries.makeRoom(this.#table.hashes.length);
      this.#entries.take(place, before, number);
    }
  }

  #numberOf({ topic, partition }: Omit<Place, 'offset'>): number {
    let ofTopic = this.#numbers.get(topic);
    if (!ofTopic) {
      ofTopic = new Map();
      this.#numbers.set(topic, ofTopic);
    }
    const known = ofTopic.get(partition);
    if (known !== undefined) return known;
    const number = this.#partitions.length;
    this.#partitions.push({ topic, partition });
    ofTopic.set(partition, number);
    return number;
  }

  #isBefore(partition: number, offset: number, otherPartition: number, otherOffset: number): boolean {
    if (partition === otherPartition) return offset < otherOffset;
    const [one, other] = [this.#partitions[partition]!, this.#partitions[otherPartition]!];
    if (one.topic !== other.topic) return one.topic < other.topic;
    return one.partition < other.partition;
  }

  /** Those that come most often. */
  #examples(): Duplicates['examples'] {
    const { size, hashes } = this.#table;
    const entries = this.#entries;
    const most: number[] = [];
    const isBefore = (one: number, other: number) =>
      entries.counts[one]! - entries.counts[other]! || hashes[other]! - hashes[one]!;
    for (let number = 0; number < size; number++) {
      if (entries.counts[number]! < 2) continue;
      if (most.length === MOST_EXAMPLES && isBefore(number, most.at(-1)!) <= 0) continue;
      most.push(number);
      most.sort((one, other) => isBefore(other, one));
      most.length = Math.min(most.length, MOST_EXAMPLES);
    }
    const placeOf = (partition: number, offset: number) => ({ ...this.#partitions[partition]!, offset });
    return most.map((number) => ({
      times: entries.counts[number]!,
      first: placeOf(entries.firstPartitions[number]!, entries.firstOffsets[number]!),
      last: placeOf(entries.lastPartitions[number]!, entries.lastOffsets[number]!),
    }));
  }
}

/** What is known of each content, by its number. */
class Entries {
  counts = new Float64Array(0);
  firstPartitions = new Int32Array(0);
  firstOffsets = new Float64Array(0);
  lastPartitions = new Int32Array(0);
  lastOffsets = new Float64Array(0);

  makeRoom(length: number): void {
    if (this.counts.length >= length) return;
    this.counts = longer(this.counts, new Float64Array(length));
    this.firstPartitions = longer(this.firstPartitions, new Int32Array(length));
    this.firstOffsets = longer(this.firstOffsets, new Float64Array(length));
    this.lastPartitions = longer(this.lastPartitions, new Int32Array(length));
    this.lastOffsets = longer(this.lastOffsets, new Float64Array(length));
  }

  take(number: number, from: Entries, at: number): void {
    this.counts[number] = from.counts[at]!;
    this.firstPartitions[number] = from.firstPartitions[at]!;
    this.firstOffsets[number] = from.firstOffsets[at]!;
    this.lastPartitions[number] = from.lastPartitions[at]!;
    this.lastOffsets[number] = from.lastOffsets[at]!;
  }

  upTo(size: number) {
    return {
      counts: this.counts.slice(0, size),
      firstPartitions: this.firstPartitions.slice(0, size),
      firstOffsets: this.firstOffsets.slice(0, size),
      lastPartitions: this.lastPartitions.slice(0, size),
      lastOffsets: this.lastOffsets.slice(0, size),
    };
  }
}

function longer<Numbers extends Float64Array | Int32Array>(before: Numbers, after: Numbers): Numbers {
  after.set(before);
  return after;
}
