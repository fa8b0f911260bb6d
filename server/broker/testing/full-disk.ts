import type { FileStore, StoredFile } from '../log/file-store.ts';
import { MemoryFiles } from '../log/memory-files.ts';

/** Files in memory on a disk that can be filled: from then on nothing can be written, as on a real one. */
export class FullableFiles extends MemoryFiles implements FileStore {
  isFull = false;

  override open(path: string): StoredFile {
    const file = super.open(path);
    const refuse = () => this.#refuseIfFull();
    return {
      get size() {
        return file.size;
      },
      append(bytes) {
        refuse();
        file.append(bytes);
      },
      create() {
        refuse();
        file.create();
      },
      read: (position, length) => file.read(position, length),
      truncate: (size) => file.truncate(size),
      sync: () => file.sync(),
      syncLater: () => file.syncLater(),
      close: () => file.close(),
      modifiedAt: (now) => file.modifiedAt(now),
    };
  }

  override replace(path: string, content: string | Buffer): void {
    this.#refuseIfFull();
    super.replace(path, content);
  }

  #refuseIfFull(): void {
    if (this.isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  }
}
