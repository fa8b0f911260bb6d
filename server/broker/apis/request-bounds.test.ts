import { afterAll, beforeAll, expect, it } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { createPartitionsApi } from '../../protocol/messages/create-partitions.ts';
import { createTopicsApi } from '../../protocol/messages/create-topics.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';

let served: ServedCluster;
let client: RawClient;

beforeAll(async () => {
  served = await serveCluster();
  client = await RawClient.connect(served.bootstrapServers()[0]!);
});
afterAll(async () => {
  client.close();
  await served.cluster.close();
});

const topic = (name: string, numPartitions: number) => ({ name, numPartitions, replicationFactor: 1 });

it('refuses to make more than 10,000 partitions at once, and makes none of them', async () => {
  const { topics } = await client.send(createTopicsApi, 7, {
    topics: [topic('small', 1), topic('large', 10_000)],
    timeoutMs: 1000,
  });
  const reason = 'Excessively large number of partitions per request.';
  for (const { errorCode, errorMessage } of topics) {
    expect({ errorCode, errorMessage }).toEqual({
      errorCode: ERROR.POLICY_VIOLATION,
      errorMessage: reason,
    });
  }
  expect(served.cluster.image.topics.size).toBe(0);
});

it('refuses to add so many to a topic', async () => {
  await client.send(createTopicsApi, 7, { topics: [topic('growing', 1)], timeoutMs: 1000 });
  const grow = async (count: number) => {
    const body = { topics: [{ name: 'growing', count, assignments: null }], timeoutMs: 1000 };
    return (await client.send(createPartitionsApi, 3, body)).results[0];
  };
  expect(await grow(2 ** 31 - 1)).toMatchObject({
    errorCode: ERROR.POLICY_VIOLATION,
    errorMessage: 'Unable to perform excessively large batch operation.',
  });
  expect(await grow(2)).toMatchObject({ errorCode: 0 });
});
