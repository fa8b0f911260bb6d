import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { decode } from '../../protocol/codec.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { defineMessage, type Field, type Message } from '../../protocol/schema.ts';
import { Structured } from '../decoded.ts';
import type { ReadObject } from '../plain.ts';
import { type Serde, SerdeError } from '../serde.ts';
import { inWords } from './record-words.ts';

/**
 * What MirrorMaker 2 writes, in the formats of org.apache.kafka.connect.mirror's Heartbeat, Checkpoint and OffsetSync: those
 * of the first two have a version of 16 bits in front of their values.
 */
export const mirrorMakerSerdes: readonly Serde[] = [
  mirrorSerde('mm2-heartbeat', {
    key: format('HeartbeatKey', [
      ['sourceClusterAlias', 'string', '0'],
      ['targetClusterAlias', 'string', '0'],
    ]),
    value: format('Heartbeat', [['timestamp', 'int64', '0']]),
    isVersioned: true,
  }),
  mirrorSerde('mm2-checkpoint', {
    key: format('CheckpointKey', [
      ['group', 'string', '0'],
      ['topic', 'string', '0'],
      ['partition', 'int32', '0'],
    ]),
    value: format('Checkpoint', [
      ['upstreamOffset', 'int64', '0'],
      ['offset', 'int64', '0'],
      ['metadata', 'string', '0'],
    ]),
    isVersioned: true,
  }),
  mirrorSerde('mm2-offset-sync', {
    key: format('OffsetSyncKey', [
      ['topic', 'string', '0'],
      ['partition', 'int32', '0'],
    ]),
    value: format('OffsetSync', [
      ['upstreamOffset', 'int64', '0'],
      ['offset', 'int64', '0'],
    ]),
    isVersioned: false,
  }),
];

interface MirrorFormat {
  key: Message<unknown>;
  value: Message<unknown>;
  isVersioned: boolean;
}

const VERSION_BYTES = 2;

function format(name: string, fields: Field[]): Message<unknown> {
  return defineMessage(name, '0', 'none', fields);
}

function mirrorSerde(
  name: 'mm2-heartbeat' | 'mm2-checkpoint' | 'mm2-offset-sync',
  { key, value, isVersioned }: MirrorFormat,
): Serde {
  return {
    name,
    isSearchableInBytes: false,
    needsRecord: true,
    decode: (bytes, around) => {
      const isValue = around?.part === 'value';
      const message = isValue ? value : key;
      const schema = { id: null, type: 'MirrorMaker', name: value.name };
      return new Structured(name, schema, () => fieldsOf(message, bytes, isValue && isVersioned));
    },
    encode: () => Promise.reject(new SerdeError(say('kafkaRecords.readOnly'))),
  };
}

function fieldsOf(message: Message<unknown>, bytes: Buffer, isVersioned: boolean): ReadObject {
  const version = isVersioned && bytes.length >= VERSION_BYTES ? bytes.readInt16BE(0) : 0;
  if (version !== 0) throw new SerdeError(say('kafkaRecords.unknownVersion', { version, known: 0 }));
  try {
    return inWords(message.name, decode(message, 0, bytes, isVersioned ? VERSION_BYTES : 0) as object);
  } catch (error) {
    if (error instanceof ProtocolError)
      throw new SerdeError(say('kafkaRecords.malformed', { reason: error.message }));
    throw error;
  }
}
