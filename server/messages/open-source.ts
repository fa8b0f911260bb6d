import type { Cluster } from '../cluster.ts';
import { MergedSource } from './merged-source.ts';
import { OpenedTopic, type OpenOptions, type WantedMessages } from './opened-topic.ts';
import { RemoteReading } from './scan/remote-reading.ts';
import { scanPool } from './scan/scan-pool.ts';
import type { MessageSource } from './topic-reading.ts';

/**
 * What a request wants of one topic. Reading goes on in this thread; searching, which looks at many more records than it
 * tells of, in others. Throws what the request has wrong, and what keeps every partition from being read.
 */
export async function openSources(
  cluster: Cluster,
  topicName: string,
  wanted: WantedMessages,
  options: OpenOptions,
): Promise<MessageSource[]> {
  const opened = await OpenedTopic.open(cluster, topicName, wanted, options);
  if (opened.isSearch) {
    return opened.scans('messages').map((scan) => new RemoteReading(scanPool(), opened.topic, scan));
  }
  // Who reads is likely to search next.
  scanPool().warm();
  return [opened.reading()];
}

/** Of several topics, or several threads: one stream of messages. */
export function mergeSources(
  topics: readonly { topic: string; sources: readonly MessageSource[] }[],
  wanted: Pick<WantedMessages, 'from' | 'order' | 'follow' | 'limit'>,
  { isNamed }: Pick<OpenOptions, 'isNamed'>,
): MessageSource {
  const [only] = topics;
  if (topics.length === 1 && only!.sources.length === 1 && !isNamed) return only!.sources[0]!;
  const isNewest = (wanted.order ?? (wanted.from === 'latest' ? 'newest' : 'oldest')) === 'newest';
  return new MergedSource({
    sources: topics.flatMap(({ topic, sources }) => sources.map((source) => ({ topic, source }))),
    order: isNewest && !wanted.follow ? 'newest' : 'oldest',
    limit: wanted.follow ? Number.POSITIVE_INFINITY : wanted.limit,
    inOrderOfTime: Number.isFinite(wanted.limit) && !wanted.follow,
    areTopicsNamed: isNamed,
  });
}
