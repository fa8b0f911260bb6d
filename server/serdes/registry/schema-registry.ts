import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { SchemaNeeded, SerdeError } from '../serde.ts';
import type { RegistrySource } from '../serde-source.ts';
import type { RegisteredSchema } from './registered-schema.ts';
import { RegistryError, RegistryRequests, registryTrouble } from './registry-requests.ts';

/** A registry that did not answer is left alone for so long: a scan must not wait for it with every record. */
const DOWN_MS = 5000;
/** A schema that is not there may be registered any time. */
const UNKNOWN_MS = 15_000;
/** The newest version of a subject may be another any time. */
const LATEST_MS = 2000;
/** Bytes that are no schema ids look like ever new ones: so many unknown ones within UNKNOWN_MS, and none is asked for. */
const MOST_UNKNOWN = 30;
const MOST_SCHEMAS = 2000;
const MOST_REFERENCES = 200;

type Known = { schema: RegisteredSchema } | { error: SerdeError; until: number } | { ready: Promise<void> };

/** The schemas of one registry. Those that were fetched are kept, as an id means the same schema for ever. */
export class SchemaRegistry {
  readonly #requests: RegistryRequests;
  readonly #known = new Map<string, Known>();
  readonly #latest = new Map<string, { id: number; until: number }>();
  #down: { error: SerdeError; until: number } | null = null;
  #unknown: number[] = [];

  constructor(source: RegistrySource) {
    this.#requests = new RegistryRequests(source);
  }

  /**
   * The schema of an id, or of a guid (Confluent's header `__value_schema_id`).
   *
   * @throws SchemaNeeded when it has to be fetched, SerdeError when it cannot be had
   */
  schema(id: number | string): RegisteredSchema {
    const key = String(id);
    const known = this.#known.get(key);
    if (known && 'schema' in known) return known.schema;
    if (known && 'ready' in known) throw new SchemaNeeded(known.ready);
    const now = Date.now();
    if (known && known.until > now) throw known.error;
    if (this.#down && this.#down.until > now) throw this.#down.error;
    this.#unknown = this.#unknown.filter((at) => at > now - UNKNOWN_MS);
    if (this.#unknown.length >= MOST_UNKNOWN) throw new SerdeError(say('registry.manyUnknown'));
    const ready = this.#fetch(id).then(
      (schema) => this.#keep(key, { schema }),
      (error: unknown) => this.#failed(key, error),
    );
    this.#keep(key, { ready });
    throw new SchemaNeeded(ready);
  }

  /** The same, waiting for it. Rejects with SerdeError. */
  async fetched(id: number | string): Promise<RegisteredSchema> {
    for (;;) {
      try {
        return this.schema(id);
      } catch (error) {
        if (!(error instanceof SchemaNeeded)) throw error;
        await error.ready;
      }
    }
  }

  /** The newest version of a subject. Rejects with SerdeError. */
  async latest(subject: string): Promise<RegisteredSchema> {
    const kept = this.#latest.get(subject);
    if (kept && kept.until > Date.now()) return this.fetched(kept.id);
    const answer = await this.#requests
      .get(`/subjects/${encodeURIComponent(subject)}/versions/latest`)
      .catch((error: unknown) => {
        throw registryTrouble(error) === 'unknown'
          ? new RegistryError('unknown', say('registry.noSubject', { subject }))
          : error;
      });
    const { id } = answer as { id?: unknown };
    if (typeof id !== 'number') throw new RegistryError('down', say('registry.notRegistry'));
    this.#latest.set(subject, { id, until: Date.now() + LATEST_MS });
    return this.fetched(id);
  }

  close(): void {
    this.#requests.close();
  }

  #keep(key: string, known: Known): void {
    // The oldest goes first; while one is being fetched, those who wait for it hold on to its promise.
    if (!this.#known.has(key) && this.#known.size >= MOST_SCHEMAS) {
      this.#known.delete(this.#known.keys().next().value!);
    }
    this.#known.set(key, known);
  }

  #failed(key: string, error: unknown): void {
    const told =
      error instanceof SerdeError
        ? error
        : new SerdeError(say('registry.unreachable', { code: String(error) }));
    const now = Date.now();
    if (registryTrouble(error) === 'down') this.#down = { error: told, until: now + DOWN_MS };
    if (registryTrouble(error) === 'unknown') this.#unknown.push(now);
    this.#keep(key, { error: told, until: now + (registryTrouble(error) === 'down' ? DOWN_MS : UNKNOWN_MS) });
  }

  async #fetch(id: number | string): Promise<RegisteredSchema> {
    const path = typeof id === 'number' ? `/schemas/ids/${id}` : `/schemas/guids/${encodeURIComponent(id)}`;
    const answer = await this.#requests.get(path).catch((error: unknown) => {
      throw registryTrouble(error) === 'unknown'
        ? new RegistryError('unknown', say('registry.unknownId', { id }))
        : error;
    });
    const told = schemaOf(answer);
    const references = new Map<string, string>();
    await this.#follow(told.references, references, new Set());
    return {
      id: typeof id === 'number' ? id : told.id,
      type: told.type,
      text: told.text,
      references: [...references].map(([name, text]) => ({ name, text })),
    };
  }

  async #follow(wanted: Reference[], found: Map<string, string>, underWay: Set<string>): Promise<void> {
    for (const { name, subject, version } of wanted) {
      if (found.has(name) || underWay.has(name)) continue;
      underWay.add(name);
      if (underWay.size > MOST_REFERENCES)
        throw new SerdeError(say('registry.manyReferences', { most: MOST_REFERENCES }));
      const path = `/subjects/${encodeURIComponent(subject)}/versions/${version}?deleted=true`;
      const answer = await this.#requests.get(path).catch((error: unknown) => {
        throw registryTrouble(error) === 'unknown'
          ? new RegistryError('unknown', say('registry.noReference', { name, subject, version }))
          : error;
      });
      const told = schemaOf(answer);
      await this.#follow(told.references, found, underWay);
      found.set(name, told.text);
    }
  }
}

interface Reference {
  name: string;
  subject: string;
  version: number;
}

function schemaOf(answer: unknown): {
  id: number;
  type: RegisteredSchema['type'];
  text: string;
  references: Reference[];
} {
  const { id, schema, schemaType = 'AVRO', references } = (answer ?? {}) as Record<string, unknown>;
  if (typeof schema !== 'string') throw new RegistryError('down', say('registry.notRegistry'));
  if (schemaType !== 'AVRO' && schemaType !== 'PROTOBUF' && schemaType !== 'JSON') {
    throw new SerdeError(say('registry.unknownType', { type: String(schemaType).slice(0, 40) }));
  }
  const named = (Array.isArray(references) ? references : []).filter(
    (one): one is Reference =>
      typeof one?.name === 'string' && typeof one.subject === 'string' && typeof one.version === 'number',
  );
  return { id: typeof id === 'number' ? id : -1, type: schemaType, text: schema, references: named };
}
