import type { FileStore, StoredFile } from './file-store.ts';

/** A broker's files in memory. It outlives the broker's stops and starts, as a disk would. */
export class MemoryFiles implements FileStore {
  readonly root = 'memory';
  readonly #files = new Map<string, MemoryFile>();

  open(path: string): StoredFile {
    return this.#files.get(path) ?? new MemoryFile((file) => this.#files.set(path, file));
  }

  directories(): string[] {
    const names = new Set<string>();
    for (const path of this.#files.keys()) {
      const slash = path.indexOf('/');
      if (slash > 0) names.add(path.slice(0, slash));
    }
    return [...names];
  }

  files(directory: string): string[] {
    const prefix = `${directory}/`;
    return [...this.#files.keys()]
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length));
  }

  readText(path: string): string | null {
    return this.readBytes(path)?.toString('utf8') ?? null;
  }

  readBytes(path: string): Buffer | null {
    const file = this.#files.get(path);
    return file === undefined ? null : file.read(0, file.size);
  }

  replace(path: string, content: string | Buffer): void {
    const file = new MemoryFile(() => {});
    file.append(Buffer.from(content));
    this.#files.set(path, file);
  }

  rename(from: string, to: string): void {
    const file = this.#files.get(from);
    if (file === undefined) return;
    this.#files.delete(from);
    this.#files.set(to, file);
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  /** There is nothing to wait for: whoever still reads holds the bytes. */
  discard(path: string): void {
    this.remove(path);
  }

  discardDirectory(directory: string): void {
    for (const name of this.files(directory)) this.#files.delete(`${directory}/${name}`);
  }

  removeDirectory(directory: string): void {
    this.discardDirectory(directory);
  }

  sizeOf(path: string): number {
    return this.#files.get(path)?.size ?? 0;
  }

  close(): void {}
}

class MemoryFile implements StoredFile {
  size = 0;
  readonly #onCreated: (file: MemoryFile) => void;
  #bytes = Buffer.alloc(0);
  #created = false;
  #modifiedAt = 0;

  constructor(onCreated: (file: MemoryFile) => void) {
    this.#onCreated = onCreated;
  }

  create(): void {
    if (this.#created) return;
    this.#created = true;
    this.#onCreated(this);
  }

  append(bytes: Buffer): void {
    this.create();
    const size = this.size + bytes.length;
    if (size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(size, this.#bytes.length * 2, 256));
      this.#bytes.copy(larger, 0, 0, this.size);
      this.#bytes = larger;
    }
    bytes.copy(this.#bytes, this.size);
    this.size = size;
    this.#modifiedAt = Date.now();
  }

  read(position: number, length: number): Buffer {
    return Buffer.from(this.#bytes.subarray(position, Math.min(this.size, position + length)));
  }

  truncate(size: number): void {
    this.size = Math.min(this.size, size);
  }

  sync(): void {}

  async syncLater(): Promise<void> {}

  close(): void {}

  modifiedAt(now: number): number {
    return this.#created ? this.#modifiedAt : now;
  }
}
