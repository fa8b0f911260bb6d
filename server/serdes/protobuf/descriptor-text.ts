import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { mapOf } from '../given.ts';
import type { Read } from '../plain.ts';
import { SerdeError } from '../serde.ts';
import { readProtoFile } from './proto-files.ts';
import { ProtoTypeTable } from './proto-types.ts';
import { readProtobuf } from './read-protobuf.ts';

/** Of google/protobuf/descriptor.proto, what says how messages are written. */
const DESCRIPTOR = `syntax = "proto3";
  message File {
    string name = 1; string package = 2; repeated string dependency = 3; repeated Message message_type = 4;
    repeated Enum enum_type = 5; repeated Field extension = 7; string syntax = 12; int32 edition = 14;
  }
  message Message {
    string name = 1; repeated Field field = 2; repeated Message nested_type = 3; repeated Enum enum_type = 4;
    repeated Range extension_range = 5; repeated Field extension = 6; Options options = 7; repeated Oneof oneof_decl = 8;
    message Range { int32 start = 1; int32 end = 2; }
    message Options { bool map_entry = 7; }
  }
  message Oneof { string name = 1; }
  message Field {
    string name = 1; string extendee = 2; int32 number = 3; int32 label = 4; int32 type = 5; string type_name = 6;
    Options options = 8; optional int32 oneof_index = 9; string json_name = 10; bool proto3_optional = 17;
    message Options { optional bool packed = 2; }
  }
  message Enum {
    string name = 1; repeated Value value = 2; Options options = 3;
    message Value { string name = 1; int32 number = 2; }
    message Options { bool allow_alias = 2; }
  }`;

const TYPES = [
  '',
  'double',
  'float',
  'int64',
  'uint64',
  'int32',
  'fixed64',
  'fixed32',
  'bool',
  'string',
  'group',
  '',
  'bytes',
  'uint32',
  '',
  'sfixed32',
  'sfixed64',
  'sint32',
  'sint64',
];
const GROUP = 10;
const REQUIRED = 2;
const REPEATED = 3;
const EDITION_2023 = 1000;
const LAST_FIELD = 536_870_911;

type Fields = { readonly [name: string]: Read };

/**
 * Some registries and clients keep a .proto file as its compiled descriptor, in base64: what it says as a .proto file.
 * Null for anything else. @throws SerdeError for a descriptor that names things as no .proto file can
 */
export function textOfDescriptor(text: string): string | null {
  if (!/^[A-Za-z0-9+/\s]{8,}={0,2}\s*$/.test(text)) return null;
  const { root } = readProtoFile({ path: 'descriptor.proto', text: DESCRIPTOR }, () => null);
  const bytes = Buffer.from(text, 'base64');
  return fileText(fieldsOf(readProtobuf(new ProtoTypeTable(root).message('File')!, bytes, false)));
}

function fileText(file: Fields): string {
  const edition = Number(file.edition);
  const syntax =
    edition >= EDITION_2023
      ? `edition = "${2023 + edition - EDITION_2023}";`
      : `syntax = "${file.syntax === 'proto3' ? 'proto3' : 'proto2'}";`;
  const isProto3 = file.syntax === 'proto3';
  const name = file.package === '' ? '' : `package ${identifier(file.package, true)};`;
  return [
    syntax,
    name,
    ...listOf(file.dependency).map((path) => `import ${JSON.stringify(path)};`),
    ...declarations(file, 'message_type', isProto3),
  ].join('\n');
}

function declarations(within: Fields, messages: string, isProto3: boolean, groups = NONE): string[] {
  const types = listOf(within[messages])
    .map(fieldsOf)
    .filter((type) => !isMapEntry(type) && !groups.has(String(type.name)));
  return [
    ...types.map((type) => `message ${identifier(type.name)} ${bodyText(type, isProto3)}`),
    ...listOf(within.enum_type).map((type) => enumText(fieldsOf(type))),
    ...listOf(within.extension).map((one) => {
      const field = fieldsOf(one);
      return `extend ${identifier(field.extendee, true)} { ${fieldText(field, new Map(), isProto3)} }`;
    }),
  ];
}
const NONE: ReadonlySet<string> = new Set();

