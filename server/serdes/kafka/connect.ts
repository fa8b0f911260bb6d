import type { SerdeName } from '../../../lib/contract/serdes.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { Structured, utf8 } from '../decoded.ts';
import { Json, jsonSerde } from '../json.ts';
import type { ReadObject } from '../plain.ts';
import { readJson } from '../read-json.ts';
import { type Serde, SerdeError } from '../serde.ts';
import { textSerde } from '../text.ts';

/** What a key says, as Connect's stores write it. */
type KeyReader = (text: string) => ReadObject | null;

/**
 * What Kafka Connect keeps in its topics: JSON as values (KafkaConfigBackingStore, KafkaOffsetBackingStore and
 * KafkaStatusBackingStore), and keys that say what it is about.
 */
export const connectSerdes: readonly Serde[] = [
  connectSerde('connect-config', configKey),
  connectSerde('connect-offset', offsetKey),
  connectSerde('connect-status', statusKey),
];

function configKey(text: string): ReadObject | null {
  if (text === 'session-key') return { type: 'session key' };
  const logger = /^logger-cluster-(.+)$/.exec(text);
  if (logger) return { type: 'logger', logger: logger[1]! };
  const task = /^task-(.+)-(\d{1,9})$/.exec(text);
  if (task) return { type: 'task', connector: task[1]!, task: Number(task[2]) };
  const [, what, connector] = /^(connector|target-state|commit|restart-connector)-(.+)$/.exec(text) ?? [];
  return what === undefined ? null : { type: what.replaceAll('-', ' '), connector: connector! };
}

function offsetKey(text: string): ReadObject | null {
  const key = readJson(text);
  return Array.isArray(key) && key.length === 2 ? { connector: key[0], partition: key[1] } : null;
}

function statusKey(text: string): ReadObject | null {
  const topic = /^status-topic-(.+):connector-(.+)$/.exec(text);
  if (topic) return { type: 'topic', topic: topic[1]!, connector: topic[2]! };
  const task = /^status-task-(.+)-(\d{1,9})$/.exec(text);
  if (task) return { type: 'task', connector: task[1]!, task: Number(task[2]) };
  const connector = /^status-connector-(.+)$/.exec(text);
  return connector ? { type: 'connector', connector: connector[1]! } : null;
}

function connectSerde(name: SerdeName, readKey: KeyReader): Serde {
  return {
    name,
    isSearchableInBytes: false,
    needsRecord: true,
    decode: (bytes, around) => {
      if (around?.part === 'value') return new Json(name, null, bytes);
      return new Structured(name, null, () => {
        const read = readKey(utf8(bytes));
        if (!read) throw new SerdeError(say('kafkaRecords.notConnect'));
        return read;
      });
    },
    encode: (text, target) => (target.part === 'key' ? textSerde : jsonSerde).encode(text, target),
  };
}
