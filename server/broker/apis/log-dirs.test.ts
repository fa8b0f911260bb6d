import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { alterReplicaLogDirsApi } from '../../protocol/messages/alter-replica-log-dirs.ts';
import { createTopicsApi } from '../../protocol/messages/create-topics.ts';
import { describeLogDirsApi } from '../../protocol/messages/describe-log-dirs.ts';
import { produceApi } from '../../protocol/messages/produce.ts';
import { batchOf } from '../testing/batches.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';

let served: ServedCluster;
let client: RawClient;

beforeAll(async () => {
  served = await serveCluster();
  client = await RawClient.connect(served.bootstrapServers()[0]!);
  const made = (name: string, brokerIds: number[]) => ({
    name,
    numPartitions: -1,
    replicationFactor: -1,
    assignments: [{ partitionIndex: 0, brokerIds }],
  });
  await client.send(createTopicsApi, 5, {
    topics: [made('here', [1, 2]), made('elsewhere', [2, 3])],
    timeoutMs: 1000,
  });
});
afterAll(async () => {
  client.close();
  await served.cluster.close();
});

test.each([1, 2])('AlterReplicaLogDirs v%i: a replica stays in the one log dir there is', async (version) => {
  const dir = (path: string, ...names: string[]) => ({
    path,
    topics: names.map((name) => ({ name, partitions: [0] })),
  });
  const { results } = await client.send(alterReplicaLogDirsApi, version, {
    dirs: [dir('memory', 'here', 'elsewhere', 'nowhere', 'l'.repeat(220)), dir('/other', 'there')],
  });
  expect(
    results.map(({ topicName, partitions }) => [topicName.slice(0, 9), partitions[0]!.errorCode]),
  ).toEqual([
    ['here', ERROR.NONE],
    ['elsewhere', ERROR.REPLICA_NOT_AVAILABLE],
    ['nowhere', ERROR.UNKNOWN_TOPIC_OR_PARTITION],
    ['lllllllll', ERROR.INVALID_TOPIC_EXCEPTION],
    ['there', ERROR.LOG_DIR_NOT_FOUND],
  ]);
});

test('DescribeLogDirs counts the bytes of the batches that were written', async () => {
  const records = batchOf({ values: ['one', 'two'] });
  await client.send(produceApi, 9, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: 'here', partitionData: [{ index: 0, records }] }],
  });
  const { results } = await client.send(describeLogDirsApi, 4, {
    topics: [{ topic: 'here', partitions: [0, 7] }],
  });
  expect(results[0]).toMatchObject({ logDir: 'memory', errorCode: 0 });
  expect(results[0]!.topics).toEqual([
    {
      name: 'here',
      partitions: [
        { partitionIndex: 0, partitionSize: BigInt(records.length), offsetLag: 0n, isFutureKey: false },
      ],
    },
  ]);
});
