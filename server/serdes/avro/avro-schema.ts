import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { readJson } from '../read-json.ts';
import { type Plain, SerdeError } from '../serde.ts';
import { type Logical, logicalOf } from './avro-logical.ts';

type ScalarKind = 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string';

/** A schema of Apache Avro 1.12, read: names are resolved, recursive types refer to themselves. */
export type AvroType =
  | { [Kind in ScalarKind]: { readonly kind: Kind; readonly logical: Logical | null } }[ScalarKind]
  | { readonly kind: 'fixed'; readonly name: string; readonly size: number; readonly logical: Logical | null }
  | { readonly kind: 'enum'; readonly name: string; readonly symbols: readonly string[] }
  | { readonly kind: 'array'; readonly items: AvroType }
  | { readonly kind: 'map'; readonly values: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroBranch[] }
  | { readonly kind: 'record'; readonly name: string; readonly fields: readonly AvroField[] };

export interface AvroBranch {
  /** The full name of a record, enum or fixed, else the kind. */
  readonly name: string;
  readonly type: AvroType;
  /** Shown as `{"<name>": …}`, because another branch looks alike. */
  readonly isWrapped: boolean;
}

export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
  /** As the schema writes it; undefined: the field has to be given. */
  readonly default: Plain | undefined;
}

const SCALARS: ReadonlySet<string> = new Set([
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
]);
const NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/;
/** Java's limit for arrays; a larger fixed cannot be had anyway. */
const MOST_BYTES = 2 ** 31 - 1;

/** Types by their full names, to which the schemas that are read add theirs. */
export type AvroNames = Map<string, AvroType>;

/**
 * Reads a schema.
 *
 * @param names types that it may refer to
 * @throws SerdeError that says what is wrong, and in which type
 */
export function readAvroSchema(text: string, names: AvroNames = new Map()): AvroType {
  return new SchemaReader(names).type(readJson(text), '');
}

class SchemaReader {
  readonly #names: AvroNames;

  constructor(names: AvroNames) {
    this.#names = names;
  }

  type(given: Plain, namespace: string): AvroType {
    if (typeof given === 'string') return this.#named(given, namespace);
    if (Array.isArray(given)) return this.#union(given as Plain[], namespace);
    const schema = objectOf(given, 'schema');
    const { type } = schema;
    if (typeof type !== 'string') return this.type(type ?? null, namespace);
    if (SCALARS.has(type)) {
      const kind = type as ScalarKind;
      return { kind, logical: logicalOf(schema, kind, null) } as AvroType;
    }
    switch (type) {
      case 'array':
        return { kind: 'array', items: this.type(schema.items ?? null, namespace) };
      case 'map':
        return { kind: 'map', values: this.type(schema.values ?? null, namespace) };
      case 'fixed':
        return this.#fixed(schema, namespace);
      case 'enum':
        return this.#enum(schema, namespace);
      case 'record':
      case 'error':
        return this.#record(schema, namespace);
      default:
        return this.#named(type, namespace);
    }
  }

  #named(name: string, namespace: string): AvroType {
    if (SCALARS.has(name)) return { kind: name, logical: null } as AvroType;
    const found = this.#names.get(fullName(name, namespace)) ?? this.#names.get(name);
    if (!found) throw new SerdeError(say('avro.unknownType', { name: name.slice(0, 200) }));
    return found;
  }

  #union(given: Plain[], namespace: string): AvroType {
    const types = given.map((branch) => this.type(branch, namespace));
    if (types.some(({ kind }) => kind === 'union')) throw new SerdeError(say('avro.unionInUnion'));
    const alike = types.filter(looksLikeMap).length;
    const branches = types.map((type) => ({
      name: branchName(type),
      type,
      isWrapped: alike > 1 && looksLikeMap(type),
    }));
    return { kind: 'union', branches };
  }

  #fixed(schema: SchemaObject, namespace: string): AvroType {
    const { name } = this.#declared(schema, namespace);
    const { size } = schema;
    if (typeof size !== 'number' || !Number.isInteger(size) || size < 0 || size > MOST_BYTES) {
      throw new SerdeError(say('avro.noSize', { name }));
    }
    return this.#keep({ kind: 'fixed', name, size, logical: logicalOf(schema, 'fixed', size) });
  }

  #enum(schema: SchemaObject, namespace: string): AvroType {
    const { name } = this.#declared(schema, namespace);
    const symbols = Array.isArray(schema.symbols) ? (schema.symbols as Plain[]) : [];
    if (!symbols.every((symbol) => typeof symbol === 'string')) {
      throw new SerdeError(say('avro.noSymbols', { name }));
    }
    return this.#keep({ kind: 'enum', name, symbols: symbols as string[] });
  }

  #record(schema: SchemaObject, namespace: string): AvroType {
    const declared = this.#declared(schema, namespace);
    const { name } = declared;
    if (!Array.isArray(schema.fields)) throw new SerdeError(say('avro.noFields', { name }));
    const fields: AvroField[] = [];
    const record = this.#keep({ kind: 'record', name, fields });
    for (const given of schema.fields as Plain[]) {
      const field = objectOf(given, name);
      if (typeof field.name !== 'string' || !NAME.test(field.name) || field.name.includes('.')) {
        throw new SerdeError(say('avro.badName', { name }));
      }
      const type = this.type(field.type ?? null, declared.namespace);
      fields.push({ name: field.name, type, default: field.default });
    }
    return record;
  }

  #declared(schema: SchemaObject, around: string): { name: string; namespace: string } {
    const { name } = schema;
    if (typeof name !== 'string' || !NAME.test(name)) {
      throw new SerdeError(say('avro.badName', { name: String(name).slice(0, 200) }));
    }
    const namespace = typeof schema.namespace === 'string' ? schema.namespace : around;
    const full = fullName(name, namespace);
    return { name: full, namespace: full.slice(0, Math.max(0, full.lastIndexOf('.'))) };
  }

  #keep<Type extends AvroType & { name: string }>(type: Type): Type {
    this.#names.set(type.name, type);
    return type;
  }
}

type SchemaObject = { readonly [name: string]: Plain | undefined };

function objectOf(given: Plain, where: string): SchemaObject {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || given instanceof Uint8Array) {
    throw new SerdeError(say('avro.notSchema', { where }));
  }
  return given as SchemaObject;
}

function fullName(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;
}

export function branchName(type: AvroType): string {
  return 'name' in type ? type.name : type.kind;
}

function looksLikeMap({ kind }: AvroType): boolean {
  return kind === 'record' || kind === 'map';
}
