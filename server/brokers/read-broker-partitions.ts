import type { BrokerPartitionPage } from '../../lib/contract/brokers.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { brokerOf, deadBrokerProblems } from '../snapshot/broker-summary.ts';
import { answerBy } from '../snapshot/cluster-reads.ts';
import { type PageQuery, pageOf } from '../snapshot/page.ts';
import { type MissingPart, problemOf, stillReading } from '../snapshot/read-problem.ts';
import { brokersToShow } from './broker-row.ts';

/** Replicas that a broker holds, by topic and partition. Throws `not_found`. */
export async function readBrokerPartitions(
  cluster: Cluster,
  id: number,
  query: PageQuery & { search?: string },
): Promise<Unspoken<BrokerPartitionPage>> {
  const snapshot = await cluster.snapshots.current();
  const broker = brokerOf({ ...snapshot, brokers: brokersToShow(cluster, snapshot) }, id);
  const replicas = snapshot.topics.replicasOn(id, query.search);
  const page = pageOf(replicas, query, ({ topic, partition }) => [topic.name, partition.partition]);
  const topics = [...new Set(page.items.map(({ topic }) => topic.name))];
  const problems: MissingPart[] = [...snapshot.problems, ...deadBrokerProblems([broker])];
  const sizesOf = await cluster.reads.logDirs.ofReplicas(
    broker.isAlive ? topics.map((topic) => ({ broker: id, topic })) : [],
    answerBy(),
  );
  if (broker.isAlive) {
    const subject = say('part.sizesOnBroker', { broker: id });
    const sizes = topics.map((topic) => sizesOf(id, topic));
    const failed = sizes.find((one) => one !== undefined && 'failure' in one);
    if (failed && 'failure' in failed) problems.push(problemOf(subject, failed.failure));
    else if (sizes.includes(undefined)) problems.push(stillReading(subject));
  }
  return {
    asOf: snapshot.asOf,
    problems,
    items: page.items.map(({ topic, partition }) => {
      const sizes = broker.isAlive ? sizesOf(id, topic.name) : undefined;
      const size = sizes && 'value' in sizes ? sizes.value.get(partition.partition) : undefined;
      return {
        topic: topic.name,
        partition: partition.partition,
        isLeader: partition.leader === id,
        isPreferredLeader: partition.replicas[0] === id,
        isInSync: partition.isr.includes(id),
        sizeBytes: size?.sizeBytes ?? null,
        offsetLag: size?.offsetLag ?? null,
      };
    }),
    total: page.total,
    nextCursor: page.nextCursor,
  };
}
