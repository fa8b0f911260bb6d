import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Store } from './store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kafdeck-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('remembers settings over a restart', () => {
  const path = join(folder, 'deep', 'state.sqlite');
  const store = new Store(path);
  expect(store.setting('sample-data')).toBeNull();
  store.setSetting('sample-data', { enabled: true });
  store.setSetting('sample-data', { enabled: false });
  store.close();
  const again = new Store(path);
  expect(again.setting('sample-data')).toEqual({ enabled: false });
  again.close();
});

it('remembers which serde was chosen for a topic, and forgets it', () => {
  const store = new Store(join(folder, 'state.sqlite'));
  expect(store.topicSerde('c', 'orders', 'key')).toBeNull();
  store.setTopicSerde('c', 'orders', 'key', 'long');
  store.setTopicSerde('c', 'orders', 'key', 'uuid');
  store.setTopicSerde('c', 'orders', 'value', 'avro');
  expect([store.topicSerde('c', 'orders', 'key'), store.topicSerde('d', 'orders', 'key')]).toEqual([
    'uuid',
    null,
  ]);
  store.setTopicSerde('c', 'orders', 'key', null);
  expect([store.topicSerde('c', 'orders', 'key'), store.topicSerde('c', 'orders', 'value')]).toEqual([
    null,
    'avro',
  ]);
  store.close();
});

it('leaves a file of a newer version alone', () => {
  const path = join(folder, 'state.sqlite');
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 999');
  newer.close();
  expect(() => new Store(path).setting('x')).toThrow(/newer version/);
});
