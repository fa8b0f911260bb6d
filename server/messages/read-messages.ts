import type { MessageQuery } from '../../lib/contract/message-query.ts';
import type { MessageLine } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { messageLines } from './message-lines.ts';
import { openSource } from './open-source.ts';

/**
 * Reads or searches messages of a topic, as lines. What the request has wrong is thrown before the first line: `not_found`
 * for the topic or a partition, `invalid_request` with the field; and so is what keeps every partition from being read.
 * Partitions that cannot be read later are left out, and the last line says which.
 *
 * With `follow` the messages there are come oldest first, then new ones as they arrive, and `limit` ends nothing: where
 * reading starts at `latest`, it says how many of those there are come first.
 */
export async function readMessages(
  cluster: Cluster,
  topicName: string,
  query: MessageQuery,
  signal: AbortSignal,
): Promise<AsyncIterable<Unspoken<MessageLine>>> {
  const { partition, partitions = partition === undefined ? null : [partition] } = query;
  const field = query.partitions ? 'partitions' : 'partition';
  const source = await openSource(cluster, topicName, { ...query, partitions }, { field, signal });
  const stop = new AbortController();
  const lines = messageLines({
    messages: source.messages(AbortSignal.any([signal, stop.signal])),
    progress: () => source.progress(),
    end: (error) => source.end(error),
  });
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => lines.next(),
      // A generator only hears of this when it yields the next time: what it waits for has to end.
      return: () => {
        stop.abort();
        return lines.return();
      },
    }),
  };
}
