/**
 * A file that grows at its end. It appears in its store with the first append; until then it costs nothing.
 * All calls are synchronous: appends land in the operating system's page cache in microseconds, and a log that has
 * no write under way needs no locks between append, read, truncate and delete.
 */
export interface StoredFile {
  readonly size: number;
  append(bytes: Buffer): void;
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
  removeDirectory(directory: string): void;
  /** Closes every file that is still open. */
  close(): void;
}
