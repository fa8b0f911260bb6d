import type { OverviewBroker } from '../../lib/contract/clusters.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { PartialProblem } from '../../lib/contract/problem.ts';
import type { ClusterSnapshot, SnapshotBroker } from './cluster-snapshot.ts';

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
export function deadBrokerProblems(brokers: readonly SnapshotBroker[]): PartialProblem[] {
  return brokers
    .filter((broker) => !broker.isAlive)
    .map(({ id }) => ({
      subject: `broker ${id}`,
      code: 'broker_unreachable',
      detail: `Broker ${id} is down: replicas name it, but the cluster's metadata does not list it`,
      action: 'Start the broker, or reassign its replicas to others',
    }));
}

/** A broker of the snapshot; throws `not_found`. */
export function brokerOf(snapshot: ClusterSnapshot, id: number): SnapshotBroker {
  const broker = snapshot.brokers.find((one) => one.id === id);
  if (broker) return broker;
  const known = snapshot.brokers.map((one) => one.id).join(', ');
  throw new Failure('not_found', `There is no broker ${id}`, {
    action: known ? `The cluster's brokers are ${known}` : 'No broker of the cluster is alive',
  });
}
