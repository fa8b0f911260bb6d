import { answer } from '../../client/testing/fake-broker.ts';
import { FakeCluster } from '../../client/testing/fake-cluster.ts';
import { ERROR } from '../../protocol/errors.ts';
import { fetchApi } from '../../protocol/messages/fetch.ts';
import { listOffsetsApi } from '../../protocol/messages/list-offsets.ts';
import { readBatchHeader, setBaseOffset } from '../../protocol/records/batch-header.ts';

export interface EndlessTopic {
  readonly name: string;
  readonly partitions: number;
  /** A batch that each partition holds again and again. */
  readonly batch: Buffer;
  /** How often. */
  readonly times: number;
}

/**
 * Brokers of topics that are as large as a test likes: each partition holds one batch over and over, at offsets that go on.
 * They say of every time that it is at the logs' begin.
 */
export class EndlessLogs {
  readonly cluster: FakeCluster;
  /** Fetches that were answered. */
  fetches = 0;
  readonly #topics: ReadonlyMap<string, EndlessTopic>;

  constructor(topics: readonly EndlessTopic[], brokers = 1) {
    this.cluster = new FakeCluster(brokers);
    this.#topics = new Map(topics.map((topic) => [topic.name, topic]));
    for (const { name, partitions } of topics) this.cluster.addTopic(name, partitions, 1);
    for (const broker of this.cluster.brokers) broker.on(...this.#handlers());
  }

  #handlers() {
    return [
      answer(listOffsetsApi, ({ topics }) => ({
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex, timestamp }) => ({
            partitionIndex,
            offset: timestamp === -1n ? BigInt(endOf(this.#topics.get(name)!)) : 0n,
          })),
        })),
      })),
      answer(fetchApi, ({ topics, maxBytes }) => {
        this.fetches += 1;
        let left = maxBytes;
        return {
          responses: topics.map(({ topic, topicId, partitions }) => ({
            topic,
            topicId,
            partitions: partitions.map(({ partition, fetchOffset, partitionMaxBytes }) => {
              const records = batchesFrom(
                this.#topics.get(topic)!,
                Number(fetchOffset),
                Math.min(left, partitionMaxBytes),
              );
              left -= records.length;
              const end = BigInt(endOf(this.#topics.get(topic)!));
              return {
                partitionIndex: partition,
                errorCode: ERROR.NONE,
                highWatermark: end,
                lastStableOffset: end,
                logStartOffset: 0n,
                records,
              };
            }),
          })),
        };
      }),
    ];
  }
}

/** The offset after a partition's last record. */
function endOf({ batch, times }: EndlessTopic): number {
  return offsetsOf(batch) * times;
}

function offsetsOf(batch: Buffer): number {
  return readBatchHeader(batch).lastOffsetDelta + 1;
}

function batchesFrom({ batch, times }: EndlessTopic, offset: number, maxBytes: number): Buffer {
  const length = offsetsOf(batch);
  const first = Math.floor(offset / length);
  const count = Math.max(0, Math.min(times - first, Math.max(1, Math.floor(maxBytes / batch.length))));
  const bytes = Buffer.allocUnsafe(count * batch.length);
  for (let index = 0; index < count; index++) {
    batch.copy(bytes, index * batch.length);
    setBaseOffset(bytes, index * batch.length, (first + index) * length);
  }
  return bytes;
}
