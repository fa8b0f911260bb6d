import { ERROR } from '../../protocol/errors.ts';
import { OFFSETS_TOPIC } from '../groups/offsets-topic.ts';
import { encodeMarker } from '../log/transaction-marker.ts';
import type { Peer } from './peers.ts';
import type { TopicPartition } from './transaction-metadata.ts';

/** The end of a transaction, for partitions of one broker. */
export interface MarkerRequest {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly commits: boolean;
  readonly transactionVersion: number;
  readonly partitions: readonly TopicPartition[];
}

export interface MarkerResult extends TopicPartition {
  readonly errorCode: number;
}

/**
 * Writes markers into partitions that this broker leads, what WriteTxnMarkers does; resolves when they are on all in-sync
 * replicas. Those of `__consumer_offsets` go by the group coordinator: it makes the offsets of the transaction count.
 */
export function writeMarkers(
  { broker, groups }: Pick<Peer, 'broker' | 'groups'>,
  request: MarkerRequest,
  timeoutMs: number,
): Promise<MarkerResult[]> {
  const { transactionVersion, partitions, ...marker } = request;
  return Promise.all(
    partitions.map(async ({ topic, partition }) => {
      const replica = broker.partitions.get(topic, partition);
      if (replica === undefined) return { topic, partition, errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION };
      const batch = encodeMarker({ ...marker, timestamp: broker.now() });
      const options = { acks: -1, timeoutMs, origin: 'coordinator', transactionVersion } as const;
      const { errorCode } =
        topic === OFFSETS_TOPIC
          ? await groups.completeTransaction(partition, marker, batch, options)
          : await replica.appendAsLeader(batch, options);
      return { topic, partition, errorCode };
    }),
  );
}
