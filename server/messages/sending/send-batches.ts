import type { Failure } from '../../../lib/contract/failure.ts';
import { ZERO_UUID } from '../../protocol/default-value.ts';
import { type PartitionProduceResponse, produceApi } from '../../protocol/messages/produce.ts';
import { asFailure } from '../../snapshot/read-problem.ts';
import type { TopicView } from '../topic-view.ts';

export interface BatchToSend {
  readonly topic: TopicView;
  readonly partition: number;
  readonly bytes: Buffer;
}

/** What became of a request: the answer by batch, in their order (null: left out), or that there was none. */
export type SendOutcome =
  | { readonly answers: readonly (PartitionProduceResponse | null)[] }
  | { readonly failure: Failure; readonly isSent: boolean };

const ALL_IN_SYNC = -1;
/** How long the leader waits for its followers. */
const REPLICAS_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 13_000;
/** From version 13 on, topics are named by id only (KIP-516). */
const LAST_VERSION_WITH_NAMES = 12;

/** One Produce request to the leader of these partitions, confirmed by all replicas in sync. Never throws. */
export async function sendBatches(broker: number, batches: readonly BatchToSend[]): Promise<SendOutcome> {
  const { client } = batches[0]!.topic;
  let isSent = false;
  const byTopic = Map.groupBy(batches, ({ topic }) => topic);
  const request = {
    acks: ALL_IN_SYNC,
    timeoutMs: REPLICAS_TIMEOUT_MS,
    topicData: [...byTopic].map(([topic, ofTopic]) => ({
      name: topic.name,
      topicId: topic.topicId ?? ZERO_UUID,
      partitionData: ofTopic.map(({ partition, bytes }) => ({ index: partition, records: bytes })),
    })),
  };
  const needsNames = batches.some(({ topic }) => topic.topicId === null);
  try {
    const { responses } = await client.send(
      produceApi,
      () => {
        isSent = true;
        return request;
      },
      {
        to: { broker },
        purpose: 'data',
        timeoutMs: ANSWER_TIMEOUT_MS,
        ...(needsNames ? { maxVersion: LAST_VERSION_WITH_NAMES } : {}),
      },
    );
    const answers = batches.map(({ topic, partition }) => {
      const told = responses.find(({ name, topicId }) => name === topic.name || topicId === topic.topicId);
      return told?.partitionResponses.find(({ index }) => index === partition) ?? null;
    });
    return { answers };
  } catch (error) {
    return { failure: asFailure(error), isSent };
  }
}
