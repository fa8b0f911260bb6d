import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { Structured } from '../decoded.ts';
import { readJsonAsWritten } from '../read-json.ts';
import type { SchemaFormat } from '../registry/registry-serde.ts';
import { type Serde, SerdeError } from '../serde.ts';
import { textOfDescriptor } from './descriptor-text.ts';
import { indexOf, readIndexes, typeAt, writeIndexes } from './message-indexes.ts';
import { type DeclaredType, readProtoFile } from './proto-files.ts';
import { type MessageType, ProtoTypeTable } from './proto-types.ts';
import { readProtobuf } from './read-protobuf.ts';
import { writeProtobuf } from './write-protobuf.ts';

/** A file of the registry. */
interface CompiledProto {
  readonly types: ProtoTypeTable;
  readonly declared: readonly DeclaredType[];
}

/** Protobuf with the schemas of a registry: which of a file's message types it is follows the id. */
export const protobufFormat: SchemaFormat<CompiledProto> = {
  name: 'protobuf',
  type: 'PROTOBUF',
  isSearchableInBytes: false,
  compile: ({ id, text, references }) => {
    const imports = new Map(references.map((one) => [one.name, { path: one.name, text: asProto(one.text) }]));
    const file = { path: `schema ${id}`, text: asProto(text) };
    const { root, declared } = readProtoFile(file, (path) => imports.get(path) ?? null);
    return { types: new ProtoTypeTable(root), declared };
  },
  nameOf: ({ declared }) => declared[0]?.fullName ?? 'PROTOBUF',
  decode: ({ types, declared }, id, { rest, besideHeader }) => {
    const { indexes, rest: behind } = readIndexes(besideHeader ?? rest);
    const name = typeAt(declared, indexes);
    const bytes = besideHeader ? rest : behind;
    const type = messageOf(types, name);
    return new Structured('protobuf', { id, type: 'PROTOBUF', name }, (isForText) =>
      readProtobuf(type, bytes, isForText),
    );
  },
  encode: ({ types, declared }, text, { typeName }) => {
    const indexes = typeName === null ? [0] : indexOf(declared, typeName);
    if (!indexes) throw new SerdeError(say('proto.noType', { name: typeName! }));
    const type = messageOf(types, typeAt(declared, indexes));
    return Buffer.concat([writeIndexes(indexes), writeProtobuf(type, readJsonAsWritten(text))]);
  },
};

/** The text of a .proto file, which may be kept compiled. */
function asProto(text: string): string {
  return textOfDescriptor(text) ?? text;
}

function messageOf(types: ProtoTypeTable, name: string): MessageType {
  const type = types.message(name);
  if (!type) throw new SerdeError(say('proto.noType', { name }));
  return type;
}

/** One message type of the cluster's files, with nothing in front of it. */
export function protobufFileSerde(type: MessageType): Serde {
  const name = `protobuf-file:${type.name}` as const;
  const schema = { id: null, type: 'PROTOBUF', name: type.name };
  return {
    name,
    isSearchableInBytes: false,
    needsRecord: false,
    decode: (bytes) => new Structured(name, schema, (isForText) => readProtobuf(type, bytes, isForText)),
    encode: async (text) => writeProtobuf(type, readJsonAsWritten(text)),
  };
}
