import type { MessageSearchBody } from '../../lib/contract/message-query.ts';
import type { MessageLine } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { linesOf } from './lines-of.ts';
import { mergeSources, openSources } from './open-source.ts';

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
      const [from, until] = [atOf(body.from, topic), atOf(body.until, topic)];
      // A topic that is not named among the offsets has been read already.
      if (from === null || until === null) return { topic, sources: [] };
      const wanted = { ...body, partitions: body.partitions ?? null, from: from ?? 'earliest', until };
      return { topic, sources: await openSources(cluster, topic, wanted, options) };
    }),
  );
  const from = typeof body.from === 'string' ? body.from : 'earliest';
  return linesOf(mergeSources(opened, { ...body, from }, options), signal);
}

type Position = MessageSearchBody['from'] | undefined;

/** The position in one topic as an address says it; null where the offsets leave the topic out. */
function atOf(position: Position, topic: string): string | undefined | null {
  if (typeof position !== 'object') return position;
  const offsets = Object.entries(position[topic] ?? {});
  if (offsets.length === 0) return null;
  return `offsets:${offsets.map(([partition, offset]) => `${partition}=${offset}`).join(',')}`;
}
