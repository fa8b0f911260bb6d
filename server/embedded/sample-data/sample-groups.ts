import type { EachBatchPayload, Kafka } from 'kafkajs';
import { presentTopics } from './present-topics.ts';
import { HEALTHY_GROUP, LAGGING_GROUP, ORDERS, PAGE_VIEWS, PAYMENTS } from './sample-topics.ts';
import { pause } from './traffic.ts';

interface Member {
  groupId: string;
  clientId: string;
  topics: string[];
  eachBatch(payload: EachBatchPayload): Promise<void>;
}

const RETRY_MS = 10_000;
const SLOW_POLL_MS = 4000;
/** Records that the slow group leaves alone at the end of each partition: fewest, how many more a minute, and for how long it grows. */
const BACKLOG = { least: 40, perMinute: 15, minutes: 20 };

const MEMBERS: Member[] = [
  { groupId: HEALTHY_GROUP, clientId: 'warehouse-1', topics: [ORDERS, PAYMENTS], eachBatch: takeAll },
  { groupId: HEALTHY_GROUP, clientId: 'warehouse-2', topics: [ORDERS, PAYMENTS], eachBatch: takeAll },
  { groupId: LAGGING_GROUP, clientId: 'reports-1', topics: [PAGE_VIEWS], eachBatch: fallBehind },
];

/** Runs the consumers of the sample data until `signal` fires: one group that keeps up, one that does not. */
export async function runSampleGroups(
  connect: (clientId: string) => Kafka,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(MEMBERS.map((member) => runMember(connect(member.clientId), member, signal)));
}

/** One consumer, made anew after whatever ends it. */
async function runMember(kafka: Kafka, member: Member, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const consumer = kafka.consumer({
      groupId: member.groupId,
      allowAutoTopicCreation: false,
      sessionTimeout: 10_000,
      heartbeatInterval: 3000,
      rebalanceTimeout: 10_000,
      minBytes: 4096,
      maxWaitTimeInMs: 1000,
      maxBytesPerPartition: 131_072,
      retry: { retries: 5, restartOnFailure: async () => false },
    });
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const stop = () => end();
    signal.addEventListener('abort', stop);
    consumer.on(consumer.events.CRASH, stop);
    try {
      const present = await presentTopics(kafka);
      await consumer.connect();
      await consumer.subscribe({
        topics: member.topics.filter((topic) => present.has(topic)),
        fromBeginning: true,
      });
      await consumer.run({
        autoCommitInterval: 2000,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: 1,
        eachBatch: member.eachBatch,
      });
      await ended;
    } catch {
      // No broker, or no topic any more: tried again below.
    } finally {
      signal.removeEventListener('abort', stop);
      await consumer.disconnect().catch(() => undefined);
    }
    await pause(RETRY_MS, signal);
  }
}

async function takeAll({ batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload): Promise<void> {
  resolveOffset(batch.lastOffset());
  await commitOffsetsIfNecessary();
}

/** Consumes up to a distance from the end that grows for some minutes and then shrinks again. */
async function fallBehind(payload: EachBatchPayload): Promise<void> {
  const { batch, resolveOffset, commitOffsetsIfNecessary } = payload;
  const minutes = (Date.now() / 60_000) % BACKLOG.minutes;
  const until = Number(batch.highWatermark) - BACKLOG.least - Math.floor(minutes * BACKLOG.perMinute);
  const last = batch.messages.findLast(({ offset }) => Number(offset) < until);
  if (last) {
    resolveOffset(last.offset);
    await commitOffsetsIfNecessary();
  }
  const resume = payload.pause();
  setTimeout(resume, SLOW_POLL_MS).unref();
}
