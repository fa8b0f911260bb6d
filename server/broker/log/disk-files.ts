import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DelayedWork } from './delayed-work.ts';
import type { FileStore, StoredFile } from './file-store.ts';

/** Open at most at once; a cluster of 30,000 partitions has far more files than a process may open. */
const MAX_OPEN_FILES = 400;
/** What file systems allow a name to be. */
const MAX_NAME_LENGTH = 255;
/** How the name of a replica's folder ends that is to be removed, as Kafka names it. */
export const DELETED_DIRECTORY = '-delete';

/** A folder on disk. Files are opened when they are used and closed again, least recently used first. */
export class DiskFiles implements FileStore {
  readonly root: string;
  readonly #open = new Set<DiskFile>();
  readonly #removals = new DelayedWork();
  #uses = 0;

  constructor(root: string) {
    this.root = root;
    mkdirSync(root, { recursive: true });
  }

  open(path: string): StoredFile {
    return new DiskFile(this, join(this.root, path));
  }

  directories(): string[] {
    return readdirSync(this.root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  }

  files(directory: string): string[] {
    return absentIfMissing(() => readdirSync(join(this.root, directory))) ?? [];
  }

  readText(path: string): string | null {
    return absentIfMissing(() => readFileSync(join(this.root, path), 'utf8'));
  }

  readBytes(path: string): Buffer | null {
    return absentIfMissing(() => readFileSync(join(this.root, path)));
  }

  replace(path: string, content: string | Buffer): void {
    const target = join(this.root, path);
    const draft = `${target}.tmp`;
    try {
      withDirectory(target, () => writeFileSync(draft, content));
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }

  rename(from: string, to: string): void {
    renameSync(join(this.root, from), join(this.root, to));
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { force: true });
  }

  /** What is left of these when the process ends is removed by the next start. */
  discard(path: string, delayMs: number): void {
    const target = `${join(this.root, path)}.deleted`;
    absentIfMissing(() => {
      renameSync(join(this.root, path), target);
      this.#removeLater(target, delayMs);
    });
  }

  discardDirectory(directory: string, delayMs: number): void {
    const suffix = `.${randomUUID().replaceAll('-', '')}${DELETED_DIRECTORY}`;
    const target = join(this.root, directory.slice(0, MAX_NAME_LENGTH - suffix.length) + suffix);
    absentIfMissing(() => {
      renameSync(join(this.root, directory), target);
      this.#removeLater(target, delayMs);
    });
  }

  removeDirectory(directory: string): void {
    this.#removeLater(join(this.root, directory), 0);
  }

  sizeOf(path: string): number {
    return absentIfMissing(() => statSync(join(this.root, path)).size) ?? 0;
  }

  close(): void {
    // At once: nobody waits for a broker that stops, and logs that are not opened again would keep them.
    for (const remove of this.#removals.cancel()) remove();
    for (const file of [...this.#open]) file.close();
  }

  /** For DiskFile: notes that it holds a descriptor, and closes others when there are too many. */
  opened(file: DiskFile): void {
    this.#open.add(file);
    if (this.#open.size <= MAX_OPEN_FILES) return;
    const byUse = [...this.#open].sort((a, b) => a.lastUse - b.lastUse);
    for (const old of byUse.slice(0, MAX_OPEN_FILES / 4)) if (old !== file) old.close();
  }

  /** For DiskFile. */
  closed(file: DiskFile): void {
    this.#open.delete(file);
  }

  /** For DiskFile: a clock for the order of use. */
  nextUse(): number {
    return ++this.#uses;
  }

  #removeLater(target: string, delayMs: number): void {
    // Whatever cannot be removed now is tried again by the next start.
    this.#removals.after(delayMs, () => rm(target, { recursive: true, force: true }).catch(() => {}));
  }
}

class DiskFile implements StoredFile {
  lastUse = 0;
  readonly #store: DiskFiles;
  readonly #path: string;
  #descriptor = -1;
  #size = -1;

  constructor(store: DiskFiles, path: string) {
    this.#store = store;
    this.#path = path;
  }

  get size(): number {
    if (this.#size < 0) this.#size = absentIfMissing(() => statSync(this.#path).size) ?? 0;
    return this.#size;
  }

  append(bytes: Buffer): void {
    const position = this.size;
    const descriptor = this.#use();
    let written = 0;
    try {
      while (written < bytes.length) {
        written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
      }
    } catch (error) {
      // A full disk takes a part: that is no batch, and the next start would find it.
      if (written > 0) ftruncateSync(descriptor, position);
      throw error;
    }
    this.#size = position + written;
  }

  create(): void {
    if (this.#descriptor >= 0) return;
    closeSync(withDirectory(this.#path, () => openSync(this.#path, 'a')));
  }

  read(position: number, length: number): Buffer {
    const wanted = Math.min(length, this.size - position);
    if (wanted <= 0) return Buffer.alloc(0);
    const descriptor = this.#use();
    const bytes = Buffer.allocUnsafe(wanted);
    let read = 0;
    while (read < wanted) {
      const count = readSync(descriptor, bytes, read, wanted - read, position + read);
      if (count === 0) break;
      read += count;
    }
    return read === wanted ? bytes : bytes.subarray(0, read);
  }

  truncate(size: number): void {
    if (size >= this.size) return;
    ftruncateSync(this.#use(), size);
    this.#size = size;
  }

  sync(): void {
    if (this.size > 0) fdatasyncSync(this.#use());
  }

  async syncLater(): Promise<void> {
    // Its own descriptor: this file's may be closed and its number given to another before the device is done.
    const handle = await open(this.#path, 'r').catch(() => null);
    await handle?.datasync().finally(() => handle.close());
  }

  close(): void {
    if (this.#descriptor < 0) return;
    closeSync(this.#descriptor);
    this.#descriptor = -1;
    this.#store.closed(this);
  }

  modifiedAt(now: number): number {
    return absentIfMissing(() => statSync(this.#path).mtimeMs) ?? now;
  }

  #use(): number {
    this.lastUse = this.#store.nextUse();
    if (this.#descriptor < 0) {
      this.#descriptor = withDirectory(this.#path, () => openForAppend(this.#path));
      this.#size = fstatSync(this.#descriptor).size;
      this.#store.opened(this);
    }
    return this.#descriptor;
  }
}

/** Node has no flag for "create, read and write, keep what is there" but the numeric one. */
function openForAppend(path: string): number {
  return absentIfMissing(() => openSync(path, 'r+')) ?? openSync(path, 'w+');
}

/** Runs `make` and, when the folder is missing, once more with the folder made. */
function withDirectory<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!isMissing(error)) throw error;
    mkdirSync(dirname(path), { recursive: true });
    return make();
  }
}

function absentIfMissing<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