/** What stands between the braces of a message type, and the braces. */
function bodyText(message: Fields, isProto3: boolean): string {
  const nested = new Map(
    listOf(message.nested_type).map((type) => [String(fieldsOf(type).name), fieldsOf(type)]),
  );
  const oneofs = listOf(message.oneof_decl).map((one) => identifier(fieldsOf(one).name));
  /** Groups of which one field may be set, where the first of them stands. */
  const oneofTexts = new Map<string, string[]>();
  const fields: (string | string[])[] = [];
  const groups = new Set<string>();
  for (const field of listOf(message.field).map(fieldsOf)) {
    const isInOneof = typeof field.oneof_index === 'number' && !field.proto3_optional;
    const oneof = isInOneof ? oneofs[Number(field.oneof_index)] : undefined;
    if (field.type === GROUP) groups.add(lastName(field.type_name));
    const text = fieldText(field, nested, isProto3, oneof !== undefined);
    if (oneof === undefined) {
      fields.push(text);
      continue;
    }
    const others = oneofTexts.get(oneof);
    if (others) {
      others.push(text);
      continue;
    }
    const texts = [`oneof ${oneof} {`, text];
    oneofTexts.set(oneof, texts);
    fields.push(texts);
  }
  const ranges = listOf(message.extension_range).map(fieldsOf);
  return [
    '{',
    ...fields.map((one) => (typeof one === 'string' ? one : `${one.join('\n')}\n}`)),
    ...ranges.map(
      ({ start, end }) => `extensions ${Number(start)} to ${Math.min(Number(end) - 1, LAST_FIELD)};`,
    ),
    ...declarations(message, 'nested_type', isProto3, groups),
    '}',
  ].join('\n');
}

function fieldText(
  field: Fields,
  nested: ReadonlyMap<string, Fields>,
  isProto3: boolean,
  isInOneof = false,
): string {
  const label = isInOneof ? '' : labelText(field, isProto3);
  const number = Number(field.number);
  const within = nested.get(lastName(field.type_name));
  if (field.type === GROUP && within) {
    return `${label}group ${identifier(within.name)} = ${number} ${bodyText(within, isProto3)}`;
  }
  const packed = mapOf(field.options)?.packed;
  const options = [
    ...(field.json_name === '' ? [] : [`json_name = ${JSON.stringify(field.json_name)}`]),
    ...(packed === undefined ? [] : [`packed = ${packed === true}`]),
  ];
  const behind = `${identifier(field.name)} = ${number}${options.length > 0 ? ` [${options.join(', ')}]` : ''};`;
  if (within && isMapEntry(within)) {
    const [key, value] = listOf(within.field).map(fieldsOf);
    return `map<${typeText(key!)}, ${typeText(value!)}> ${behind}`;
  }
  return `${label}${typeText(field)} ${behind}`;
}

function lastName(name: Read | undefined): string {
  const text = String(name);
  return text.slice(text.lastIndexOf('.') + 1);
}

function labelText({ label, proto3_optional }: Fields, isProto3: boolean): string {
  if (label === REPEATED) return 'repeated ';
  if (label === REQUIRED) return 'required ';
  return isProto3 && !proto3_optional ? '' : 'optional ';
}

function typeText(field: Fields): string {
  return TYPES[Number(field.type)] || identifier(field.type_name, true);
}

function enumText(type: Fields): string {
  const alias = mapOf(type.options)?.allow_alias === true ? 'option allow_alias = true;' : '';
  const values = listOf(type.value)
    .map(fieldsOf)
    .map(({ name, number }) => `${identifier(name)} = ${Number(number)};`);
  return `enum ${identifier(type.name)} { ${alias} ${values.join(' ')} }`;
}

function isMapEntry(type: Fields): boolean {
  return mapOf(type.options)?.map_entry === true;
}

function listOf(read: Read | undefined): readonly Read[] {
  return Array.isArray(read) ? (read as Read[]) : [];
}

function fieldsOf(read: Read): Fields {
  return mapOf(read) ?? {};
}

/** A name goes into the text as it is, so it has to be one. */
function identifier(name: Read | undefined, isFull = false): string {
  const pattern = isFull ? /^\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/ : /^[A-Za-z_]\w*$/;
  if (typeof name === 'string' && pattern.test(name)) return name;
  throw new SerdeError(say('proto.badName', { name: String(name).slice(0, 100) }));
}
