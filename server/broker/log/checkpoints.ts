import type { FileStore } from './file-store.ts';

const VERSION = '0';
const CLEAN_MARKER = '.kafka_cleanshutdown';

/** Kafka's checkpoint files in a log dir, and one of our own: where logs ended, so that they need not be opened at start. */
export type Checkpoint =
  | 'replication-offset-checkpoint'
  | 'recovery-point-offset-checkpoint'
  | 'log-start-offset-checkpoint'
  | 'cleaner-offset-checkpoint'
  | 'log-end-offset-checkpoint';

/** Offsets by `topic-partition`. A file that is missing or damaged counts as empty. */
export function readCheckpoint(store: FileStore, name: Checkpoint): Map<string, number> {
  const offsets = new Map<string, number>();
  const [version, count, ...lines] = (store.readText(name) ?? '').trimEnd().split('\n');
  if (version !== VERSION || Number(count) !== lines.length) return offsets;
  for (const line of lines) {
    const [topic, partition, offset] = line.split(' ');
    offsets.set(`${topic}-${partition}`, Number(offset));
  }
  return offsets;
}

export interface CheckpointEntry {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Writes checkpoints, and only those that changed since it last did. */
export class CheckpointWriter {
  readonly #store: FileStore;
  readonly #written = new Map<Checkpoint, string>();

  constructor(store: FileStore) {
    this.#store = store;
  }

  write(name: Checkpoint, entries: readonly CheckpointEntry[]): void {
    const lines = entries.map(({ topic, partition, offset }) => `${topic} ${partition} ${offset}`);
    const text = `${[VERSION, String(lines.length), ...lines].join('\n')}\n`;
    if (this.#written.get(name) === text) return;
    this.#store.replace(name, text);
    this.#written.set(name, text);
  }
}

/** Whether the log dir was left by a clean shutdown. */
export function wasCleanlyShutDown(store: FileStore): boolean {
  return store.readText(CLEAN_MARKER) !== null;
}

export function markCleanShutdown(store: FileStore): void {
  store.replace(CLEAN_MARKER, '{"version":0}');
}

/** From here on a crash is to be noticed. */
export function clearCleanShutdown(store: FileStore): void {
  store.remove(CLEAN_MARKER);
}

/** The topic id that a replica's folder was made for, null when it does not say. */
export function topicIdOf(store: FileStore, directory: string): string | null {
  return /^topic_id: (\S+)$/m.exec(store.readText(`${directory}/partition.metadata`) ?? '')?.[1] ?? null;
}
