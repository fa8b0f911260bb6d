/** What a quota is for: names by type (`user`, `client-id`, `ip`); a null name stands for all that have none of their own. */
export type QuotaEntity = ReadonlyMap<string, string | null>;

export interface ClientQuotaImage {
  readonly entity: QuotaEntity;
  readonly values: ReadonlyMap<string, number>;
}

/** The same text for the same entity, however its parts are ordered. */
export function quotaKey(entity: QuotaEntity): string {
  return JSON.stringify([...entity].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The entity as Kafka's sentences print it. */
export function quotaEntityText(entity: QuotaEntity): string {
  const entries = [...entity].map(([type, name]) => `${type}=${name}`);
  return `ClientQuotaEntity(entries={${entries.join(', ')}})`;
}
