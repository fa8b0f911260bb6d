import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { MessageStatisticsBody, StatisticsLine } from '../../lib/contract/statistics.ts';
import type { Cluster } from '../cluster.ts';
import { OpenedTopic } from './opened-topic.ts';
import { positionIn } from './position-in.ts';
import { RemoteStatistics } from './scan/remote-statistics.ts';
import { scanPool } from './scan/scan-pool.ts';
import { Gathering } from './statistics/gathering.ts';
import { sampleWindows } from './statistics/sample-windows.ts';
import { Statistics } from './statistics/statistics.ts';
import { statisticsLines } from './statistics/statistics-lines.ts';

/**
 * What the messages of some topics are like as a whole, as lines: how far it is with the figures so far, now and then, and at the
 * end. What the request has wrong is thrown before the first line; what cannot be read later is left out, and the last line says
 * what.
 */
export async function messageStatistics(
  cluster: Cluster,
  body: MessageStatisticsBody,
  signal: AbortSignal,
): Promise<AsyncIterable<Unspoken<StatisticsLine>>> {
  const opened = await openTopics(cluster, body, signal);
  const planned = opened.flatMap(({ topic, plan }) =>
    plan.partitions.map((partition) => ({ topic: topic.name, ...partition })),
  );
  const windows = sampleWindows(planned, body.sample, body.buckets);
  const windowsOf = new Map(windows?.map((some, index) => [planned[index]!, some]));
  const statistics = new Statistics();
  for (const { topic, partition } of planned) statistics.expect(topic, partition);
  const sources = opened.flatMap((one) => {
    const partitions = planned
      .filter(({ topic }) => topic === one.topic.name)
      .map((partition) => {
        const some = windowsOf.get(partition);
        return some ? { ...partition, windows: some } : partition;
      });
    const scans = one.scans('statistics', { ...one.plan, partitions });
    return scans.map((scan) => new RemoteStatistics(scanPool(), one.topic, scan, statistics));
  });
  const gathering = new Gathering({
    sources,
    statistics,
    offsets: planned.reduce((sum, { start, end }) => sum + end - start, 0),
    windows: windows === null ? null : windows.reduce((sum, some) => sum + some.length, 0),
    isMissingPartitions: opened.some(({ plan }) => plan.missing.size > 0),
    buckets: body.buckets,
  });
  return statisticsLines(gathering, signal);
}

async function openTopics(
  cluster: Cluster,
  body: MessageStatisticsBody,
  signal: AbortSignal,
): Promise<OpenedTopic[]> {
  const opened = await Promise.all(
    [...new Set(body.topics)].map((topic) => {
      const [from, until] = [positionIn(body.from, topic), positionIn(body.until, topic)];
      // A topic that is not named among the offsets is not asked for.
      if (from === null || until === null) return [];
      const wanted = {
        ...body,
        partitions: body.partitions ?? null,
        from: from ?? 'earliest',
        until,
        order: 'oldest' as const,
        limit: Number.POSITIVE_INFINITY,
        follow: false,
        control: false,
        maxBytes: 0,
      };
      return OpenedTopic.open(cluster, topic, wanted, { field: 'partitions', isNamed: true, signal });
    }),
  );
  return opened.flat();
}
