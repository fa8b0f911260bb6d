import type { SerdeName } from '../../lib/contract/serdes.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { avroFormat } from './avro/avro.ts';
import { cborSerde } from './cbor.ts';
import { FileSchemas } from './file-schemas.ts';
import { base64Serde, hexSerde, uuidSerde } from './identifiers.ts';
import { jsonSerde } from './json.ts';
import { jsonSchemaFormat } from './json-schema/json-schema.ts';
import { connectSerdes } from './kafka/connect.ts';
import { kafkaRecordSerdes } from './kafka/kafka-records.ts';
import { mirrorMakerSerdes } from './kafka/mirror-maker.ts';
import { messagePackSerde } from './messagepack.ts';
import { doubleSerde, floatSerde, integerSerde, longSerde, shortSerde } from './numbers.ts';
import { protobufFormat } from './protobuf/protobuf.ts';
import type { RegisteredSchema } from './registry/registered-schema.ts';
import { RegistrySerde } from './registry/registry-serde.ts';
import { SchemaRegistry } from './registry/schema-registry.ts';
import { type Serde, SerdeError } from './serde.ts';
import type { SerdeSource } from './serde-source.ts';
import { textSerde } from './text.ts';
import { xmlSerde } from './xml.ts';

/** How keys and values of one cluster are read and written. Each thread makes its own from the cluster's source. */
export class Serdes {
  /** Null: none is configured. */
  readonly registry: SchemaRegistry | null;
  readonly #ofSchemas: Record<
    RegisteredSchema['type'],
    Serde & { schemaName(schema: RegisteredSchema): string }
  >;
  readonly #serdes: ReadonlyMap<string, Serde>;
  readonly #files: FileSchemas;

  constructor(source: SerdeSource) {
    this.registry = source.registry && new SchemaRegistry(source.registry);
    this.#files = new FileSchemas(source.files);
    const avro = new RegistrySerde(avroFormat, this.registry);
    const protobuf = new RegistrySerde(protobufFormat, this.registry);
    const jsonSchema = new RegistrySerde(jsonSchemaFormat, this.registry);
    this.#ofSchemas = { AVRO: avro, PROTOBUF: protobuf, JSON: jsonSchema };
    const serdes: Serde[] = [
      textSerde,
      jsonSerde,
      avro,
      protobuf,
      jsonSchema,
      shortSerde,
      integerSerde,
      longSerde,
      floatSerde,
      doubleSerde,
      uuidSerde,
      messagePackSerde,
      cborSerde,
      xmlSerde,
      hexSerde,
      base64Serde,
      ...kafkaRecordSerdes,
      ...mirrorMakerSerdes,
      ...connectSerdes,
    ];
    this.#serdes = new Map(serdes.map((serde) => [serde.name, serde]));
  }

  /** Names of all that can be used: those of a registry only where there is one. */
  get available(): SerdeName[] {
    const ofSchemas: Serde[] = Object.values(this.#ofSchemas);
    const usable = [...this.#serdes.values()].filter((serde) => this.registry || !ofSchemas.includes(serde));
    return [...usable.map(({ name }) => name), ...this.#files.names];
  }

  /** @throws SerdeError when a schema file it names is not there, or cannot be used */
  serde(name: SerdeName): Serde {
    const serde = this.#serdes.get(name) ?? this.#files.serde(name);
    if (!serde) throw new SerdeError(say('serde.unknown', { name }));
    return serde;
  }

  /** @throws SerdeError that says why a serde cannot be used on this cluster */
  check(name: SerdeName): void {
    const serde = this.serde(name);
    const needsRegistry = Object.values(this.#ofSchemas).some((one: Serde) => one === serde);
    if (needsRegistry && !this.registry) throw new SerdeError(say('registry.none'));
  }

  /** What a schema describes: the name of its record or message type, or its title. */
  schemaName(schema: RegisteredSchema): string {
    return this.#ofSchemas[schema.type].schemaName(schema);
  }

  /** Closes connections to the registry. */
  close(): void {
    this.registry?.close();
  }
}
