import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { ZERO_UUID } from '../protocol/default-value.ts';
import { fetchApi } from '../protocol/messages/fetch.ts';
import type { AbortedTransaction } from './aborted-transactions.ts';
import type { ReadableTopic } from './readable-topic.ts';

/** `committed` gives records below the last stable offset, and which transactions were aborted. */
export type Isolation = 'committed' | 'uncommitted';

export interface WantedPartition {
  readonly partition: number;
  /** The offset to fetch from. */
  readonly fetchFrom: number;
  /** Less than the limit where less is needed. */
  readonly wantedBytes?: number;
}

export interface FetchedPartition {
  readonly partition: number;
  readonly errorCode: number;
  /** -1 where there is an error. */
  readonly highWatermark: number;
  /** -1 where there is an error, and before Kafka 0.11. */
  readonly logStartOffset: number;
  /** The first offset of a transaction that is open; -1 where there is an error, and before Kafka 0.11. */
  readonly lastStableOffset: number;
  /** What the broker was asked for. */
  readonly isolation: Isolation;
  /** Those that have records in `records`; empty unless committed records were asked for. */
  readonly abortedTransactions: readonly AbortedTransaction[];
  readonly records: Buffer;
}

export interface FetchLimits {
  /** How long the broker may wait for records when there are none. */
  maxWaitMs: number;
  maxBytes: number;
  /** For one partition; its first batch may be larger when it is the first in the request. */
  partitionMaxBytes: number;
}

const CONSUMER = -1;
export const ISOLATION_LEVELS = { uncommitted: 0, committed: 1 } as const satisfies Record<Isolation, number>;
const WITHOUT_SESSION = { sessionId: 0, sessionEpoch: -1 };
/** What a broker has to answer in, besides the time it may wait. */
const ANSWER_MS = 5000;
/** From version 13 on, topics are named by id only (KIP-516). */
const LAST_VERSION_WITH_NAMES = 12;

/**
 * One Fetch from the broker that leads these partitions. The order counts: the first one is sure to get a batch.
 * All records of an answer lie in one piece of memory (`giveBackMemoryOf`).
 */
export async function fetchPartitions(
  topic: ReadableTopic,
  broker: number,
  wanted: readonly WantedPartition[],
  isolation: Isolation,
  { maxWaitMs, maxBytes, partitionMaxBytes }: FetchLimits,
  signal: AbortSignal,
): Promise<FetchedPartition[]> {
  const answer = await topic.client.send(
    fetchApi,
    {
      ...WITHOUT_SESSION,
      replicaId: CONSUMER,
      isolationLevel: ISOLATION_LEVELS[isolation],
      minBytes: 1,
      maxWaitMs,
      maxBytes,
      topics: [
        {
          topic: topic.name,
          topicId: topic.topicId ?? ZERO_UUID,
          partitions: wanted.map(({ partition, fetchFrom, wantedBytes = partitionMaxBytes }) => ({
            partition,
            fetchOffset: BigInt(fetchFrom),
            partitionMaxBytes: Math.min(partitionMaxBytes, wantedBytes),
          })),
        },
      ],
    },
    {
      to: { broker },
      purpose: 'data',
      timeoutMs: maxWaitMs + ANSWER_MS,
      signal,
      ...(topic.topicId === null ? { maxVersion: LAST_VERSION_WITH_NAMES } : {}),
    },
  );
  const fetched = answer.responses.flatMap((told) =>
    told.partitions.map((one) => ({
      partition: one.partitionIndex,
      errorCode: one.errorCode,
      highWatermark: Number(one.highWatermark),
      logStartOffset: Number(one.logStartOffset),
      lastStableOffset: Number(one.lastStableOffset),
      isolation,
      abortedTransactions: (one.abortedTransactions ?? []).map(({ producerId, firstOffset }) => ({
        producerId,
        firstOffset: Number(firstOffset),
      })),
      records: one.records ?? NO_RECORDS,
    })),
  );
  if (fetched.length === 0) {
    throw new Failure('internal', say('kafka.brokerAnsweredWithout', { broker, api: 'Fetch' }));
  }
  return fetched;
}

const NO_RECORDS = Buffer.alloc(0);
