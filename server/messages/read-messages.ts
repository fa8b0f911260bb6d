import type { MessageQuery } from '../../lib/contract/message-query.ts';
import type { MessageLine } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { linesOf } from './lines-of.ts';
import { mergeSources, openSources } from './open-source.ts';

/**
 * Reads or searches messages of a topic, as lines. What the request has wrong is thrown before the first line: `not_found`
 * for the topic or a partition, `invalid_request` with the field; and so is what keeps every partition from being read.
 * Partitions that cannot be read later are left out, and the last line says which.
 *
 * With `follow` the messages there are come oldest first, then new ones as they arrive, and `limit` ends nothing: where
 * reading starts at `latest`, it says how many of those there are come first. A limit of infinity gives all, as fast as each
 * partition goes.
 */
export async function readMessages(
  cluster: Cluster,
  topic: string,
  query: MessageQuery,
  signal: AbortSignal,
): Promise<AsyncIterable<Unspoken<MessageLine>>> {
  const { partition, partitions = partition === undefined ? null : [partition] } = query;
  const field = query.partitions ? 'partitions' : 'partition';
  const options = { field, isNamed: false, signal };
  const sources = await openSources(cluster, topic, { ...query, partitions }, options);
  return linesOf(mergeSources([{ topic, sources }], query, options), signal);
}
