import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { ERROR } from '../protocol/errors.ts';
import { listOffsetsApi } from '../protocol/messages/list-offsets.ts';
import { groupBy } from '../snapshot/cluster-link.ts';
import { asFailure } from '../snapshot/read-problem.ts';
import { ISOLATION_LEVELS, type Isolation } from './fetch-partitions.ts';
import { hasMoved } from './has-moved.ts';
import { pause } from './pause.ts';
import { type ReadableTopic, withoutLeader } from './readable-topic.ts';

export interface LogRange {
  readonly logStartOffset: number;
  /** The offset after the last message that a consumer sees: the high watermark, or the last stable offset. */
  readonly logEndOffset: number;
  /** The first offset at or after the time to start at; the log's end when there is none, or no time was asked for. */
  readonly offsetAtTime: number;
  /** The same of the time to end at. */
  readonly offsetAtEndTime: number;
}

export interface LogRangeQuery {
  /** Milliseconds since the epoch; null: no time to start at is asked for. */
  timestamp: number | null;
  /** The same of a time to end at. */
  endTimestamp?: number | null;
  isolation?: Isolation;
  /** How long a leader is looked for in all. */
  patienceMs: number;
  signal: AbortSignal;
}

/** Timestamps that stand for the ends of a log (ListOffsets). */
const LATEST = -1;
const EARLIEST = -2;
const CONSUMER = -1;
const RETRY_PAUSE_MS = 150;

/** Where partitions' logs start and end at this moment, told by their leaders. What cannot be read has its Failure. */
export async function readLogRanges(
  topic: ReadableTopic,
  partitions: readonly number[],
  { timestamp, endTimestamp = null, isolation = 'uncommitted', patienceMs, signal }: LogRangeQuery,
): Promise<Map<number, LogRange | Failure>> {
  const ranges = new Map<number, LogRange | Failure>();
  const deadline = Date.now() + patienceMs;
  let missing = partitions;
  for (let attempt = 1; ; attempt++) {
    const retry: number[] = [];
    const byLeader = groupBy(missing, (partition) => topic.leaderOf(partition));
    await Promise.all(
      [...byLeader].map(async ([leader, led]) => {
        if (leader === null) {
          for (const partition of led) ranges.set(partition, withoutLeader(topic, partition));
          // One may just be elected; that takes no longer than looking again.
          if (attempt === 1) retry.push(...led);
          return;
        }
        const timeoutMs = Math.max(100, deadline - Date.now());
        const ask = (at: number) => listOffsets(topic, leader, led, at, { isolation, timeoutMs, signal });
        try {
          // A partition may stand in a request only once, so each place is a request of its own.
          const times = [timestamp, endTimestamp].filter((time) => time !== null);
          const answers = await Promise.all([EARLIEST, LATEST, ...times].map(ask));
          for (const partition of led) {
            const told = answers.map((one) => one.get(partition));
            const error = told.find((one) => one === undefined || one.errorCode !== ERROR.NONE);
            if (told.includes(undefined) || error) {
              const code = error?.errorCode ?? ERROR.UNKNOWN_SERVER_ERROR;
              const subject = say('kafka.offsetsOfPartition', { name: `${topic.name}-${partition}` });
              ranges.set(partition, kafkaFailure(code, subject));
              if (hasMoved(code)) retry.push(partition);
              continue;
            }
            const [logStartOffset, logEndOffset, ...found] = told.map((one) => one!.offset) as [
              number,
              number,
              ...number[],
            ];
            const orEnd = (offset: number | undefined) =>
              offset === undefined || offset < 0 ? logEndOffset : Math.min(offset, logEndOffset);
            ranges.set(partition, {
              logStartOffset,
              logEndOffset,
              offsetAtTime: orEnd(timestamp === null ? undefined : found[0]),
              offsetAtEndTime: orEnd(endTimestamp === null ? undefined : found.at(-1)),
            });
          }
        } catch (error) {
          const failure = asFailure(error);
          for (const partition of led) ranges.set(partition, failure);
          if (failure.code === 'broker_unreachable') retry.push(...led);
        }
      }),
    );
    if (signal.aborted) throw new Failure('cancelled', say('read.cancelled'));
    if (retry.length === 0 || Date.now() + RETRY_PAUSE_MS >= deadline) return ranges;
    await Promise.race([
      Promise.all([topic.lookAgain(), pause(RETRY_PAUSE_MS, signal)]),
      pause(deadline - Date.now(), signal),
    ]);
    missing = retry;
  }
}

async function listOffsets(
  topic: ReadableTopic,
  leader: number,
  partitions: readonly number[],
  timestamp: number,
  { isolation, timeoutMs, signal }: { isolation: Isolation; timeoutMs: number; signal: AbortSignal },
): Promise<Map<number, { errorCode: number; offset: number }>> {
  const answer = await topic.client.send(
    listOffsetsApi,
    {
      replicaId: CONSUMER,
      isolationLevel: ISOLATION_LEVELS[isolation],
      topics: [
        {
          name: topic.name,
          partitions: partitions.map((partitionIndex) => ({
            partitionIndex,
            currentLeaderEpoch: -1,
            timestamp: BigInt(timestamp),
          })),
        },
      ],
    },
    { to: { broker: leader }, timeoutMs, signal },
  );
  return new Map(
    answer.topics.flatMap((told) =>
      told.partitions.map(({ partitionIndex, errorCode, offset }) => [
        partitionIndex,
        { errorCode, offset: Number(offset) },
      ]),
    ),
  );
}
