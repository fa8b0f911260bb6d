import { Failure } from '../../lib/contract/failure.ts';
import type { ProduceBody, Produced } from '../../lib/contract/messages.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { ZERO_UUID } from '../protocol/default-value.ts';
import { ERROR } from '../protocol/errors.ts';
import { type PartitionProduceResponse, produceApi } from '../protocol/messages/produce.ts';
import { encodeRecordBatch } from '../protocol/records/record-batch.ts';
import { asFailure } from '../snapshot/read-problem.ts';
import { choosePartition } from './choose-partition.ts';
import { withSerdesEncoded } from './encode-with-serdes.ts';
import { hasMoved } from './has-moved.ts';
import { pause } from './pause.ts';
import { produceFailure, unanswered } from './produce-failure.ts';
import { BELIEVE_DELETED_MS, deletedTopic, withoutLeader } from './readable-topic.ts';
import { recordToProduce } from './record-to-produce.ts';
import { TopicView } from './topic-view.ts';

const ALL_IN_SYNC = -1;
/** How long the leader waits for its followers. */
const REPLICAS_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 13_000;
/** How long a leader is looked for. */
const PATIENCE_MS = 8000;
const RETRY_PAUSE_MS = 150;
/** From version 13 on, topics are named by id only (KIP-516). */
const LAST_VERSION_WITH_NAMES = 12;

/**
 * Writes one message, confirmed by all replicas in sync. Sent as a Produce request of our own because kafkajs's producer
 * writes no header without a value, and none in the order given. Tried again only while it is certain that nothing was
 * written. Throws a Failure: `not_found` for the topic or the field `partition`, `refused_by_kafka` with Kafka's error,
 * `broker_unreachable` or `broker_timeout`, which say when the message may have been written all the same.
 */
export async function produceMessage(
  cluster: Cluster,
  topicName: string,
  body: ProduceBody,
): Promise<Produced> {
  const topic = await TopicView.open(cluster, topicName, {
    partitions: body.partition === undefined ? [] : [body.partition],
    field: 'partition',
  });
  const record = recordToProduce(await withSerdesEncoded(cluster.serdes, topicName, body), Date.now());
  const batch = encodeRecordBatch({ records: [record] });
  const partition = body.partition ?? choosePartition(topic, record.key);
  const answer = await produce(topic, partition, batch);
  const { logAppendTimeMs, baseOffset } = answer;
  // The broker tells a time only where it set it (message.timestamp.type=LogAppendTime).
  const timestamp = logAppendTimeMs >= 0n ? Number(logAppendTimeMs) : record.timestamp;
  return { partition, offset: Number(baseOffset), timestamp: new Date(timestamp).toISOString() };
}

async function produce(
  topic: TopicView,
  partition: number,
  batch: Buffer,
): Promise<PartitionProduceResponse> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const failure = await tryLeader(topic, partition, batch);
    if (!(failure instanceof Failure)) return failure;
    if (!isUnwritten(failure) || Date.now() + RETRY_PAUSE_MS > deadline) throw failure;
    const wait = pause(RETRY_PAUSE_MS, AbortSignal.timeout(RETRY_PAUSE_MS));
    await Promise.all([wait, topic.lookAgain()]);
    if (!topic.exists && Date.now() > deadline - PATIENCE_MS + BELIEVE_DELETED_MS) throw deletedTopic(topic);
  }
}

/** One request. Gives a Failure for what may be tried again, and throws what may not. */
async function tryLeader(
  topic: TopicView,
  partition: number,
  batch: Buffer,
): Promise<PartitionProduceResponse | Failure> {
  const leader = topic.leaderOf(partition);
  if (leader === null) return withoutLeader(topic, partition);
  let isSent = false;
  const request = {
    acks: ALL_IN_SYNC,
    timeoutMs: REPLICAS_TIMEOUT_MS,
    topicData: [
      {
        name: topic.name,
        topicId: topic.topicId ?? ZERO_UUID,
        partitionData: [{ index: partition, records: batch }],
      },
    ],
  };
  const answer = await topic.client
    .send(
      produceApi,
      () => {
        isSent = true;
        return request;
      },
      {
        to: { broker: leader },
        purpose: 'data',
        timeoutMs: ANSWER_TIMEOUT_MS,
        ...(topic.topicId === null ? { maxVersion: LAST_VERSION_WITH_NAMES } : {}),
      },
    )
    .catch((error: unknown) => asFailure(error));
  if (answer instanceof Failure) {
    if (isSent) throw unanswered(answer);
    return answer;
  }
  const told = answer.responses[0]?.partitionResponses[0];
  if (!told) {
    throw new Failure('internal', say('kafka.brokerAnsweredWithout', { broker: leader, api: 'Produce' }));
  }
  if (told.errorCode === ERROR.NONE) return told;
  return produceFailure(told.errorCode, spoken(`${topic.name}-${partition}`), {
    size: batch.length,
    message: told.recordErrors[0]?.batchIndexErrorMessage ?? told.errorMessage,
  });
}

/** Nothing was written, and another leader, or the same one later, may take it. */
function isUnwritten({ code, kafkaError }: Failure): boolean {
  if (kafkaError) return hasMoved(kafkaError.code);
  return code === 'broker_unreachable' || code === 'unavailable';
}
