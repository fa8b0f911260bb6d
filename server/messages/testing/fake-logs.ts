import { answer } from '../../client/testing/fake-broker.ts';
import { FakeCluster, type FakePartition } from '../../client/testing/fake-cluster.ts';
import { ERROR } from '../../protocol/errors.ts';
import { fetchApi } from '../../protocol/messages/fetch.ts';
import { initProducerIdApi } from '../../protocol/messages/init-producer-id.ts';
import { listOffsetsApi } from '../../protocol/messages/list-offsets.ts';
import { produceApi } from '../../protocol/messages/produce.ts';
import { iterateBatches, readBatchHeader, setBaseOffset } from '../../protocol/records/batch-header.ts';
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
  /** Transactions that were aborted, with the offsets of their first record and of the marker that ends them. */
  aborted: { producerId: number; firstOffset: number; marker: number }[] = [];

  /** Adds a batch at the end, or where its records' offsets say. */
  append(records: RecordToEncode[], more: Partial<BatchToEncode> = {}): void {
    const baseOffset = records[0]?.offset ?? this.end;
    this.appendBytes(encodeRecordBatch({ records, baseOffset, ...more }), baseOffset, records);
  }

  /** Adds bytes that need be no batch. */
  appendBytes(bytes: Buffer, baseOffset: number, records: { length: number }): void {
    const [header] = bytes[16] === 2 ? iterateBatches(bytes) : [];
    const lastOffset = baseOffset + (header?.lastOffsetDelta ?? records.length - 1);
    this.batches.push({ bytes, baseOffset, lastOffset });
    this.end = lastOffset + 1;
  }

  /** Leaves offsets without records at the end, as compaction and transactions do. */
  skip(offsets: number): void {
    this.end += offsets;
  }

  /** Of the aborted transactions the ones that have something in what is given from an offset on. */
  abortedIn(offset: number, records: Buffer): { producerId: bigint; firstOffset: bigint }[] {
    const last = decodeRecords(records).at(-1)?.offset ?? -1;
    return this.aborted
      .filter(({ firstOffset, marker }) => firstOffset <= last && marker >= offset)
      .map(({ producerId, firstOffset }) => ({
        producerId: BigInt(producerId),
        firstOffset: BigInt(firstOffset),
      }));
  }

  read(offset: number, maxBytes: number, isFirst: boolean): Buffer {
    const parts: Buffer[] = [];
    let bytes = 0;
    for (const batch of this.batches) {
      if (batch.lastOffset < offset) continue;
      const mayBeLarger = isFirst && parts.length === 0;
      if (bytes + batch.bytes.length > maxBytes && !mayBeLarger) break;
      parts.push(batch.bytes);
      bytes += batch.bytes.length;
    }
    return Buffer.concat(parts);
  }
}

/** A cluster with one topic, `orders`, whose logs can be read, written and broken. */
export class FakeLogs {
  readonly cluster = new FakeCluster();
  readonly topic = TOPIC;
  readonly logs: FakeLog[];
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

  constructor(partitionCount: number) {
    this.logs = Array.from({ length: partitionCount }, () => new FakeLog());
    this.cluster.addTopic(TOPIC, partitionCount, 3);
    for (const broker of this.cluster.brokers) {
      broker.on(...this.#handlers());
      // They do not wait for records, as brokers do; without a pause those who follow would ask without end.
      broker.delayMs = 5;
    }
  }

  partition(index: number): FakePartition {
    return this.cluster.topics.get(TOPIC)!.partitions[index]!;
  }

  /** One message a batch, at these times. */
  fill(partition: number, timestamps: readonly number[], name = `p${partition}`): void {
    for (const [index, timestamp] of timestamps.entries()) {
      this.logs[partition]!.append([{ key: `${name}-${index}`, value: 'v', timestamp }]);
    }
  }

  #handlers() {
    const leads = (partition: number, broker: number, name: string) =>
      name === TOPIC && this.cluster.topics.has(TOPIC) && this.partition(partition).leader === broker;
    return [
      answer(listOffsetsApi, ({ topics }, { broker }) => ({
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex, timestamp }) => {
            if (!leads(partitionIndex, broker, name)) {
              return { partitionIndex, errorCode: ERROR.NOT_LEADER_OR_FOLLOWER };
            }
            return { partitionIndex, offset: BigInt(this.#offsetAt(partitionIndex, Number(timestamp))) };
          }),
        })),
      })),
      answer(fetchApi, ({ topics, maxBytes, isolationLevel }, { broker }) => {
        let left = maxBytes;
        let isFirst = true;
        return {
          responses: topics.map(({ topic, topicId, partitions }) => ({
            topic,
            topicId,
            partitions: partitions.map(({ partition, fetchOffset, partitionMaxBytes }) => {
              const log = this.logs[partition]!;
              const offset = Number(fetchOffset);
              this.fetched.push({ broker, partition, offset });
              this.beforeFetch(partition, offset);
              const failed = (errorCode: number) => ({
                partitionIndex: partition,
                errorCode,
                highWatermark: -1n,
              });
              if (!leads(partition, broker, TOPIC)) return failed(ERROR.NOT_LEADER_OR_FOLLOWER);
              if (log.errorCode !== ERROR.NONE) return failed(log.errorCode);
              if (offset < log.start || offset > log.end) return failed(ERROR.OFFSET_OUT_OF_RANGE);
              const records = log.read(offset, Math.min(left, partitionMaxBytes), isFirst);
              if (records.length > 0) isFirst = false;
              left -= records.length;
              return {
                partitionIndex: partition,
                highWatermark: BigInt(log.end),
                lastStableOffset: BigInt(log.end),
                logStartOffset: BigInt(log.start),
                abortedTransactions: isolationLevel === 1 ? log.abortedIn(offset, records) : null,
                records,
              };
            }),
          })),
        };
      }),
      answer(initProducerIdApi, () => {
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

  #offsetAt(partition: number, timestamp: number): number {
    const log = this.logs[partition]!;
    if (timestamp === -1) return log.end;
    if (timestamp === -2) return log.start;
    const records = log.batches.flatMap(({ bytes }) => decodeRecords(bytes));
    return records.find((record) => record.timestamp >= timestamp)?.offset ?? -1;
  }
}
