import type { SerdeName } from '../../lib/contract/serdes.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { avroFormat } from './avro/avro.ts';
import type { AvroType } from './avro/avro-schema.ts';
import { cborSerde } from './cbor.ts';
import { base64Serde, hexSerde, uuidSerde } from './identifiers.ts';
import { jsonSerde } from './json.ts';
import { messagePackSerde } from './messagepack.ts';
import { doubleSerde, floatSerde, integerSerde, longSerde, shortSerde } from './numbers.ts';
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
  readonly #avro: RegistrySerde<AvroType>;
  readonly #serdes = new Map<string, Serde>();

  constructor(source: SerdeSource) {
    this.registry = source.registry && new SchemaRegistry(source.registry);
    this.#avro = new RegistrySerde(avroFormat, this.registry);
    const serdes: Serde[] = [
      textSerde,
      jsonSerde,
      shortSerde,
      integerSerde,
      longSerde,
      floatSerde,
      doubleSerde,
      uuidSerde,
      hexSerde,
      base64Serde,
      messagePackSerde,
      cborSerde,
      xmlSerde,
      this.#avro,
    ];
    for (const serde of serdes) this.#serdes.set(serde.name, serde);
  }

  /** Names of all that can be chosen. */
  get available(): SerdeName[] {
    return [...this.#serdes.keys()] as SerdeName[];
  }

  /** @throws SerdeError when a schema file it names is not there, or cannot be used */
  serde(name: SerdeName): Serde {
    const serde = this.#serdes.get(name);
    if (!serde) throw new SerdeError(say('serde.unknown', { name }));
    return serde;
  }

  /** What a schema describes: the name of its record, its message type, or its title. */
  schemaName(schema: RegisteredSchema): string {
    return this.#avro.schemaName(schema);
  }

  /** Closes connections to the registry. */
  close(): void {
    this.registry?.close();
  }
}
