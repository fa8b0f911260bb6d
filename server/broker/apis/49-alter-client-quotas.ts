import { alterClientQuotasApi } from '../../protocol/messages/alter-client-quotas.ts';
import { handler } from '../net/handler.ts';
import { clusterRefusal } from '../security/permissions.ts';

/** AlterClientQuotas 0–1 (KIP-546): sets and removes the quotas of users, client ids and addresses. */
export const alterClientQuotas = handler(
  alterClientQuotasApi,
  { min: 0, max: 1 },
  ({ entries, validateOnly }, context) => {
    const { cluster } = context;
    const forbidden = clusterRefusal(context, 'alterConfigs');
    if (forbidden !== null) {
      return { entries: entries.map(({ entity }) => ({ ...forbidden, entity })) };
    }
    const outcomes = cluster.controller.alterClientQuotas(
      entries.map(({ entity, ops }) => ({
        entity: entity.map(({ entityType, entityName }) => ({ type: entityType, name: entityName })),
        changes: ops.map(({ key, value, remove }) => ({ key, value: remove ? null : value })),
      })),
      validateOnly,
    );
    return { entries: entries.map(({ entity }, index) => ({ ...outcomes[index]!, entity })) };
  },
);
