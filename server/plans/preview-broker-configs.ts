import type { AlterBrokerConfigsBody } from '../../lib/contract/brokers.ts';
import type { Plan } from '../../lib/contract/plans.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { alterConfigsCommands } from '../../lib/kafka/command-line.ts';
import { alterConfigs } from '../client/alter-configs.ts';
import type { Cluster } from '../cluster.ts';
import { readBrokerConfigEntries } from '../snapshot/config-reader.ts';
import { configChange } from './config-change.ts';
import { planOf } from './plan-of.ts';
import { previewBy } from './preview-wait.ts';

/** What changed dynamic configs do to one broker (KIP-226). Throws what the broker would refuse. */
export async function previewBrokerConfigs(
  cluster: Cluster,
  broker: number,
  { changes }: AlterBrokerConfigsBody,
): Promise<Unspoken<Plan>> {
  const name = String(broker);
  const [entries] = await Promise.all([
    readBrokerConfigEntries(cluster.client, broker, previewBy() - Date.now()),
    alterConfigs(cluster.client, { type: 'broker', name }, changes, true),
  ]);
  const present = new Map(entries.map((entry) => [entry.name, entry]));
  const resource = { name: say('part.broker', { broker }), own: 'dynamic-broker' } as const;
  return planOf('alter-broker-configs', {
    changes: Object.entries(changes).flatMap(([key, value]) =>
      configChange(resource, key, value, present.get(key)),
    ),
    warnings: [],
    ...alterConfigsCommands(cluster, { type: 'brokers', name }, changes),
  });
}
