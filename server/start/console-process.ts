import type { Settings } from '../config/settings.ts';
import type { EmbeddedCluster } from '../embedded/embedded-cluster.ts';

/** What the program has made before the bundle is loaded; the bundle finds it on globalThis (docs/decisions/0001). */
export interface ConsoleProcess {
  version: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  settings: Settings;
  /** Already starting; null: configured away. */
  embedded: EmbeddedCluster | null;
}

const KEY = Symbol.for('kafdeck.process');
const holder = globalThis as { [KEY]?: ConsoleProcess };

export function setConsoleProcess(made: ConsoleProcess): void {
  holder[KEY] = made;
}

/** Null while building, and in tests of single routes. */
export function consoleProcess(): ConsoleProcess | null {
  return holder[KEY] ?? null;
}
