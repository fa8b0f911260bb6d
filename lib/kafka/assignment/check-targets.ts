import type { Sentence } from '../../contract/sentence.ts';
import { say } from '../../i18n/sentences/sentence.ts';
import type { PartitionReplicas, TopologyBroker } from '../topology.ts';

export interface TargetError {
  /** Index in the list of targets. */
  readonly index: number;
  readonly message: Sentence;
}

export interface TargetWarning {
  readonly code: string;
  readonly detail: Sentence;
  /** The partition, as Kafka writes it: `orders-3`. */
  readonly subject: string;
}

/** What is wrong with targets written by hand, one error a target; empty when Kafka would take them. */
export function targetErrors(
  targets: readonly PartitionReplicas[],
  brokers: readonly TopologyBroker[],
  replicasOf: (topic: string, partition: number) => readonly number[] | undefined | null,
): TargetError[] {
  const known = new Set(brokers.map(({ id }) => id));
  const seen = new Set<string>();
  const errors: TargetError[] = [];
  for (const [index, { topic, partition, replicas }] of targets.entries()) {
    const message = wrong();
    if (message) errors.push({ index, message });

    function wrong(): Sentence | undefined {
      const present = replicasOf(topic, partition);
      if (present === undefined) return say('topic.unknown', { topic });
      if (present === null) return say('partition.unknown', { topic, partition });
      const name = `${topic}-${partition}`;
      if (seen.has(name)) return say('target.twice', { name });
      seen.add(name);
      if (replicas.length === 0) return say('target.noBroker', { name });
      const unknown = replicas.find((id) => !known.has(id));
      if (unknown !== undefined) return say('broker.unknown', { broker: unknown });
      const twice = replicas.find((id, at) => replicas.indexOf(id) !== at);
      return twice === undefined ? undefined : say('target.brokerTwice', { broker: twice });
    }
  }
  return errors;
}

/** What Kafka would take but a person should know of targets without errors; null where the partition does not exist yet. */
export function targetWarnings(
  targets: readonly PartitionReplicas[],
  brokers: readonly TopologyBroker[],
  replicasOf: (topic: string, partition: number) => readonly number[] | null,
): TargetWarning[] {
  const byId = new Map(brokers.map((broker) => [broker.id, broker]));
  const racks = new Set(brokers.filter(({ isAlive }) => isAlive).map(({ rack }) => rack));
  racks.delete(null);
  const warnings: TargetWarning[] = [];
  for (const { topic, partition, replicas } of targets) {
    const subject = `${topic}-${partition}`;
    const warn = (code: string, detail: Sentence): void => {
      warnings.push({ code, detail, subject });
    };
    const present = replicasOf(topic, partition);
    const dead = replicas.filter((id) => byId.get(id)?.isAlive === false && !present?.includes(id));
    if (dead.length > 0) warn('broker-down', say('warn.brokerDown', { brokers: dead.join(', ') }));
    if (replicas.length === 1) warn('single-replica', say('warn.singleReplica'));
    const used = new Set(replicas.map((id) => byId.get(id)?.rack ?? null));
    if (replicas.length > 1 && racks.size > 1 && used.size === 1)
      warn('one-rack', say('warn.oneRack', { rack: [...used][0] ?? 'none' }));
    if (!present) continue;
    if (replicas.length < present.length)
      warn('fewer-replicas', say('warn.fewerReplicas', { after: replicas.length, before: present.length }));
    if (!replicas.some((id) => present.includes(id))) warn('no-replica-stays', say('warn.noReplicaStays'));
  }
  return warnings;
}
