import { isIP } from 'node:net';
import { ERROR } from '../../protocol/errors.ts';
import { type QuotaEntity, quotaEntityText, quotaKey } from './client-quota-image.ts';
import type { ControllerState } from './controller-state.ts';
import type { StoredRecord } from './metadata-records.ts';
import { DONE, type Outcome, refused } from './outcome.ts';

/** One entity's new quotas; null takes one away. */
export interface AlterQuota {
  readonly entity: readonly { readonly type: string; readonly name: string | null }[];
  readonly changes: readonly { readonly key: string; readonly value: number | null }[];
}

type QuotaType = 'LONG' | 'DOUBLE' | 'INT';

const USER_AND_CLIENT_QUOTAS: ReadonlyMap<string, QuotaType> = new Map([
  ['producer_byte_rate', 'LONG'],
  ['consumer_byte_rate', 'LONG'],
  ['request_percentage', 'DOUBLE'],
  ['controller_mutation_rate', 'DOUBLE'],
]);
const IP_QUOTAS: ReadonlyMap<string, QuotaType> = new Map([['connection_creation_rate', 'INT']]);
const ENTITY_TYPES = ['user', 'client-id', 'ip'];
const MAX_OF: Readonly<Record<QuotaType, number>> = {
  INT: 2 ** 31 - 1,
  LONG: 2 ** 63,
  DOUBLE: Number.POSITIVE_INFINITY,
};
const HOST_NAME = /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/;

/** See Controller.alterClientQuotas. One outcome for each request; those that are refused change nothing. */
export function alterClientQuotas(
  state: ControllerState,
  requests: readonly AlterQuota[],
  validateOnly: boolean,
): Outcome[] {
  const records: StoredRecord[] = [];
  const seen = new Set<string>();
  const outcomes = requests.map((request) => {
    const entity = new Map(request.entity.map(({ type, name }) => [type, name]));
    const key = quotaKey(entity);
    if (seen.has(key)) return invalid(`Ignoring duplicate entity ${quotaEntityText(entity)}`);
    seen.add(key);
    return alterOne(state, request, entity, records);
  });
  if (!validateOnly) state.commit(records);
  return outcomes;
}

function alterOne(
  { image }: ControllerState,
  { entity: parts, changes }: AlterQuota,
  entity: QuotaEntity,
  records: StoredRecord[],
): Outcome {
  const keys = changes.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    return invalid(
      `Duplicate quota key ${twice} not updating quota for this entity ${quotaEntityText(entity)}`,
    );
  }
  const allowed = allowedQuotas(parts, entity);
  if ('errorCode' in allowed) return allowed;
  const current = image.clientQuotas.get(quotaKey(entity))?.values;
  const changed: StoredRecord[] = [];
  for (const { key, value } of changes) {
    if (value === null) {
      if (current?.has(key)) changed.push({ type: 'client-quota', entity: [...entity], key, value });
      continue;
    }
    const problem = problemWithQuota(allowed, key, value);
    if (problem !== null) return invalid(problem);
    if (current?.get(key) !== value) changed.push({ type: 'client-quota', entity: [...entity], key, value });
  }
  records.push(...changed);
  return DONE;
}

function allowedQuotas(
  parts: AlterQuota['entity'],
  entity: QuotaEntity,
): ReadonlyMap<string, QuotaType> | Outcome {
  if (parts.length === 0) return invalid('Invalid empty client quota entity');
  for (const [index, { type, name }] of parts.entries()) {
    if (parts.findIndex((part) => part.type === type) !== index) {
      return invalid(`Invalid client quota entity, duplicate entity entry ${type}`);
    }
    if (!ENTITY_TYPES.includes(type)) return invalid(`Unhandled client quota entity type: ${type}`);
    if (name === '') return invalid(`Empty ${type} not supported`);
  }
  if (!entity.has('ip')) return USER_AND_CLIENT_QUOTAS;
  if (entity.size > 1) {
    return invalid('Invalid quota entity combination, IP entity shouldnot be combined with User or ClientId');
  }
  const ip = entity.get('ip') ?? null;
  // Kafka looks the name up; a name that could be looked up passes here.
  if (ip !== null && isIP(ip) === 0 && !ip.split('.').every((label) => HOST_NAME.test(label))) {
    return invalid(`${ip} is not a valid IP or resolvable host.`);
  }
  return IP_QUOTAS;
}

function problemWithQuota(
  allowed: ReadonlyMap<string, QuotaType>,
  key: string,
  value: number,
): string | null {
  const type = allowed.get(key);
  if (type === undefined) return `Invalid configuration key ${key}`;
  if (value <= 0) return `Quota ${key} must be greater than 0`;
  if (type === 'DOUBLE') return null;
  if (value > MAX_OF[type]) {
    return `Proposed value for ${key} is too large for ${type === 'INT' ? 'an INT' : 'a LONG'}.`;
  }
  return Math.abs(value % 1) > 1e-6 ? `${key} cannot be a fractional value.` : null;
}

function invalid(message: string): Outcome {
  return refused(ERROR.INVALID_REQUEST, message);
}
