import type { ReassignmentList, ReassignmentState } from '../../lib/contract/plans.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { answerBy, firstPartBy } from '../snapshot/cluster-reads.ts';
import type { ReplicaSize } from '../snapshot/log-dirs.ts';
import type { Known } from '../snapshot/on-demand.ts';
import { type MissingPart, problemOf, stillReading } from '../snapshot/read-problem.ts';
import type { OngoingReassignment } from '../snapshot/reassignments.ts';

type SizeOf = (broker: number, topic: string) => Known<ReadonlyMap<number, ReplicaSize>>;

/** Reassignments under way; progress is what the adding replicas hold of what the leader holds. */
export async function listReassignments(cluster: Cluster): Promise<Unspoken<ReassignmentList>> {
  const snapshot = await cluster.snapshots.current();
  const known = await cluster.reads.reassignments.read(firstPartBy());
  const problems: MissingPart[] = [...snapshot.problems];
  if (known === undefined) problems.push(stillReading(say('part.reassignments')));
  else if ('failure' in known) problems.push(problemOf(say('part.reassignments'), known.failure));
  const ongoing = known && 'value' in known ? known.value.list() : [];
  const leaderOf = ({ topic, partition }: OngoingReassignment) =>
    snapshot.topics.get(topic)?.partitions[partition]?.leader ?? -1;
  const sizeOf = await cluster.reads.logDirs.ofReplicas(
    ongoing.flatMap((one) =>
      [leaderOf(one), ...one.addingReplicas]
        .filter((broker) => broker >= 0)
        .map((broker) => ({ broker, topic: one.topic })),
    ),
    answerBy(),
  );
  const items = ongoing.map((one): ReassignmentState => {
    const isr = snapshot.topics.get(one.topic)?.partitions[one.partition]?.isr ?? [];
    return {
      topic: one.topic,
      partition: one.partition,
      replicas: one.replicas.filter((broker) => !one.addingReplicas.includes(broker)),
      addingReplicas: [...one.addingReplicas],
      removingReplicas: [...one.removingReplicas],
      isr: [...isr],
      ...progress(one, leaderOf(one), sizeOf),
    };
  });
  return { asOf: snapshot.asOf, problems, items };
}

/** Bytes that the adding replicas are to hold, and hold; null where a size is not known. */
function progress(
  { topic, partition, addingReplicas }: OngoingReassignment,
  leader: number,
  sizeOf: SizeOf,
): Pick<ReassignmentState, 'bytesTotal' | 'bytesCopied'> {
  const bytes = (broker: number): number | null => {
    const sizes = sizeOf(broker, topic);
    return sizes && 'value' in sizes ? (sizes.value.get(partition)?.sizeBytes ?? 0) : null;
  };
  const whole = leader >= 0 ? bytes(leader) : null;
  const copies = addingReplicas.map(bytes);
  return {
    bytesTotal: whole === null ? null : whole * addingReplicas.length,
    bytesCopied:
      whole === null || copies.some((copy) => copy === null)
        ? null
        : copies.reduce<number>((sum, copy) => sum + Math.min(copy ?? 0, whole), 0),
  };
}
