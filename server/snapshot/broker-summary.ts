import type { OverviewBroker } from '../../lib/contract/clusters.ts';
import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ClusterSnapshot, SnapshotBroker } from './cluster-snapshot.ts';
import type { MissingPart } from './read-problem.ts';

/** A broker with what it leads and holds. */
export function brokerSummary(snapshot: ClusterSnapshot, broker: SnapshotBroker): OverviewBroker {
  const counts = snapshot.topics.numbers.brokers.get(broker.id);
  return {
    id: broker.id,
    host: broker.host,
    port: broker.port,
    rack: broker.rack,
    isController: broker.id === snapshot.controllerId,
    isAlive: broker.isAlive,
    leaderCount: counts?.leaderCount ?? 0,
    leaderPercent: counts?.leaderPercent ?? 0,
    replicaCount: counts?.replicaCount ?? 0,
    preferredLeaderCount: counts?.preferredLeaderCount ?? 0,
    underReplicatedCount: counts?.underReplicatedCount ?? 0,
  };
}

/** One problem for each broker that should be there and is not. */
export function deadBrokerProblems(brokers: readonly SnapshotBroker[]): MissingPart[] {
  return brokers
    .filter((broker) => !broker.isAlive)
    .map(({ id }) => ({
      subject: say('part.broker', { broker: id }),
      code: 'broker_unreachable',
      detail: say('broker.down', { broker: id }),
      action: say('broker.down.do'),
    }));
}

/** A broker of the snapshot; throws `not_found`. */
export function brokerOf(snapshot: ClusterSnapshot, id: number): SnapshotBroker {
  const broker = snapshot.brokers.find((one) => one.id === id);
  if (broker) return broker;
  const brokers = snapshot.brokers.map((one) => one.id).join(', ');
  throw new Failure('not_found', say('broker.unknown', { broker: id }), {
    action: brokers ? say('broker.unknown.do', { brokers }) : say('broker.noneAlive'),
  });
}
