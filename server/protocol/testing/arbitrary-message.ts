import fc from 'fast-check';
import {
  type FieldOptions,
  type FieldType,
  inVersions,
  type Message,
  type PrimitiveType,
  type Struct,
} from '../schema.ts';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constant('x'.repeat(200)));

const PRIMITIVES: Record<PrimitiveType, fc.Arbitrary<unknown>> = {
  bool: fc.boolean(),
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  uint16: fc.integer({ min: 0, max: 65535 }),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64,
  float64: fc.double(),
  string: text,
  uuid: fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((array) => Buffer.from(array).toString('base64url')),
  bytes,
  records: bytes,
};

/** Any value of a message, with all the fields that a version has and none that it has not. */
export function arbitraryMessage(message: Message<unknown>, version: number): fc.Arbitrary<object> {
  return arbitraryStruct(message, version);
}

function arbitraryStruct(struct: Struct, version: number): fc.Arbitrary<object> {
  const fields = struct.fields.filter(([, , versions]) => inVersions(version, versions));
  return fc.record(
    Object.fromEntries(
      fields.map(([name, type, , options]) => [name, arbitraryField(type, options, version)]),
    ),
    { noNullPrototype: true },
  );
}

function arbitraryField(
  type: FieldType,
  options: FieldOptions | undefined,
  version: number,
): fc.Arbitrary<unknown> {
  const value = arbitraryValue(type, version);
  return inVersions(version, options?.nullable) ? fc.option(value, { freq: 4 }) : value;
}

function arbitraryValue(type: FieldType, version: number): fc.Arbitrary<unknown> {
  if (Array.isArray(type)) return fc.array(arbitraryValue(type[0], version), { maxLength: 3 });
  if (typeof type === 'object') return arbitraryStruct(type as Struct, version);
  return PRIMITIVES[type as PrimitiveType];
}
