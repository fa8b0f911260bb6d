import protobuf from 'protobufjs';

/** The scalar types of Protobuf, as .proto files name them. */
export type Scalar =
  | 'double'
  | 'float'
  | 'int32'
  | 'uint32'
  | 'sint32'
  | 'fixed32'
  | 'sfixed32'
  | 'int64'
  | 'uint64'
  | 'sint64'
  | 'fixed64'
  | 'sfixed64'
  | 'bool'
  | 'string'
  | 'bytes';

export type FieldType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'enum'; readonly type: ProtoEnum }
  | { readonly kind: 'message'; readonly type: MessageType; readonly isDelimited: boolean };

export interface ProtoField {
  /** As the .proto file writes it; an extension is `[package.name]`. */
  readonly name: string;
  readonly jsonName: string;
  readonly number: number;
  readonly type: FieldType;
  /** Of a map: the type of its keys, whose values are of `type`. */
  readonly mapKey: Scalar | null;
  readonly isRepeated: boolean;
  readonly isPacked: boolean;
  readonly isRequired: boolean;
  /** Whether one that is not there is told from one that has its type's default. */
  readonly hasPresence: boolean;
  /** Of several fields one at most may be set; null: it is in no such group. */
  readonly oneof: string | null;
}

export interface ProtoEnum {
  readonly name: string;
  readonly byNumber: ReadonlyMap<number, string>;
  readonly byName: ReadonlyMap<string, number>;
}

/** A message type with its fields, which are looked up when they are first needed: types may refer to each other. */
export class MessageType {
  readonly name: string;
  readonly #type: protobuf.Type;
  readonly #types: ProtoTypeTable;
  #fields: readonly ProtoField[] | null = null;
  #byNumber: ReadonlyMap<number, ProtoField> | null = null;
  #byName: ReadonlyMap<string, ProtoField> | null = null;

  constructor(type: protobuf.Type, types: ProtoTypeTable) {
    this.name = type.fullName.slice(1);
    this.#type = type;
    this.#types = types;
  }

  get types(): ProtoTypeTable {
    return this.#types;
  }

  /** As declared. */
  get fields(): readonly ProtoField[] {
    this.#fields ??= this.#type.fieldsArray.map((field) => this.#types.field(field));
    return this.#fields;
  }

  get byNumber(): ReadonlyMap<number, ProtoField> {
    this.#byNumber ??= new Map(this.fields.map((field) => [field.number, field]));
    return this.#byNumber;
  }

  /** By the name that the file writes, and by that of Protobuf's JSON. */
  get byName(): ReadonlyMap<string, ProtoField> {
    this.#byName ??= new Map([
      ...this.fields.map((field) => [field.jsonName, field] as const),
      ...this.fields.map((field) => [field.name, field] as const),
    ]);
    return this.#byName;
  }
}

/** The types of one file and its imports. */
export class ProtoTypeTable {
  readonly #root: protobuf.Root;
  readonly #messages = new Map<protobuf.Type, MessageType>();
  readonly #enums = new Map<protobuf.Enum, ProtoEnum>();

  constructor(root: protobuf.Root) {
    this.#root = root;
  }

  /** A message type by its full name; null: there is none. */
  message(fullName: string): MessageType | null {
    const found = this.#root.lookup(`.${fullName}`, [protobuf.Type]);
    return found instanceof protobuf.Type ? this.#messageOf(found) : null;
  }

  field(field: protobuf.Field): ProtoField {
    const mapKey = field instanceof protobuf.MapField ? (field.keyType as Scalar) : null;
    // proto3's `optional` is a group of one.
    const group = field.partOf && field.partOf.fieldsArray.length > 1 ? field.partOf.name : null;
    return {
      name: field.name.startsWith('.') ? `[${field.name.slice(1)}]` : field.name,
      jsonName: field.name.startsWith('.') ? `[${field.name.slice(1)}]` : field.jsonName!,
      number: field.id,
      type: this.#typeOf(field),
      mapKey,
      isRepeated: field.repeated,
      isPacked: field.packed,
      isRequired: field.required,
      hasPresence: Boolean(field.hasPresence),
      oneof: group,
    };
  }

  #typeOf(field: protobuf.Field): FieldType {
    const type = field.resolvedType;
    if (type instanceof protobuf.Type) {
      return { kind: 'message', type: this.#messageOf(type), isDelimited: field.delimited };
    }
    if (type instanceof protobuf.Enum) return { kind: 'enum', type: this.#enumOf(type) };
    return { kind: 'scalar', scalar: field.type as Scalar };
  }

  #messageOf(type: protobuf.Type): MessageType {
    let message = this.#messages.get(type);
    if (!message) {
      message = new MessageType(type, this);
      this.#messages.set(type, message);
    }
    return message;
  }

  #enumOf(type: protobuf.Enum): ProtoEnum {
    let known = this.#enums.get(type);
    if (!known) {
      const names = Object.entries(type.values);
      known = {
        name: type.fullName.slice(1),
        byName: new Map(names),
        // Of aliases the first one is shown.
        byNumber: new Map(names.map(([name, number]) => [number, name] as const).reverse()),
      };
      this.#enums.set(type, known);
    }
    return known;
  }
}
