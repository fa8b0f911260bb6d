import { decimal, MOST_DECIMAL_BYTES, timestampText, unscaled } from '../avro/avro-logical.ts';
import { type Read, type ReadObject, setField } from '../plain.ts';
import type { MessageType, ProtoTypeTable } from './proto-types.ts';

interface Within {
  readonly reader: {
    readonly isForText: boolean;
    message(type: MessageType, parts: readonly Buffer[], depth: number): Read;
  };
  readonly types: ProtoTypeTable;
  readonly depth: number;
}

type WellKnownReader = (fields: ReadObject, within: Within) => Read;

const wrapper: WellKnownReader = ({ value = null }) => value;

/** Types that Protobuf's JSON writes in a form of their own, from their fields. */
export const wellKnownReaders: ReadonlyMap<string, WellKnownReader> = new Map<string, WellKnownReader>([
  ['google.protobuf.Timestamp', timestamp],
  ['google.protobuf.Duration', duration],
  ['google.protobuf.Any', any],
  ['google.protobuf.FieldMask', ({ paths }) => (Array.isArray(paths) ? paths.join(',') : '')],
  ['google.protobuf.Struct', ({ fields = {} }) => fields],
  ['google.protobuf.ListValue', ({ values = [] }) => values],
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

/** `2026-01-31T12:00:00Z`, with 3, 6 or 9 digits of the second where it has them. */
function timestamp(fields: ReadObject): Read {
  const nanos = nanosOf(fields);
  const text = nanos === null ? null : timestampText(nanos, 9);
  return text === null ? fields : `${shortFraction(text.slice(0, -1))}Z`;
}

/** `1.5s` */
function duration(fields: ReadObject): Read {
  const nanos = nanosOf(fields);
  if (nanos === null) return fields;
  const size = nanos < 0n ? -nanos : nanos;
  const fraction = String(size % PER_SECOND).padStart(9, '0');
  return `${nanos < 0n ? '-' : ''}${shortFraction(`${size / PER_SECOND}.${fraction}`)}s`;
}

function nanosOf({ seconds = 0, nanos = 0 }: ReadObject): bigint | null {
  const areNumbers =
    (typeof seconds === 'number' || typeof seconds === 'bigint') && typeof nanos === 'number';
  return areNumbers ? BigInt(seconds) * PER_SECOND + BigInt(nanos) : null;
}

function shortFraction(text: string): string {
  return text.replace(/(?:\.000000000|000000|000)$/, '');
}

function structValue(fields: ReadObject): Read {
  const [only] = Object.entries(fields);
  return only === undefined || only[0] === 'null_value' ? null : only[1];
}

/** The message within, where its type is among the files; what it is follows `@type`. */
function any(fields: ReadObject, { reader, types, depth }: Within): Read {
  const { type_url: url = '', value } = fields;
  const type = typeof url === 'string' ? types.message(url.slice(url.lastIndexOf('/') + 1)) : null;
  if (!type || !(value instanceof Uint8Array)) return { '@type': url, value: value ?? null };
  const read = reader.message(type, [value as Buffer], depth + 1);
  if (wellKnownReaders.has(type.name)) return { '@type': url, value: read };
  const told: ReadObject = { '@type': url };
  for (const [name, part] of Object.entries(read as ReadObject)) setField(told, name, part);
  return told;
}

function confluentDecimal(fields: ReadObject, { reader }: Within): Read {
  const { value = Buffer.alloc(0), scale = 0 } = fields;
  const isSound =
    value instanceof Uint8Array && value.length <= MOST_DECIMAL_BYTES && typeof scale === 'number';
  if (!isSound || scale < 0 || scale > MOST_DECIMAL_BYTES) return fields;
  return decimal(unscaled(value as Buffer), scale, reader.isForText);
}
