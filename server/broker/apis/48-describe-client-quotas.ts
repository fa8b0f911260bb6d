import { ERROR } from '../../protocol/errors.ts';
import {
  type ComponentData,
  describeClientQuotasApi,
} from '../../protocol/messages/describe-client-quotas.ts';
import type { QuotaEntity } from '../controller/client-quota-image.ts';
import { type Outcome, refused } from '../controller/outcome.ts';
import { handler } from '../net/handler.ts';
import { mayOnCluster, NOT_AUTHORIZED } from '../security/permissions.ts';

const ENTITY_TYPES = ['ip', 'user', 'client-id'];
const EXACT = 0;
const DEFAULT = 1;
const SPECIFIED = 2;

/** DescribeClientQuotas 0–1 (KIP-546): the quotas of all entities that have, or with `strict` are made of, what is asked for. */
export const describeClientQuotas = handler(
  describeClientQuotasApi,
  { min: 0, max: 1 },
  ({ components, strict }, context) => {
    const { cluster } = context;
    if (!mayOnCluster(context, 'describeConfigs')) return { ...NOT_AUTHORIZED.cluster, entries: null };
    const problem = problemWith(components);
    if (problem !== null) return { ...problem, entries: null };
    const quotas = [...cluster.image.clientQuotas.values()].filter(
      ({ entity }) =>
        (!strict || entity.size === components.length) &&
        components.every((component) => matches(entity, component)),
    );
    return {
      errorCode: ERROR.NONE,
      entries: quotas.map(({ entity, values }) => ({
        entity: Array.from(entity, ([entityType, entityName]) => ({ entityType, entityName })),
        values: Array.from(values, ([key, value]) => ({ key, value })),
      })),
    };
  },
);

function matches(entity: QuotaEntity, { entityType, matchType, match }: ComponentData): boolean {
  if (!entity.has(entityType)) return false;
  return matchType === SPECIFIED || entity.get(entityType) === (matchType === EXACT ? match : null);
}

function problemWith(components: readonly ComponentData[]): Outcome | null {
  const invalid = (message: string) => refused(ERROR.INVALID_REQUEST, message);
  const types = new Set<string>();
  for (const { entityType, matchType, match } of components) {
    if (entityType === '') return invalid('Invalid empty entity type.');
    if (types.has(entityType))
      return invalid(`Entity type ${entityType} cannot appear more than once in the filter.`);
    types.add(entityType);
    if (!ENTITY_TYPES.includes(entityType)) {
      return refused(ERROR.UNSUPPORTED_VERSION, `Unsupported entity type ${entityType}`);
    }
    if (matchType === EXACT && match === null) {
      return invalid('Request specified MATCH_TYPE_EXACT, but set match string to null.');
    }
    if (matchType === DEFAULT && match !== null) {
      return invalid('Request specified MATCH_TYPE_DEFAULT, but also specified a match string.');
    }
    if (matchType === SPECIFIED && match !== null) {
      return invalid('Request specified MATCH_TYPE_SPECIFIED, but also specified a match string.');
    }
    if (matchType < EXACT || matchType > SPECIFIED) return invalid(`Unknown match type ${matchType}`);
  }
  if (!types.has('ip') || types.size === 1) return null;
  return invalid(
    'Invalid entity filter component combination. IP filter component should not be used with user or clientId filter component.',
  );
}
