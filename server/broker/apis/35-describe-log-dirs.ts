import { statfs } from 'node:fs/promises';
import { ERROR } from '../../protocol/errors.ts';
import {
  type DescribableLogDirTopic,
  describeLogDirsApi,
} from '../../protocol/messages/describe-log-dirs.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import type { Partition } from '../replica/partition.ts';
import { mayOnCluster } from '../security/permissions.ts';
import { groupByTopic } from './group-by-topic.ts';

const UNKNOWN_SIZE = -1;

/** DescribeLogDirs 1–5: the sizes of this broker's replicas. v4 the volume's size (KIP-827). */
export const describeLogDirs = handler(describeLogDirsApi, { min: 1, max: 5 }, async (request, context) => {
  if (!mayOnCluster(context, 'describe')) {
    return { errorCode: context.header.apiVersion >= 3 ? ERROR.CLUSTER_AUTHORIZATION_FAILED : ERROR.NONE };
  }
  const { broker, cluster } = context;
  const partitions = request.topics === null ? broker.partitions : chosen(request.topics, context);
  const topics = [...groupByTopic(partitions)].map(([name, replicas]) => ({
    name,
    partitions: replicas.map((replica) => ({
      partitionIndex: replica.partition,
      partitionSize: replica.sizeInBytes,
      offsetLag: offsetLag(replica, context),
      isFutureKey: false,
    })),
  }));
  const volume = cluster.options.dataDir === null ? null : await statfs(broker.logDir).catch(() => null);
  return {
    errorCode: ERROR.NONE,
    results: [
      {
        // Reads go on while writes are refused, so the replicas are named as well.
        errorCode: broker.logDirHealth.isFailing ? ERROR.KAFKA_STORAGE_ERROR : ERROR.NONE,
        logDir: broker.logDir,
        topics,
        totalBytes: volume === null ? UNKNOWN_SIZE : volume.blocks * volume.bsize,
        usableBytes: volume === null ? UNKNOWN_SIZE : volume.bavail * volume.bsize,
      },
    ],
  };
});

function chosen(topics: readonly DescribableLogDirTopic[], { broker }: RequestContext): Partition[] {
  return topics.flatMap(({ topic, partitions }) =>
    partitions.flatMap((partition) => broker.partitions.get(topic, partition) ?? []),
  );
}

/** Records that the replica is behind the partition's high watermark, as its leader knows it. */
function offsetLag(replica: Partition, { cluster }: RequestContext): number {
  const leaderId = cluster.image.partition(replica.topic, replica.partition)?.leader ?? -1;
  const leader = cluster.brokers.get(leaderId)?.partitions.get(replica.topic, replica.partition);
  return Math.max(0, (leader ?? replica).highWatermark - replica.logEndOffset);
}
