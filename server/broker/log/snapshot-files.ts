import type { FileStore } from './file-store.ts';
import type { ProducerState } from './producer-state.ts';
import { baseOffsetIn, segmentFile } from './segment-files.ts';

/**
 * The `.snapshot` files of a log: what was known of its producers when a segment began and when the log was closed. With
 * them a start or a truncation reads at most one segment to know the producers again.
 */
export class SnapshotFiles {
  readonly #store: FileStore;
  readonly #directory: string;

  constructor(store: FileStore, directory: string) {
    this.#store = store;
    this.#directory = directory;
  }

  /** Loads the newest sound snapshot that is not beyond `upTo`. Returns its offset, null when there is none. */
  loadInto(producers: ProducerState, upTo: number): number | null {
    for (const offset of this.#offsets().reverse()) {
      if (offset > upTo) continue;
      const snapshot = this.#store.readBytes(this.#pathOf(offset));
      if (snapshot !== null && producers.loadSnapshot(snapshot)) return offset;
    }
    return null;
  }

  /** Writes what is known at `offset`. */
  write(producers: ProducerState, offset: number): void {
    this.#store.replace(this.#pathOf(offset), producers.toSnapshot());
  }

  remove(offset: number): void {
    this.#store.remove(this.#pathOf(offset));
  }

  /** Removes those that `isWanted` refuses. */
  keep(isWanted: (offset: number) => boolean): void {
    for (const offset of this.#offsets()) if (!isWanted(offset)) this.remove(offset);
  }

  /** Ascending. */
  #offsets(): number[] {
    return this.#store
      .files(this.#directory)
      .filter((name) => name.endsWith('.snapshot'))
      .map(baseOffsetIn)
      .sort((a, b) => a - b);
  }

  #pathOf(offset: number): string {
    return `${this.#directory}/${segmentFile(offset, 'snapshot')}`;
  }
}
