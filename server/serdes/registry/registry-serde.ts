import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { type Decoded, type RecordAround, type Serde, SerdeError, type WriteTarget } from '../serde.ts';
import type { RegisteredSchema } from './registered-schema.ts';
import type { SchemaRegistry } from './schema-registry.ts';
import { type Framed, frame, unframe } from './wire-format.ts';

/** A kind of schema that the registry keeps. */
export interface SchemaFormat<Compiled> {
  readonly name: 'avro' | 'protobuf' | 'json-schema';
  readonly type: RegisteredSchema['type'];
  readonly isSearchableInBytes: boolean;
  /** Throws SerdeError for what is no schema of this kind. */
  compile(schema: RegisteredSchema): Compiled;
  /** What the schema describes. */
  nameOf(compiled: Compiled): string;
  decode(compiled: Compiled, id: number, framed: Framed): Decoded;
  /** What follows the id. Throws SerdeError. */
  encode(compiled: Compiled, text: string, target: WriteTarget): Buffer;
}

/** Bytes that begin with the id of a schema in a registry, which is the schema they were written with. */
export class RegistrySerde<Compiled> implements Serde {
  readonly name: Serde['name'];
  readonly isSearchableInBytes: boolean;
  readonly needsRecord = true;
  readonly #format: SchemaFormat<Compiled>;
  readonly #registry: SchemaRegistry | null;
  readonly #compiled = new WeakMap<RegisteredSchema, Compiled | SerdeError>();

  constructor(format: SchemaFormat<Compiled>, registry: SchemaRegistry | null) {
    this.name = format.name;
    this.isSearchableInBytes = format.isSearchableInBytes;
    this.#format = format;
    this.#registry = registry;
  }

  decode(bytes: Buffer, around?: RecordAround): Decoded {
    const framed = unframe(bytes, around);
    const schema = this.#known().schema(framed.id);
    return this.#format.decode(this.#compile(schema), schema.id, framed);
  }

  async encode(text: string, target: WriteTarget): Promise<Buffer> {
    const registry = this.#known();
    const schema = await (target.schemaId === null
      ? registry.latest(`${target.topic}-${target.part}`)
      : registry.fetched(target.schemaId));
    return Buffer.concat([frame(schema.id), this.#format.encode(this.#compile(schema), text, target)]);
  }

  /** What a schema describes, or its kind where it cannot be used. */
  schemaName(schema: RegisteredSchema): string {
    try {
      return this.#format.nameOf(this.#compile(schema));
    } catch (error) {
      if (!(error instanceof SerdeError)) throw error;
      return schema.type;
    }
  }

  #known(): SchemaRegistry {
    if (this.#registry === null) throw new SerdeError(say('registry.none'));
    return this.#registry;
  }

  #compile(schema: RegisteredSchema): Compiled {
    let compiled = this.#compiled.get(schema);
    if (compiled === undefined) {
      compiled = this.#tryToCompile(schema);
      this.#compiled.set(schema, compiled);
    }
    if (compiled instanceof SerdeError) throw compiled;
    return compiled;
  }

  #tryToCompile(schema: RegisteredSchema): Compiled | SerdeError {
    const { id, type } = schema;
    if (type !== this.#format.type) {
      return new SerdeError(say('registry.otherType', { id, type, serde: this.name }));
    }
    try {
      return this.#format.compile(schema);
    } catch (error) {
      if (!(error instanceof SerdeError)) throw error;
      return new SerdeError(say('registry.badSchema', { id, reason: error.sentence }));
    }
  }
}
