/**
 * A file that grows at its end. It appears in its store with the first append; until then it costs nothing.
 * All calls are synchronous: appends land in the operating system's page cache in microseconds, and a log that has
 * no write under way needs no locks between append, read, truncate and delete.
 */
export interface StoredFile {
  readonly size: number;
  /** All or nothing: when it throws, the file is as it was. */
  append(bytes: Buffer): void;
  /** Makes it appear, empty, if it is not there. */
  create(): void;
  /** Bytes from `position` on; fewer than `length` at the file's end. The buffer is the caller's. */
  read(position: number, length: number): Buffer;
  truncate(size: number): void;
  /** Forces what was written to the device before it returns. */
  sync(): void;
  /** The same without making anybody wait: a large file takes seconds. */
  syncLater(): Promise<void>;
  close(): void;
  /** Milliseconds since the epoch; `now` for a file that is not there. */
  modifiedAt(now: number): number;
}

/** Where one broker keeps its replicas: a folder on disk, or memory. Paths are relative, with `/`. */
export interface FileStore {
  /** Absolute path, or `memory`. */
  readonly root: string;
  open(path: string): StoredFile;
  /** Names of the folders directly under the root. */
  directories(): string[];
  /** Names of the files in a folder; none when it is missing. */
  files(directory: string): string[];
  readText(path: string): string | null;
  readBytes(path: string): Buffer | null;
  /** All or nothing: a reader finds the old content or the new. */
  replace(path: string, content: string | Buffer): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Takes a file out of the way at once; its space comes back `delayMs` later, without making anybody wait. */
  discard(path: string, delayMs: number): void;
  /** The same for a folder with all its files, none of which may be open. */
  discardDirectory(directory: string, delayMs: number): void;
  /** Removes a folder that nobody will use any more, without making anybody wait. */
  removeDirectory(directory: string): void;
  /** Bytes of a file; 0 when it is missing. */
  sizeOf(path: string): number;
  /** Closes every file that is still open. */
  close(): void;
}
