import { say } from '../../lib/i18n/sentences/sentence.ts';
import { Known } from './decoded.ts';
import { type Serde, SerdeError } from './serde.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX = /^(?:[0-9a-f]{2})*$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** A UUID in its 16 bytes; also read as text, which is what Kafka's UUIDSerializer writes. */
export const uuidSerde: Serde = {
  name: 'uuid',
  isSearchableInBytes: false,
  needsRecord: false,
  decode: (bytes) => {
    const text = bytes.length === 36 ? bytes.toString('latin1') : bytes.length === 16 ? uuidText(bytes) : '';
    if (!UUID.test(text)) throw new SerdeError(say('serde.notUuid'));
    return new Known('uuid', 'text', text, text);
  },
  encode: async (text) => {
    if (!UUID.test(text.trim())) throw new SerdeError(say('serde.notUuidText'));
    return Buffer.from(text.trim().replaceAll('-', ''), 'hex');
  },
};

/** 16 bytes as a UUID is written. */
export function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const hexSerde: Serde = {
  name: 'hex',
  isSearchableInBytes: false,
  needsRecord: false,
  decode: (bytes) => {
    const text = bytes.toString('hex');
    return new Known('hex', 'text', text, text);
  },
  encode: async (text) => {
    const digits = text.replaceAll(/\s/g, '');
    if (!HEX.test(digits)) throw new SerdeError(say('serde.notHex'));
    return Buffer.from(digits, 'hex');
  },
};

export const base64Serde: Serde = {
  name: 'base64',
  isSearchableInBytes: false,
  needsRecord: false,
  decode: (bytes) => {
    const text = bytes.toString('base64');
    return new Known('base64', 'text', text, text);
  },
  encode: async (text) => {
    const digits = text.replaceAll(/\s/g, '');
    if (!BASE64.test(digits)) throw new SerdeError(say('produce.notBase64'));
    return Buffer.from(digits, 'base64');
  },
};
