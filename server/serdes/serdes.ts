import type { SerdeName } from '../../lib/contract/serdes.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { cborSerde } from './cbor.ts';
import type { FileSchemas } from './file-schemas.ts';
import { base64Serde, hexSerde, uuidSerde } from './identifiers.ts';
import { jsonSerde } from './json.ts';
import { LazySerde } from './lazy-serde.ts';
import { messagePackSerde } from './messagepack.ts';
import { doubleSerde, floatSerde, integerSerde, longSerde, shortSerde } from './numbers.ts';
import type { RegisteredSchema } from './registry/registered-schema.ts';
import { RegistrySerde } from './registry/registry-serde.ts';
import { SchemaRegistry } from './registry/schema-registry.ts';
import { type Serde, SerdeError } from './serde.ts';
import type { SerdeSource } from './serde-source.ts';
import { textSerde } from './text.ts';

const OF_FILE = /^(?:avro|protobuf)-file:/;
/** Names that anybody may ask for; each costs a little, used or not. */
const MOST_FILE_SERDES = 5000;

/** How keys and values of one cluster are read and written. Each thread makes its own from the cluster's source. */
export class Serdes {
  /** Null: none is configured. */
  readonly registry: SchemaRegistry | null;
  readonly #source: SerdeSource;
  readonly #ofRegistry: readonly LazySerde[];
  readonly #serdes: ReadonlyMap<string, Serde>;
  readonly #ofFiles = new Map<string, LazySerde>();
  #files: Promise<FileSchemas> | null = null;

  constructor(source: SerdeSource) {
    const registry = source.registry && new SchemaRegistry(source.registry);
    this.registry = registry;
    this.#source = source;
    this.#ofRegistry = [
      new LazySerde('avro', async () => {
        const { avroFormat } = await import('./avro/avro.ts');
        return new RegistrySerde(avroFormat, registry);
      }),
      new LazySerde('protobuf', async () => {
        const { protobufFormat } = await import('./protobuf/protobuf.ts');
        return new RegistrySerde(protobufFormat, registry);
      }),
      new LazySerde(
        'json-schema',
        async () => {
          const { jsonSchemaFormat } = await import('./json-schema/json-schema.ts');
          return new RegistrySerde(jsonSchemaFormat, registry);
        },
        { isSearchableInBytes: true },
      ),
    ];
    const serdes: Serde[] = [
      textSerde,
      jsonSerde,
      ...this.#ofRegistry,
      shortSerde,
      integerSerde,
      longSerde,
      floatSerde,
      doubleSerde,
      uuidSerde,
      messagePackSerde,
      cborSerde,
      new LazySerde('xml', async () => (await import('./xml.ts')).xmlSerde, { isSearchableInBytes: true }),
      hexSerde,
      base64Serde,
      ...KAFKA_SERDES.map((name) => new LazySerde(name, () => kafkaSerde(name))),
    ];
    this.#serdes = new Map(serdes.map((serde) => [serde.name, serde]));
  }

  /** Names of all that can be used: those of a registry only where there is one. */
  async available(): Promise<SerdeName[]> {
    const all: readonly Serde[] = [...this.#serdes.values()];
    const ofRegistry: readonly Serde[] = this.registry ? [] : this.#ofRegistry;
    const usable = all.filter((serde) => !ofRegistry.includes(serde)).map(({ name }) => name);
    return this.#source.files.length === 0 ? usable : [...usable, ...(await this.#schemas()).names];
  }

  /** What is wrong with one of a schema file is said when it is used. @throws SerdeError for a name that is none */
  serde(name: SerdeName): Serde {
    const serde = this.#serdes.get(name) ?? this.#ofFile(name);
    if (!serde) throw new SerdeError(say('serde.unknown', { name }));
    return serde;
  }

  /** Rejects with a SerdeError that says why a serde cannot be used on this cluster. */
  async check(name: SerdeName): Promise<void> {
    const serde = this.serde(name);
    if (!(serde instanceof LazySerde)) return;
    if (this.#ofRegistry.includes(serde) && !this.registry) throw new SerdeError(say('registry.none'));
    await serde.loaded();
  }

  /** What a schema describes: the name of its record or message type, or its title. */
  async schemaName(schema: RegisteredSchema): Promise<string> {
    const serde = await this.#ofRegistry.find(({ name }) => name === SERDE_OF_SCHEMA[schema.type])?.loaded();
    return serde instanceof RegistrySerde ? serde.schemaName(schema) : schema.type;
  }

  /** Closes connections to the registry. */
  close(): void {
    this.registry?.close();
  }

  #ofFile(name: SerdeName): Serde | null {
    if (!OF_FILE.test(name)) return null;
    let serde = this.#ofFiles.get(name);
    if (!serde) {
      if (this.#ofFiles.size >= MOST_FILE_SERDES) this.#ofFiles.clear();
      serde = new LazySerde(name, async () => (await this.#schemas()).serde(name));
      this.#ofFiles.set(name, serde);
    }
    return serde;
  }

  #schemas(): Promise<FileSchemas> {
    this.#files ??= import('./file-schemas.ts').then(
      ({ FileSchemas }) => new FileSchemas(this.#source.files),
    );
    return this.#files;
  }
}

/** The serde of a registry's schemas. */
export const SERDE_OF_SCHEMA = {
  AVRO: 'avro',
  PROTOBUF: 'protobuf',
  JSON: 'json-schema',
} as const satisfies Record<RegisteredSchema['type'], SerdeName>;

const KAFKA_SERDES = [
  'consumer-offsets',
  'transaction-state',
  'share-group-state',
  'mm2-heartbeat',
  'mm2-checkpoint',
  'mm2-offset-sync',
  'connect-config',
  'connect-offset',
  'connect-status',
] as const;

async function kafkaSerde(name: SerdeName): Promise<Serde> {
  const { internalSerdes } = await import('./kafka/internal-serdes.ts');
  return internalSerdes.get(name)!;
}
