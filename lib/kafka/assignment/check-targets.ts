import type { PartitionReplicas, TopologyBroker } from '../topology.ts';

export interface TargetError {
  /** Index in the list of targets. */
  readonly index: number;
  readonly message: string;
}

export interface TargetWarning {
  readonly code: string;
  readonly detail: string;
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

    function wrong(): string | undefined {
      const present = replicasOf(topic, partition);
      if (present === undefined) return `There is no topic ${topic}`;
      if (present === null) return `Topic ${topic} has no partition ${partition}`;
      const name = `${topic}-${partition}`;
      if (seen.has(name)) return `${name} is there twice`;
      seen.add(name);
      if (replicas.length === 0) return `${name} needs at least one broker`;
      const unknown = replicas.find((id) => !known.has(id));
      if (unknown !== undefined) return `There is no broker ${unknown}`;
      const twice = replicas.find((id, at) => replicas.indexOf(id) !== at);
      return twice === undefined ? undefined : `Broker ${twice} is there twice`;
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
    const warn = (code: string, detail: string): void => {
      warnings.push({ code, detail, subject });
    };
    const present = replicasOf(topic, partition);
    const dead = replicas.filter((id) => byId.get(id)?.isAlive === false && !present?.includes(id));
    if (dead.length > 0)
      warn('broker-down', `Broker ${dead.join(', ')} is down: its replica is copied only when it is back`);
    if (replicas.length === 1)
      warn('single-replica', 'One replica: when its broker is down, nothing can be read or written');
    const used = new Set(replicas.map((id) => byId.get(id)?.rack ?? null));
    if (replicas.length > 1 && racks.size > 1 && used.size === 1)
      warn(
        'one-rack',
        `All replicas are in rack ${[...used][0] ?? 'none'}: it takes them all along when it fails`,
      );
    if (!present) continue;
    if (replicas.length < present.length)
      warn('fewer-replicas', `It will have ${replicas.length} of its ${present.length} replicas`);
    if (!replicas.some((id) => present.includes(id)))
      warn('no-replica-stays', 'No present replica stays: all data is copied, and the leader changes');
  }
  return warnings;
}
