import { answer } from '../../client/testing/fake-broker.ts';
import { FakeCluster, type FakePartition } from '../../client/testing/fake-cluster.ts';
import { ERROR } from '../../protocol/errors.ts';
import { fetchApi } from '../../protocol/messages/fetch.ts';
import { initProducerIdApi } from '../../protocol/messages/init-producer-id.ts';
import { listOffsetsApi } from '../../protocol/messages/list-offsets.ts';
import { produceApi } from '../../protocol/messages/produce.ts';
import { readBatchHeader, setBaseOffset } from '../../protocol/records/batch-header.ts';
import {
  type BatchToEncode,
  type DecodedRecord,
  decodeRecords,
  encodeRecordBatch,
  type RecordToEncode,
} from '../../protocol/records/record-batch.ts';

const TOPIC = 'orders';
const MOVED = { errorCode: ERROR.NOT_LEADER_OR_FOLLOWER } as const;

interface Refusal {
  errorCode: number;
  recordErrors?: { batchIndex: number; batchIndexErrorMessage?: string }[];
}

interface StoredBatch {
  bytes: Buffer;
  baseOffset: number;
  lastOffset: number;
}

/** A log that a test writes into as it likes. */
class FakeLog {
  batches: StoredBatch[] = [];
  start = 0;
  end = 0;
  /** Given instead of records. */
  errorCode: number = ERROR.NONE;
  /** The first offset of a transaction that is open; null: none is. */
  lastStableOffset: number | null = null;
  /** Transactions that were aborted, with the offsets of their first record and of the marker that ends them. */
  aborted: { producerId: number | bigint; firstOffset: number; marker: number }[] = [];

  /** Adds a batch at the end, or where its records' offsets say. */
  append(records: RecordToEncode[], more: Partial<BatchToEncode> = {}): void {
    const baseOffset = records[0]?.offset ?? this.end;
    this.appendBytes(encodeRecordBatch({ records, baseOffset, ...more }), baseOffset, []);
  }

  /** Adds bytes that need be no batch where it is said how many records they stand for; none: they say it themselves. */
  appendBytes(bytes: Buffer, baseOffset: number, records: { length: number }): void {
    const isBatch = bytes[16] === 2 && records.length === 0;
    const delta = isBatch ? readBatchHeader(bytes).lastOffsetDelta : records.length - 1;
    const lastOffset = baseOffset + delta;
    this.batches.push({ bytes, baseOffset, lastOffset });
    this.end = lastOffset + 1;
  }

  /** Leaves offsets without records at the end, as compaction and transactions do. */
  skip(offsets: number): void {
    this.end += offsets;
  }

  /** The offset after the last one that a consumer of committed records sees. */
  get stableEnd(): number {
    return this.lastStableOffset ?? this.end;
  }

  clear(): void {
    this.batches = [];
    this.aborted = [];
    this.start = this.end = 0;
    this.lastStableOffset = null;
  }

  read(offset: number, maxBytes: number, isFirst: boolean, isCommitted = false): Buffer {
    const parts: Buffer[] = [];
    const end = isCommitted ? this.stableEnd : this.end;
    let bytes = 0;
    for (const batch of this.batches) {
      if (batch.lastOffset < offset) continue;
      if (batch.baseOffset >= end) break;
      const mayBeLarger = isFirst && parts.length === 0;
      if (bytes + batch.bytes.length > maxBytes && !mayBeLarger) break;
      parts.push(batch.bytes);
      bytes += batch.bytes.length;
    }
    return Buffer.concat(parts);
  }
}

/** A cluster with the topic `orders`, and others, whose logs can be read, written and broken. */
export class FakeLogs {
  readonly cluster = new FakeCluster();
  readonly topic = TOPIC;
  /** Those of `orders`. */
  readonly logs: FakeLog[];
  readonly #logs = new Map<string, FakeLog[]>();
  /** Offsets that were asked for by Fetch, in order. */
  readonly fetched: { broker: number; partition: number; offset: number }[] = [];
  /** Is called before a Fetch is answered. */
  beforeFetch: (partition: number, offset: number) => void = () => {};
  /** What Produce answers instead of writing. */
  refuse: { errorCode: number; message?: string } | null = null;
  /** The connection breaks when Produce arrives. */
  breakOnProduce = false;
  /** So many times more the connection breaks after Produce has written. */
  lostAnswers = 0;
  /** Looks at each batch before it is written; an answer is given instead. */
  judge: ((partition: number, records: DecodedRecord[]) => Refusal | null) | null = null;
  /** By producer and partition: the next sequence number, and where its batches went. */
  readonly #producers = new Map<string, { next: number; written: Map<number, bigint> }>();
  #producerCount = 0;
  /** So many times more there is no id to be had yet. */
  producersRefused = 0;

  /** @param others how many partitions other topics have, by name */
  constructor(partitionCount: number, others: Record<string, number> = {}) {
    for (const [name, count] of Object.entries({ [TOPIC]: partitionCount, ...others })) {
      this.#logs.set(
        name,
        Array.from({ length: count }, () => new FakeLog()),
      );
      this.cluster.addTopic(name, count, 3);
    }
    this.logs = this.logsOf(TOPIC);
    for (const broker of this.cluster.brokers) {
      broker.on(...this.#handlers());
      // They do not wait for records, as brokers do; without a pause those who follow would ask without end.
      broker.delayMs = 5;
    }
  }

  logsOf(topic: string): FakeLog[] {
    return this.#logs.get(topic)!;
  }

