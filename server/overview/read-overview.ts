import type { Overview } from '../../lib/contract/clusters.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { brokerSummary, deadBrokerProblems } from '../snapshot/broker-summary.ts';
import { type MissingPart, problemOf, stillReading } from '../snapshot/read-problem.ts';

/** The overview is mostly the snapshot: what else it shows is waited for only this long, and then comes next time. */
const EXTRAS_WAIT_MS = 250;

/** Health and size of a cluster, with its brokers. Throws a Failure only when nothing is known of the cluster. */
export async function readOverview({
  snapshots,
  reads,
  bootstrapServers,
}: Cluster): Promise<Unspoken<Overview>> {
  const snapshot = await snapshots.current();
  const { numbers } = snapshot.topics;
  const until = Date.now() + EXTRAS_WAIT_MS;
  const [minIsr, reassignments, groups] = await Promise.all([
    reads.minIsr.counts(snapshot.topics, until),
    reads.reassignments.read(until),
    reads.groups.read(until),
  ]);
  const problems: MissingPart[] = [...snapshot.problems, ...deadBrokerProblems(snapshot.brokers)];
  if (minIsr.problem) problems.push(minIsr.problem);
  if (reassignments === undefined) problems.push(stillReading(say('part.reassignments')));
  else if ('failure' in reassignments)
    problems.push(problemOf(say('part.reassignments'), reassignments.failure));
  problems.push(...groups.problems);
  return {
    asOf: snapshot.asOf,
    problems,
    clusterId: snapshot.clusterId,
    bootstrapServers: [...bootstrapServers],
    controllerId: snapshot.controllerId,
    mode: snapshot.mode,
    kafkaVersion: snapshot.kafkaVersion,
    brokerCount: snapshot.brokers.filter((broker) => broker.isAlive).length,
    topicCount: snapshot.topics.size,
    internalTopicCount: numbers.internalTopicCount,
    partitionCount: numbers.partitionCount,
    preferredLeaderPercent: numbers.preferredLeaderPercent,
    underReplicatedPartitionCount: numbers.underReplicatedCount,
    underMinIsrPartitionCount: minIsr.counts?.underMinIsrCount ?? null,
    atMinIsrPartitionCount: minIsr.counts?.atMinIsrCount ?? null,
    offlinePartitionCount: numbers.offlineCount,
    reassigningPartitionCount: reassignments && 'value' in reassignments ? reassignments.value.size : null,
    // A count without some brokers' groups would be wrong.
    groupCount: groups.problems.length === 0 ? groups.groups.length : null,
    brokers: snapshot.brokers.map((broker) => brokerSummary(snapshot, broker)),
  };
}
