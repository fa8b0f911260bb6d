import type { BrokerDetail } from '../../lib/contract/brokers.ts';
import type { ConfigEntry } from '../../lib/contract/configs.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { brokerOf, deadBrokerProblems } from '../snapshot/broker-summary.ts';
import { answerBy } from '../snapshot/cluster-reads.ts';
import { readBrokerConfigEntries } from '../snapshot/config-reader.ts';
import { asFailure, type MissingPart, problemOf, stillReading } from '../snapshot/read-problem.ts';
import { brokerRow, brokersToShow } from './broker-row.ts';

/** One broker with its configuration and log directories. Throws `not_found`. */
export async function readBroker(cluster: Cluster, id: number): Promise<Unspoken<BrokerDetail>> {
  const snapshot = await cluster.snapshots.current();
  const broker = brokerOf({ ...snapshot, brokers: brokersToShow(cluster, snapshot) }, id);
  const until = answerBy();
  const problems: MissingPart[] = [...snapshot.problems, ...deadBrokerProblems([broker])];
  const [dirs, configs] = broker.isAlive
    ? await Promise.all([
        cluster.reads.logDirs.ofBrokers([id], until).then((dirsOf) => dirsOf(id)),
        readConfigs(cluster, id, until),
      ])
    : [undefined, null];
  if (broker.isAlive) {
    const subject = say('part.logDirsOfBroker', { broker: id });
    if (dirs === undefined) problems.push(stillReading(subject));
    else if ('failure' in dirs) problems.push(problemOf(subject, dirs.failure));
    if (configs instanceof Failure)
      problems.push(problemOf(say('part.configsOfBroker', { broker: id }), configs));
  }
  return {
    asOf: snapshot.asOf,
    problems,
    broker: brokerRow(cluster, snapshot, broker, dirs),
    configs: configs instanceof Failure ? null : configs,
    logDirs: dirs && 'value' in dirs ? dirs.value.map((dir) => ({ ...dir })) : null,
    partitionCount: snapshot.topics.replicasOn(id).length,
  };
}

function readConfigs({ client }: Cluster, id: number, until: number): Promise<ConfigEntry[] | Failure> {
  return readBrokerConfigEntries(client, id, Math.max(1, until - Date.now())).catch(asFailure);
}
