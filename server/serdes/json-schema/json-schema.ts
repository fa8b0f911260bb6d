import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { Json } from '../json.ts';
import { readJson } from '../read-json.ts';
import type { SchemaFormat } from '../registry/registry-serde.ts';
import { SerdeError } from '../serde.ts';
import { utf8Bytes } from '../text.ts';
import { compileSchema, type Validate } from './validation.ts';

interface CompiledJsonSchema {
  readonly name: string;
  /** Made when something is written for the first time: nothing is validated to be shown. */
  readonly validate: () => Validate;
}

/** JSON behind the id of a JSON Schema. */
export const jsonSchemaFormat: SchemaFormat<CompiledJsonSchema> = {
  name: 'json-schema',
  type: 'JSON',
  isSearchableInBytes: true,
  compile: (schema) => {
    const read = readJson(schema.text);
    const { title, $id } = (typeof read === 'object' && read !== null ? read : {}) as Record<string, unknown>;
    const name = [title, $id].find((one) => typeof one === 'string' && one !== '') as string | undefined;
    let validate: Validate | null = null;
    return {
      name: name?.slice(0, 200) ?? 'JSON Schema',
      validate: () => {
        validate ??= compileSchema(schema.text, schema.references);
        return validate;
      },
    };
  },
  nameOf: ({ name }) => name,
  decode: ({ name }, id, { rest, besideHeader }) =>
    new Json('json-schema', { id, type: 'JSON', name }, rest, besideHeader !== null),
  encode: ({ validate }, text) => {
    readJson(text);
    const problem = validate()(JSON.parse(text));
    if (problem) {
      const { at, reason } = problem;
      const told = say('jsonSchema.invalid', { reason });
      throw new SerdeError(at === '' ? told : say('serde.atField', { field: at, reason: told }), at || null);
    }
    return utf8Bytes(text);
  },
};
