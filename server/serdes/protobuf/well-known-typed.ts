import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { units } from '../avro/typed-logical.ts';
import { kindOf, mapOf, type Place, wrongAt } from '../given.ts';
import { type Read, type ReadObject, setField, Written } from '../plain.ts';
import type { MessageType } from './proto-types.ts';

/** What is typed of a well-known type, as its fields; the same again where it has that form already. */
type WellKnownWriter = (given: Read | undefined, type: MessageType, at: At) => Read | undefined;

interface At {
  readonly place: Place | null;
  /** The bytes of another message. */
  write(type: MessageType, given: Read | undefined, place: Place | null): Buffer;
}

const wrapper: WellKnownWriter = (given) => (given === undefined ? undefined : { value: given });

export const wellKnownWriters: ReadonlyMap<string, WellKnownWriter> = new Map<string, WellKnownWriter>([
  ['google.protobuf.Timestamp', timestamp],
  ['google.protobuf.Duration', duration],
  ['google.protobuf.Any', any],
  [
    'google.protobuf.FieldMask',
    (given) => (typeof given === 'string' ? { paths: given.split(',').filter(Boolean) } : given),
  ],
  ['google.protobuf.Struct', (given) => (given === undefined ? undefined : { fields: given })],
  ['google.protobuf.ListValue', (given) => (given === undefined ? undefined : { values: given })],
  ['google.protobuf.Value', structValue],
  ['google.protobuf.DoubleValue', wrapper],
  ['google.protobuf.FloatValue', wrapper],
  ['google.protobuf.Int64Value', wrapper],
  ['google.protobuf.UInt64Value', wrapper],
  ['google.protobuf.Int32Value', wrapper],
  ['google.protobuf.UInt32Value', wrapper],
  ['google.protobuf.BoolValue', wrapper],
  ['google.protobuf.StringValue', wrapper],
  ['google.protobuf.BytesValue', wrapper],
  ['confluent.type.Decimal', confluentDecimal],
]);

const PER_SECOND = 1_000_000_000n;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

function timestamp(given: Read | undefined, _: MessageType, { place }: At): Read | undefined {
  if (typeof given !== 'string') return given;
  const [, time, fraction = '', zone] = TIMESTAMP.exec(given) ?? [];
  const nanos = time === undefined ? null : units(`${time}${zone}`, fraction, 9);
  if (nanos === null) throw wrongAt(place, say('field.time'));
  const part = ((nanos % PER_SECOND) + PER_SECOND) % PER_SECOND;
  return { seconds: (nanos - part) / PER_SECOND, nanos: Number(part) };
}

function duration(given: Read | undefined, _: MessageType, { place }: At): Read | undefined {
  if (typeof given !== 'string') return given;
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/.exec(given);
  if (!match) throw wrongAt(place, say('proto.notDuration'));
  const [, sign, seconds = '', fraction = ''] = match;
  const factor = sign === '-' ? -1 : 1;
  return { seconds: BigInt(factor) * BigInt(seconds), nanos: factor * Number(fraction.padEnd(9, '0')) };
}

/** `{"@type": …, fields}`; of a type that is not known, with its bytes in base64 as `value`. */
function any(given: Read | undefined, { types }: MessageType, { place, write }: At): Read | undefined {
  const map = mapOf(given);
  const url = map?.['@type'];
  if (!map || typeof url !== 'string') return given;
  const type = types.message(url.slice(url.lastIndexOf('/') + 1));
  if (!type) return { type_url: url, value: map.value ?? '' };
  const rest: ReadObject = {};
  for (const [name, value] of Object.entries(map)) if (name !== '@type') setField(rest, name, value);
  const written = write(type, wellKnownWriters.has(type.name) ? rest.value : rest, place);
  return { type_url: url, value: written.toString('base64') };
}

function structValue(given: Read | undefined, _: MessageType, { place }: At): Read {
  switch (typeof given) {
    case 'string':
      return { string_value: given };
    case 'boolean':
      return { bool_value: given };
    case 'number':
    case 'bigint':
      return { number_value: given };
    default:
      if (given === null) return { null_value: 0 };
      if (given instanceof Written) return { number_value: given };
      if (Array.isArray(given)) return { list_value: given };
      if (mapOf(given)) return { struct_value: given as Read };
      throw wrongAt(place, say('given.needs', { type: 'google.protobuf.Value', given: kindOf(given) }));
  }
}

const DECIMAL = /^(-?)(\d{1,1000})(?:\.(\d{1,1000}))?$/;

function confluentDecimal(given: Read | undefined): Read | undefined {
  const text = given instanceof Written ? given.text : typeof given === 'object' ? null : String(given);
  const [, sign, digits, fraction = ''] = DECIMAL.exec(text ?? '') ?? [];
  if (digits === undefined) return given;
  const value = BigInt(`${sign}${digits}${fraction}`);
  let length = 1;
  while (BigInt.asIntN(8 * length, value) !== value) length += 1;
  const hex = BigInt.asUintN(8 * length, value)
    .toString(16)
    .padStart(2 * length, '0');
  const precision = String(value).replace('-', '').length;
  return { value: Buffer.from(hex, 'hex').toString('base64'), precision, scale: fraction.length };
}
