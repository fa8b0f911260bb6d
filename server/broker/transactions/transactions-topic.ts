import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { brokerConfig, brokerConfigNumber } from '../config/resolve.ts';
import type { TopicImage } from '../controller/metadata-image.ts';

export const TRANSACTIONS_TOPIC = '__transaction_state';

/**
 * `__transaction_state`, made on first use with the broker's `transaction.state.log.*`, on as many brokers as there are if they
 * are fewer. Null when it can't be made now.
 */
export function transactionsTopic(cluster: Cluster, broker: Broker): TopicImage | null {
  const existing = cluster.image.topic(TRANSACTIONS_TOPIC);
  if (existing !== undefined) return existing;
  const wanted = brokerConfigNumber(cluster, broker, 'transaction.state.log.replication.factor');
  const available = [...cluster.image.brokers.keys()].filter((id) => cluster.image.isActive(id)).length;
  const replicationFactor = Math.min(wanted, available);
  const minIsr = brokerConfigNumber(cluster, broker, 'transaction.state.log.min.isr');
  return cluster.controller.createTopic({
    name: TRANSACTIONS_TOPIC,
    partitionCount: brokerConfigNumber(cluster, broker, 'transaction.state.log.num.partitions'),
    replicationFactor,
    assignment: null,
    configs: new Map([
      ['cleanup.policy', 'compact'],
      ['compression.type', 'uncompressed'],
      ['min.insync.replicas', String(minIsr)],
      ['segment.bytes', brokerConfig(cluster, broker, 'transaction.state.log.segment.bytes')],
      ['unclean.leader.election.enable', 'false'],
    ]),
  }).topic;
}