  partition(index: number, topic = TOPIC): FakePartition {
    return this.cluster.topics.get(topic)!.partitions[index]!;
  }

  /** One message a batch, at these times. */
  fill(partition: number, timestamps: readonly number[], name = `p${partition}`): void {
    for (const [index, timestamp] of timestamps.entries()) {
      this.logs[partition]!.append([{ key: `${name}-${index}`, value: 'v', timestamp }]);
    }
  }

  #handlers() {
    const leads = (partition: number, broker: number, name: string) =>
      this.cluster.topics.has(name) && this.partition(partition, name).leader === broker;
    return [
      answer(listOffsetsApi, ({ topics, isolationLevel }, { broker }) => ({
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex, timestamp }) => {
            if (!leads(partitionIndex, broker, name)) {
              return { partitionIndex, errorCode: ERROR.NOT_LEADER_OR_FOLLOWER };
            }
            const log = this.logsOf(name)[partitionIndex]!;
            return { partitionIndex, offset: BigInt(offsetAt(log, Number(timestamp), isolationLevel === 1)) };
          }),
        })),
      })),
      answer(fetchApi, ({ topics, maxBytes, isolationLevel }, { broker }) => {
        const isCommitted = isolationLevel === 1;
        let left = maxBytes;
        let isFirst = true;
        return {
          responses: topics.map(({ topic, topicId, partitions }) => ({
            topic,
            topicId,
            partitions: partitions.map(({ partition, fetchOffset, partitionMaxBytes }) => {
              const log = this.logsOf(topic)[partition]!;
              const offset = Number(fetchOffset);
              this.fetched.push({ broker, partition, offset });
              this.beforeFetch(partition, offset);
              const failed = (errorCode: number) => ({
                partitionIndex: partition,
                errorCode,
                highWatermark: -1n,
              });
              if (!leads(partition, broker, topic)) return failed(ERROR.NOT_LEADER_OR_FOLLOWER);
              if (log.errorCode !== ERROR.NONE) return failed(log.errorCode);
              if (offset < log.start || offset > log.end) return failed(ERROR.OFFSET_OUT_OF_RANGE);
              const records = log.read(offset, Math.min(left, partitionMaxBytes), isFirst, isCommitted);
              if (records.length > 0) isFirst = false;
              left -= records.length;
              return {
                partitionIndex: partition,
                highWatermark: BigInt(log.end),
                logStartOffset: BigInt(log.start),
                lastStableOffset: BigInt(log.stableEnd),
                abortedTransactions: isCommitted
                  ? log.aborted
                      .filter(({ marker }) => marker >= offset)
                      .map(({ producerId, firstOffset }) => ({
                        producerId: BigInt(producerId),
                        firstOffset: BigInt(firstOffset),
                      }))
                  : [],
                records,
              };
            }),
          })),
        };
      }),
      answer(initProducerIdApi, () => {
        if (this.producersRefused > 0) {
          this.producersRefused -= 1;
          return { errorCode: ERROR.COORDINATOR_LOAD_IN_PROGRESS };
        }
        this.#producerCount += 1;
        return { errorCode: ERROR.NONE, producerId: BigInt(this.#producerCount), producerEpoch: 0 };
      }),
      answer(produceApi, ({ topicData }, { broker }) => {
        if (this.breakOnProduce) {
          this.cluster.broker(broker).dropConnections();
          return undefined;
        }
        const partitionResponses = topicData[0]!.partitionData.map(({ index, records }) => {
          const isLed = leads(index, broker, TOPIC);
          return { index, ...(isLed ? this.#write(index, Buffer.from(records!)) : MOVED) };
        });
        if (this.lostAnswers > 0) {
          this.lostAnswers -= 1;
          this.cluster.broker(broker).dropConnections();
          return undefined;
        }
        return { responses: [{ name: TOPIC, topicId: topicData[0]!.topicId, partitionResponses }] };
      }),
    ];
  }

  /** Appends a batch, once for each sequence number of a producer (KIP-98). */
  #write(partition: number, bytes: Buffer): Refusal | { baseOffset: bigint } {
    if (this.refuse) {
      const { errorCode, message } = this.refuse;
      const recordErrors = message ? [{ batchIndex: 0, batchIndexErrorMessage: message }] : [];
      return { errorCode, recordErrors };
    }
    const { producerId, baseSequence, recordCount } = readBatchHeader(bytes);
    const key = `${producerId} ${partition}`;
    const known = this.#producers.get(key) ?? { next: 0, written: new Map<number, bigint>() };
    if (producerId >= 0n) {
      const before = known.written.get(baseSequence);
      if (before !== undefined) return { baseOffset: before };
      if (baseSequence !== known.next) return { errorCode: ERROR.OUT_OF_ORDER_SEQUENCE_NUMBER };
    }
    const refusal = this.judge?.(partition, decodeRecords(bytes));
    if (refusal) return refusal;
    const log = this.logs[partition]!;
    const baseOffset = BigInt(log.end);
    setBaseOffset(bytes, 0, log.end);
    log.appendBytes(bytes, log.end, []);
    known.next = baseSequence + recordCount;
    known.written.set(baseSequence, baseOffset);
    this.#producers.set(key, known);
    return { baseOffset };
  }
}

function offsetAt(log: FakeLog, timestamp: number, isCommitted: boolean): number {
  if (timestamp === -1) return isCommitted ? log.stableEnd : log.end;
  if (timestamp === -2) return log.start;
  const records = log.batches.flatMap(({ bytes }) => decodeRecords(bytes));
  return records.find((record) => record.timestamp >= timestamp)?.offset ?? -1;
}
