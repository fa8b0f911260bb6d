import type { Cluster } from './cluster.ts';
import type { Settings } from './config/settings.ts';
import type { EmbeddedCluster } from './embedded/embedded-cluster.ts';
import type { SampleData } from './embedded/sample-data/sample-data.ts';
import type { AuditLog } from './http/audit.ts';
import type { Store } from './store/store.ts';

/** A cluster of the console, whether it can be used yet or not. */
export interface ClusterEntry {
  readonly id: string;
  readonly name: string;
  readonly kind: 'embedded' | 'external';
  /** Null while the embedded cluster has not started. */
  readonly cluster: Cluster | null;
  /** The cluster as soon as it can be used; throws a Failure `unavailable` that says why it cannot. */
  ready(): Promise<Cluster>;
}

/** Everything that lives as long as the console: made once (docs/decisions/0001), used by every route. */
export interface Registry {
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly settings: Settings;
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  /** Null: configured away. */
  readonly embedded: EmbeddedCluster | null;
  readonly sampleData: SampleData | null;
  readonly store: Store;
  readonly audit: AuditLog;
  /** Closes streams, connections and files. */
  close(): Promise<void>;
}

const KEY = Symbol.for('kafdeck.registry');
const holder = globalThis as { [KEY]?: Registry };

/** The one registry; null before it is made. */
export function registryIfMade(): Registry | null {
  return holder[KEY] ?? null;
}

/** The one registry. Throws when the console has not been started through `server/start/main.mjs`. */
export function registry(): Registry {
  const made = registryIfMade();
  if (!made) throw new Error('Kafdeck has to be started with npm start or npm run dev');
  return made;
}

/** Sets the one registry; null takes it away. */
export function setRegistry(made: Registry | null): void {
  if (made) holder[KEY] = made;
  else delete holder[KEY];
}
