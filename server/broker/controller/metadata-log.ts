import type { FileStore, StoredFile } from '../log/file-store.ts';
import type { MetadataRecord } from './metadata-records.ts';

const LOG = 'log.jsonl';
const SNAPSHOT = 'snapshot.jsonl';
/** A log longer than this, and longer than its snapshot, is folded into a new snapshot. */
const FOLD_BYTES = 4 * 1024 * 1024;
const LINE_FEED = 0x0a;

interface Entry {
  /** Offset of the last record in it. */
  readonly offset: number;
  readonly records: readonly MetadataRecord[];
}

/**
 * The metadata on disk: a snapshot and the changes since, one JSON line for each change as a whole, so that a torn last
 * line takes back one change and never half of one.
 */
export class MetadataLog {
  readonly #store: FileStore;
  #log: StoredFile;
  #snapshotBytes = 0;
  #endOffset = 0;
  #unsynced = false;

  constructor(store: FileStore) {
    this.#store = store;
    this.#log = store.open(LOG);
  }

  /** Offset after the last record. */
  get endOffset(): number {
    return this.#endOffset;
  }

  /** Every change in order, the snapshot as the first. Cuts off what a crash left unfinished. */
  *replay(): Generator<readonly MetadataRecord[]> {
    const snapshot = this.#store.readBytes(SNAPSHOT);
    this.#snapshotBytes = snapshot?.length ?? 0;
    for (const line of wholeLines(snapshot ?? Buffer.alloc(0)).lines) {
      const entry: Entry = JSON.parse(line);
      this.#endOffset = entry.offset + 1;
      yield entry.records;
    }
    const { lines, end } = wholeLines(this.#log.read(0, this.#log.size));
    this.#log.truncate(end);
    for (const line of lines) {
      const entry: Entry = JSON.parse(line);
      // A crash between writing a snapshot and emptying the log leaves changes that are in both.
      if (entry.offset < this.#endOffset) continue;
      this.#endOffset = entry.offset + 1;
      yield entry.records;
    }
  }

  append(records: readonly MetadataRecord[]): void {
    const entry: Entry = { offset: this.#endOffset + records.length - 1, records };
    this.#log.append(Buffer.from(`${JSON.stringify(entry)}\n`));
    this.#endOffset += records.length;
    this.#unsynced = true;
  }

  get wantsSnapshot(): boolean {
    return this.#log.size > FOLD_BYTES && this.#log.size > this.#snapshotBytes;
  }

  /** Replaces everything before by these records. */
  writeSnapshot(records: Iterable<MetadataRecord>): void {
    const offset = this.#endOffset - 1;
    const lines = chunks(records, 1000).map((chunk) => `${JSON.stringify({ offset, records: chunk })}\n`);
    const content = Buffer.from(lines.join(''));
    this.#store.replace(SNAPSHOT, content);
    this.#snapshotBytes = content.length;
    this.#log.truncate(0);
  }

  /** Forces what was appended to the device, in the background. */
  async sync(): Promise<void> {
    if (!this.#unsynced) return;
    this.#unsynced = false;
    await this.#log.syncLater();
  }

  close(): void {
    this.#log.close();
  }
}

function wholeLines(bytes: Buffer): { readonly lines: string[]; readonly end: number } {
  const end = bytes.lastIndexOf(LINE_FEED) + 1;
  const text = bytes.toString('utf8', 0, end);
  return { lines: text === '' ? [] : text.slice(0, -1).split('\n'), end };
}

function chunks<T>(items: Iterable<T>, size: number): T[][] {
  const all = [...items];
  const result: T[][] = [];
  for (let at = 0; at < all.length; at += size) result.push(all.slice(at, at + size));
  return result;
}
