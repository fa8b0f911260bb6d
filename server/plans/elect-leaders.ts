import type { ElectionBody, ItemResults } from '../../lib/contract/plans.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { electLeadersApi } from '../protocol/messages/elect-leaders.ts';
import { itemResult } from './item-results.ts';
import { canPreferredLead, notPreferred } from './not-preferred.ts';

/** ElectLeaders v1: preferred, not unclean (KIP-460). */
const PREFERRED = 0;
/** The preferred leader leads already. */
const HARMLESS = [ERROR.ELECTION_NOT_NEEDED];

/**
 * Elects preferred leaders of the partitions named, or of all whose leader is another although the preferred one is in
 * sync. One result for each; a partition that needs no election is a success.
 */
export async function electLeaders(cluster: Cluster, body: ElectionBody): Promise<Unspoken<ItemResults>> {
  const wanted =
    body.partitions ??
    notPreferred(await cluster.snapshots.refreshed())
      .filter(canPreferredLead)
      .map(({ topic, partition }) => ({ topic, partition: partition.partition }));
  if (wanted.length === 0) return { items: [] };
  const topics = Map.groupBy(wanted, ({ topic }) => topic);
  const { replicaElectionResults } = await cluster.client.send(
    electLeadersApi,
    {
      electionType: PREFERRED,
      topicPartitions: [...topics].map(([topic, ofTopic]) => ({
        topic,
        partitions: ofTopic.map(({ partition }) => partition),
      })),
    },
    { to: 'controller' },
  );
  for (const name of topics.keys()) cluster.reads.forgetTopic(name);
  cluster.snapshots.refreshSoon();
  return {
    items: replicaElectionResults.flatMap(({ topic, partitionResult }) =>
      partitionResult.map((one) => itemResult(topic, one.partitionId, one, HARMLESS)),
    ),
  };
}
