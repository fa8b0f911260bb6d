import type { FileStore } from './file-store.ts';

export interface EpochEntry {
  readonly epoch: number;
  /** Offset of the first record written in that epoch. */
  readonly startOffset: number;
}

/**
 * Which leader epoch wrote which stretch of the log (KIP-101), kept in `leader-epoch-checkpoint`. It lets a follower
 * find where its log and the leader's part ways. An entry is made by the first record of an epoch.
 */
export class LeaderEpochs {
  readonly #store: FileStore;
  readonly #path: string;
  #entries: EpochEntry[];

  constructor(store: FileStore, directory: string) {
    this.#store = store;
    this.#path = `${directory}/leader-epoch-checkpoint`;
    this.#entries = parse(store.readText(this.#path));
  }

  get latest(): EpochEntry | undefined {
    return this.#entries.at(-1);
  }

  /** Notes an epoch's first offset. Entries that it contradicts (later epochs, later offsets) go. */
  assign(epoch: number, startOffset: number): void {
    const latest = this.latest;
    if (latest !== undefined && latest.epoch === epoch) return;
    const earlier = this.#entries.filter((entry) => entry.epoch < epoch && entry.startOffset < startOffset);
    this.#save([...earlier, { epoch, startOffset }]);
  }

  /** The epoch of the record before `offset`, -1 when unknown. */
  epochBefore(offset: number): number {
    return this.#entries.findLast((entry) => entry.startOffset < offset)?.epoch ?? -1;
  }

  /**
   * Where the log of `epoch` ends: the largest epoch known that is not later, and the offset after its last record.
   * Epoch -1 and offset -1 when nothing is known of it. A leader names its own epoch as `current`, which has no entry
   * until its first record.
   */
  endOf(
    epoch: number,
    logEndOffset: number,
    current?: EpochEntry,
  ): { readonly epoch: number; readonly endOffset: number } {
    if (epoch < 0) return { epoch: -1, endOffset: -1 };
    if (epoch === current?.epoch) return { epoch, endOffset: logEndOffset };
    const latest = this.latest;
    const unwritten = current !== undefined && current.epoch > (latest?.epoch ?? -1) ? current : undefined;
    if (epoch === latest?.epoch) return { epoch, endOffset: unwritten?.startOffset ?? logEndOffset };
    const next = this.#entries.find((entry) => entry.epoch > epoch) ?? unwritten;
    if (next === undefined || next.epoch < epoch) return { epoch: -1, endOffset: -1 };
    const floor = this.#entries.findLast((entry) => entry.epoch <= epoch);
    // Records older than the first entry were deleted; they end where it starts.
    return { epoch: floor?.epoch ?? epoch, endOffset: next.startOffset };
  }

  /** Forgets epochs that start at or after the log's new end. */
  truncateFromEnd(endOffset: number): void {
    if ((this.latest?.startOffset ?? -1) < endOffset) return;
    this.#save(this.#entries.filter((entry) => entry.startOffset < endOffset));
  }

  /** Forgets epochs that end at or before the log's new start. */
  truncateFromStart(startOffset: number): void {
    const kept = this.#entries.findLastIndex((entry) => entry.startOffset <= startOffset);
    if (kept < 0 || (kept === 0 && this.#entries[0]!.startOffset === startOffset)) return;
    const first = this.#entries[kept]!;
    this.#save([{ epoch: first.epoch, startOffset }, ...this.#entries.slice(kept + 1)]);
  }

  clear(): void {
    if (this.#entries.length > 0) this.#save([]);
  }

  /** First in the file: what could not be written there is not so. */
  #save(entries: EpochEntry[]): void {
    const lines = entries.map((entry) => `${entry.epoch} ${entry.startOffset}`);
    this.#store.replace(this.#path, `${['0', String(lines.length), ...lines].join('\n')}\n`);
    this.#entries = entries;
  }
}

/** Kafka's checkpoint form: version, count, then one `epoch offset` a line. A file that cannot be read counts as none. */
function parse(text: string | null): EpochEntry[] {
  if (text === null) return [];
  const [version, count, ...lines] = text.trimEnd().split('\n');
  if (version !== '0' || Number(count) !== lines.length) return [];
  return lines.map((line) => {
    const [epoch, startOffset] = line.split(' ').map(Number);
    return { epoch: epoch ?? -1, startOffset: startOffset ?? -1 };
  });
}
