import type { SerdeName } from '../../lib/contract/serdes.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { avroFileSerde } from './avro/avro.ts';
import { type AvroNames, type AvroType, readAvroSchema } from './avro/avro-schema.ts';
import { type DeclaredType, declaredIn, type ProtoFile, readProtoFile } from './protobuf/proto-files.ts';
import { ProtoTypeTable } from './protobuf/proto-types.ts';
import { protobufFileSerde } from './protobuf/protobuf.ts';
import { type Serde, SerdeError } from './serde.ts';
import type { SchemaFile } from './serde-source.ts';

const AVRO = 'avro-file:';
const PROTOBUF = 'protobuf-file:';
/** More of them nobody looks through. */
const MOST_NAMES = 2000;

/** The .avsc and .proto files of a cluster, read when they are first needed. Imports are found among them and nowhere else. */
export class FileSchemas {
  readonly #avro: ReadonlyMap<string, string>;
  readonly #protos: ReadonlyMap<string, ProtoFile>;
  readonly #serdes = new Map<string, Serde | SerdeError>();
  #types: ReadonlyMap<string, AvroType | SerdeError> | null = null;
  #declared: ReadonlyMap<string, ProtoFile> | null = null;

  constructor(files: readonly SchemaFile[]) {
    this.#avro = new Map(
      files.filter(({ path }) => path.endsWith('.avsc')).map(({ path, text }) => [path, text]),
    );
    this.#protos = new Map(
      files.filter(({ path }) => path.endsWith('.proto')).map((file) => [file.path, file]),
    );
  }

  /** Those that can be used. */
  get names(): SerdeName[] {
    const avro = [...this.#avroTypes()].filter(([, type]) => !(type instanceof SerdeError));
    const names = [
      ...avro.map(([path]) => `${AVRO}${path}` as const),
      ...[...this.#messageFiles().keys()].map((type) => `${PROTOBUF}${type}` as const),
    ];
    return names.slice(0, MOST_NAMES);
  }

  /** By its full name. @throws SerdeError for one whose file or type is not there, or cannot be used */
  serde(name: string): Serde {
    let serde = this.#serdes.get(name);
    if (serde === undefined) {
      serde = made(() =>
        name.startsWith(AVRO)
          ? this.#avroSerde(name.slice(AVRO.length))
          : this.#protobufSerde(name.slice(PROTOBUF.length)),
      );
      this.#serdes.set(name, serde);
    }
    if (serde instanceof SerdeError) throw serde;
    return serde;
  }

  #avroSerde(path: string): Serde {
    const type = this.#avroTypes().get(path);
    if (type === undefined) throw new SerdeError(say('serde.noFile', { file: path }));
    if (type instanceof SerdeError) throw type;
    return avroFileSerde(path, type);
  }

  #protobufSerde(name: string): Serde {
    const file = this.#messageFiles().get(name);
    if (!file) throw new SerdeError(say('proto.noType', { name }));
    const { root } = readProtoFile(file, (path, from) => this.#import(path, from));
    const type = new ProtoTypeTable(root).message(name);
    if (!type) throw new SerdeError(say('proto.noType', { name }));
    return protobufFileSerde(type);
  }

  /** By its path from the folder, else from the file that imports it. */
  #import(path: string, from: string): ProtoFile | null {
    const beside = from.includes('/') ? `${from.slice(0, from.lastIndexOf('/'))}/${path}` : path;
    return this.#protos.get(path) ?? this.#protos.get(beside) ?? null;
  }

  /** Files may use the types of others: those that lack one are tried again as long as that brings new ones. */
  #avroTypes(): ReadonlyMap<string, AvroType | SerdeError> {
    if (this.#types) return this.#types;
    const types = new Map<string, AvroType | SerdeError>();
    const names: AvroNames = new Map();
    let left = [...this.#avro];
    for (let before = -1; left.length !== before; ) {
      before = left.length;
      left = left.filter(([path, text]) => {
        // What one that fails declares before it does would be half of a type.
        const own: AvroNames = new Map(names);
        const type = made(() => readAvroSchema(text, own));
        types.set(path, type);
        if (type instanceof SerdeError) return true;
        for (const [name, declared] of own) names.set(name, declared);
        return false;
      });
    }
    this.#types = types;
    return types;
  }

  #messageFiles(): ReadonlyMap<string, ProtoFile> {
    if (this.#declared) return this.#declared;
    const declared = new Map<string, ProtoFile>();
    for (const file of this.#protos.values()) {
      const types = made(() => declaredIn(file));
      if (!(types instanceof SerdeError)) for (const name of namesOf(types)) declared.set(name, file);
    }
    this.#declared = declared;
    return declared;
  }
}

function namesOf(types: readonly DeclaredType[]): string[] {
  return types.flatMap(({ fullName, nested }) => [fullName, ...namesOf(nested)]);
}

function made<Result>(make: () => Result): Result | SerdeError {
  try {
    return make();
  } catch (error) {
    if (error instanceof SerdeError) return error;
    throw error;
  }
}
