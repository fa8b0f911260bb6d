import { afterEach, beforeEach, expect, test } from 'vitest';
import { ERROR } from '../protocol/errors.ts';
import { createTopicsApi } from '../protocol/messages/create-topics.ts';
import { describeLogDirsApi } from '../protocol/messages/describe-log-dirs.ts';
import { fetchApi } from '../protocol/messages/fetch.ts';
import { produceApi } from '../protocol/messages/produce.ts';
import { encodeRecordBatch } from '../protocol/records/record-batch.ts';
import { recordsIn } from './testing/batches.ts';
import { FullableFiles } from './testing/full-disk.ts';
import { RawClient } from './testing/raw-client.ts';
import { type ServedCluster, serveCluster } from './testing/served-cluster.ts';

let served: ServedCluster;
let client: RawClient;
const stores = new Map<string, FullableFiles>();

beforeEach(async () => {
  stores.clear();
  served = await serveCluster({ 'replica.lag.time.max.ms': '400' }, undefined, (name) => {
    const store = new FullableFiles();
    stores.set(name, store);
    return store;
  });
  client = await RawClient.connect(served.bootstrapServers()[0]!);
  const topic = { name: 't', numPartitions: -1, replicationFactor: -1 };
  const assignments = [{ partitionIndex: 0, brokerIds: [1, 2, 3] }];
  await client.send(createTopicsApi, 5, { topics: [{ ...topic, assignments }], timeoutMs: 1000 });
});
afterEach(async () => {
  client.close();
  await served.cluster.close();
});

const fill = (isFull: boolean) => {
  for (const store of stores.values()) store.isFull = isFull;
};

async function produce(value: string, acks = -1): Promise<number> {
  const records = encodeRecordBatch({ records: [{ key: null, value }] });
  const { responses } = await client.send(produceApi, 9, {
    acks,
    timeoutMs: 3000,
    topicData: [{ name: 't', partitionData: [{ index: 0, records }] }],
  });
  return responses[0]!.partitionResponses[0]!.errorCode;
}

async function read(): Promise<string[]> {
  const partitions = [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1 << 20 }];
  const { responses } = await client.send(fetchApi, 11, {
    replicaId: -1,
    maxWaitMs: 0,
    minBytes: 0,
    sessionEpoch: -1,
    topics: [{ topic: 't', partitions }],
  });
  return recordsIn([responses[0]!.partitions[0]!.records!]);
}

async function logDirError(): Promise<number> {
  const { results } = await client.send(describeLogDirsApi, 4, { topics: null });
  expect(results[0]!.topics.map(({ name }) => name)).toContain('t');
  return results[0]!.errorCode;
}

test('a full disk refuses writes and serves reads, and all is well when there is room again', async () => {
  expect(await produce('before')).toBe(ERROR.NONE);
  fill(true);
  for (let attempt = 0; attempt < 3; attempt++) expect(await produce('lost')).toBe(ERROR.KAFKA_STORAGE_ERROR);
  expect(await read()).toEqual(['0:before']);
  expect(await logDirError()).toBe(ERROR.KAFKA_STORAGE_ERROR);
  // Periodic work meets the full disk as well: checkpoints, retention, the in-sync replicas.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(served.logLines.filter((line) => line.includes('Writes to memory are refused')).length).toBeLessThan(
    4,
  );
  fill(false);
  await expect.poll(logDirError, { timeout: 5000 }).toBe(ERROR.NONE);
  expect(await produce('after')).toBe(ERROR.NONE);
  expect(await read()).toEqual(['0:before', '1:after']);
});

test('a follower whose disk was full catches up by itself', async () => {
  expect(await produce('first')).toBe(ERROR.NONE);
  stores.get('broker-2')!.isFull = true;
  expect(await produce('second', 1)).toBe(ERROR.NONE);
  const isr = () => served.cluster.image.partition('t', 0)!.isr;
  await expect.poll(isr, { timeout: 5000 }).toEqual([1, 3]);
  expect(await produce('third')).toBe(ERROR.NONE);
  stores.get('broker-2')!.isFull = false;
  await expect.poll(isr, { timeout: 5000 }).toEqual([1, 2, 3]);
  expect(await read()).toEqual(['0:first', '1:second', '2:third']);
});
