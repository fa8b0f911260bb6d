import type { MessageSearchBody } from '../../lib/contract/message-query.ts';
import type { MessageLine } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { linesOf } from './lines-of.ts';
import { mergeSources, openSources } from './open-source.ts';
import { positionIn } from './position-in.ts';

/** Searches several topics at once, as `readMessages` does one; each message says which topic it is of. */
export async function searchMessages(
  cluster: Cluster,
  body: MessageSearchBody,
  signal: AbortSignal,
): Promise<AsyncIterable<Unspoken<MessageLine>>> {
  const options = { field: 'partitions', isNamed: true, signal };
  const topics = [...new Set(body.topics)];
  const opened = await Promise.all(
    topics.map(async (topic) => {
      const [from, until] = [positionIn(body.from, topic), positionIn(body.until, topic)];
      // A topic that is not named among the offsets has been read already.
      if (from === null || until === null) return { topic, sources: [] };
      const wanted = { ...body, partitions: body.partitions ?? null, from: from ?? 'earliest', until };
      return { topic, sources: await openSources(cluster, topic, wanted, options) };
    }),
  );
  const from = typeof body.from === 'string' ? body.from : 'earliest';
  return linesOf(mergeSources(opened, { ...body, from }, options), signal);
}
