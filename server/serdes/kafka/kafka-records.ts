import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { decode } from '../../protocol/codec.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import type { Message } from '../../protocol/schema.ts';
import { Structured } from '../decoded.ts';
import type { ReadObject } from '../plain.ts';
import { type Serde, SerdeError } from '../serde.ts';
import {
  consumerOffsetsKinds,
  type RecordKind,
  type RecordKinds,
  shareGroupStateKinds,
  transactionStateKinds,
} from './record-kinds.ts';
import { inWords } from './record-words.ts';

const VERSION_BYTES = 2;

export const kafkaRecordSerdes: readonly Serde[] = [
  recordSerde('consumer-offsets', consumerOffsetsKinds),
  recordSerde('transaction-state', transactionStateKinds),
  recordSerde('share-group-state', shareGroupStateKinds),
];

/**
 * Records that Kafka's coordinators keep. A key begins with the number of its kind, a value with a version; of what kind
 * a value is, its key alone says. Fields are named as in Kafka's message definitions.
 */
function recordSerde(
  name: 'consumer-offsets' | 'transaction-state' | 'share-group-state',
  kinds: RecordKinds,
): Serde {
  return {
    name,
    isSearchableInBytes: false,
    needsRecord: true,
    decode: (bytes, around) => {
      const isValue = around?.part === 'value';
      const kind = kindOf(kinds, isValue ? around.key : bytes);
      const message = isValue ? kind.value : kind.key;
      const version = isValue ? versionOf(kind, bytes) : 0;
      const schema = { id: null, type: 'Kafka', name: `${message.name} ${version}` };
      return new Structured(name, schema, () => ({ type: kind.name, ...fieldsOf(message, version, bytes) }));
    },
    encode: () => Promise.reject(new SerdeError(say('kafkaRecords.readOnly'))),
  };
}

function kindOf(kinds: RecordKinds, key: Buffer | null): RecordKind {
  if (key === null || key.length < VERSION_BYTES) throw new SerdeError(say('kafkaRecords.noKey'));
  const number = key.readInt16BE(0);
  const kind = kinds.get(number);
  if (!kind) throw new SerdeError(say('kafkaRecords.unknownKind', { number }));
  return kind;
}

function versionOf({ value }: RecordKind, bytes: Buffer): number {
  if (bytes.length < VERSION_BYTES) throw new SerdeError(say('serde.ends'));
  const version = bytes.readInt16BE(0);
  if (version < value.minVersion || version > value.maxVersion) {
    throw new SerdeError(say('kafkaRecords.unknownVersion', { version, known: value.maxVersion }));
  }
  return version;
}

function fieldsOf(message: Message<unknown>, version: number, bytes: Buffer): ReadObject {
  try {
    return inWords(message.name, decode(message, version, bytes, VERSION_BYTES) as object);
  } catch (error) {
    if (error instanceof ProtocolError)
      throw new SerdeError(say('kafkaRecords.malformed', { reason: error.message }));
    throw error;
  }
}
