import { Structured } from '../decoded.ts';
import { readJsonAsWritten } from '../read-json.ts';
import type { SchemaFormat } from '../registry/registry-serde.ts';
import type { Serde } from '../serde.ts';
import { type AvroNames, type AvroType, branchName, readAvroSchema } from './avro-schema.ts';
import { readAvro } from './read-avro.ts';
import { writeAvro } from './write-avro.ts';

/** Avro with the schemas of a registry. */
export const avroFormat: SchemaFormat<AvroType> = {
  name: 'avro',
  type: 'AVRO',
  isSearchableInBytes: false,
  compile: ({ text, references }) => {
    const names: AvroNames = new Map();
    for (const reference of references) readAvroSchema(reference.text, names);
    return readAvroSchema(text, names);
  },
  nameOf: branchName,
  decode: (type, id, { rest }) => {
    const schema = { id, type: 'AVRO', name: branchName(type) };
    return new Structured('avro', schema, (isForText) => readAvro(type, rest, isForText));
  },
  encode: (type, text) => writeAvro(type, readJsonAsWritten(text)),
};

/** Avro with a schema of the cluster's files, and nothing in front of it. */
export function avroFileSerde(file: string, type: AvroType): Serde {
  const name = `avro-file:${file}` as const;
  const schema = { id: null, type: 'AVRO', name: branchName(type) };
  return {
    name,
    isSearchableInBytes: false,
    needsRecord: false,
    decode: (bytes) => new Structured(name, schema, (isForText) => readAvro(type, bytes, isForText)),
    encode: async (text) => writeAvro(type, readJsonAsWritten(text)),
  };
}
