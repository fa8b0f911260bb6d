import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Each runs once, in order; never change one that was released, add another. */
const MIGRATIONS = [
  'CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE topic_serde (
    cluster TEXT NOT NULL, topic TEXT NOT NULL, part TEXT NOT NULL, serde TEXT NOT NULL,
    PRIMARY KEY (cluster, topic, part)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE saved_search (
    id TEXT PRIMARY KEY, cluster TEXT NOT NULL, topic TEXT, name TEXT NOT NULL, query TEXT NOT NULL, saved_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
];

export interface StoredSearch {
  readonly id: string;
  readonly cluster: string;
  /** Null: of several topics. */
  readonly topic: string | null;
  readonly name: string;
  readonly query: string;
  /** ISO 8601. */
  readonly savedAt: string;
}

/** What the console remembers itself, in one SQLite file that is made when it is first needed. */
export class Store {
  readonly #path: string;
  #database: DatabaseSync | null = null;

  /** @param path of the file, or `:memory:` */
  constructor(path: string) {
    this.#path = path;
  }

  /** A remembered value, or null. */
  setting(key: string): unknown {
    const row = this.#open().prepare('SELECT value FROM setting WHERE key = ?').get(key);
    return row === undefined ? null : JSON.parse(String(row.value));
  }

  /** Remembers a value that JSON can write. */
  setSetting(key: string, value: unknown): void {
    this.#open()
      .prepare(
        'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      )
      .run(key, JSON.stringify(value));
  }

  /** The serde that was chosen for keys or values of a topic, or null. */
  topicSerde(cluster: string, topic: string, part: 'key' | 'value'): string | null {
    const row = this.#open()
      .prepare('SELECT serde FROM topic_serde WHERE cluster = ? AND topic = ? AND part = ?')
      .get(cluster, topic, part);
    return row === undefined ? null : String(row.serde);
  }

  /** Remembers the serde of keys or values of a topic; null forgets it. */
  setTopicSerde(cluster: string, topic: string, part: 'key' | 'value', serde: string | null): void {
    const database = this.#open();
    if (serde === null) {
      database
        .prepare('DELETE FROM topic_serde WHERE cluster = ? AND topic = ? AND part = ?')
        .run(cluster, topic, part);
      return;
    }
    database
      .prepare(
        'INSERT INTO topic_serde (cluster, topic, part, serde) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET serde = excluded.serde',
      )
      .run(cluster, topic, part, serde);
  }

  /** Searches that were given a name in a cluster, in the order of their names. */
  savedSearches(cluster: string): StoredSearch[] {
    const rows = this.#open()
      .prepare('SELECT * FROM saved_search WHERE cluster = ? ORDER BY name COLLATE NOCASE, name, topic')
      .all(cluster);
    return rows.map(({ id, topic, name, query, saved_at }) => ({
      id: String(id),
      cluster,
      topic: topic === null ? null : String(topic),
      name: String(name),
      query: String(query),
      savedAt: String(saved_at),
    }));
  }

  addSavedSearch({ id, cluster, topic, name, query, savedAt }: StoredSearch): void {
    this.#open()
      .prepare(
        'INSERT INTO saved_search (id, cluster, topic, name, query, saved_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(id, cluster, topic, name, query, savedAt);
  }

  /** Whether there was one to forget. */
  removeSavedSearch(cluster: string, id: string): boolean {
    const { changes } = this.#open()
      .prepare('DELETE FROM saved_search WHERE cluster = ? AND id = ?')
      .run(cluster, id);
    return changes > 0;
  }

  close(): void {
    this.#database?.close();
    this.#database = null;
  }

  #open(): DatabaseSync {
    if (this.#database) return this.#database;
    if (this.#path !== ':memory:') mkdirSync(dirname(this.#path), { recursive: true });
    const database = new DatabaseSync(this.#path, { timeout: 5000 });
    // Several consoles may share a data folder for a moment, e.g. while one is being restarted.
    database.exec('PRAGMA journal_mode = WAL');
    migrate(database);
    this.#database = database;
    return database;
  }
}

/** @throws Error when a newer Kafdeck has written the file */
function migrate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const done = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
    if (done > MIGRATIONS.length)
      throw new Error('The data folder was written by a newer version of Kafdeck');
    for (const migration of MIGRATIONS.slice(done)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
