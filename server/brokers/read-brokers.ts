import type { BrokerList } from '../../lib/contract/brokers.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { deadBrokerProblems } from '../snapshot/broker-summary.ts';
import { answerBy } from '../snapshot/cluster-reads.ts';
import { type MissingPart, problemOf, stillReading } from '../snapshot/read-problem.ts';
import { brokerRow, brokersToShow } from './broker-row.ts';

/** Brokers with leaders, replicas and sizes. A broker that does not tell its sizes has null there, and a problem. */
export async function readBrokers(cluster: Cluster): Promise<Unspoken<BrokerList>> {
  const snapshot = await cluster.snapshots.current();
  const brokers = brokersToShow(cluster, snapshot);
  const alive = brokers.filter((broker) => broker.isAlive).map((broker) => broker.id);
  const dirsOf = await cluster.reads.logDirs.ofBrokers(alive, answerBy());
  const problems: MissingPart[] = [...snapshot.problems, ...deadBrokerProblems(brokers)];
  for (const id of alive) {
    const dirs = dirsOf(id);
    const subject = say('part.sizesOnBroker', { broker: id });
    if (dirs === undefined) problems.push(stillReading(subject));
    else if ('failure' in dirs) problems.push(problemOf(subject, dirs.failure));
  }
  return {
    asOf: snapshot.asOf,
    problems,
    items: brokers.map((broker) =>
      brokerRow(cluster, snapshot, broker, broker.isAlive ? dirsOf(broker.id) : undefined),
    ),
  };
}
