import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTopicBody } from '../../lib/contract/topics.ts';
import { answer } from '../client/testing/fake-broker.ts';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { type CreatePartitionsRequest, createPartitionsApi } from '../protocol/messages/create-partitions.ts';
import { type CreateTopicsRequest, createTopicsApi } from '../protocol/messages/create-topics.ts';
import { type DeleteTopicsRequest, deleteTopicsApi } from '../protocol/messages/delete-topics.ts';
import {
  type IncrementalAlterConfigsRequest,
  incrementalAlterConfigsApi,
} from '../protocol/messages/incremental-alter-configs.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { addPartitions } from './add-partitions.ts';
import { alterTopicConfigs } from './alter-topic-configs.ts';
import { createTopic } from './create-topic.ts';
import { deleteTopic } from './delete-topic.ts';

let cluster: FakeCluster;
let console: Console;
let error: number;
let message: string | null;
const asked = {
  create: [] as CreateTopicsRequest[],
  delete: [] as DeleteTopicsRequest[],
  grow: [] as CreatePartitionsRequest[],
  alter: [] as IncrementalAlterConfigsRequest[],
};
const ID = 'AAECAwQFBgcICQoLDA0ODw';

beforeEach(async () => {
  error = ERROR.NONE;
  message = null;
  for (const list of Object.values(asked)) list.length = 0;
  cluster = new FakeCluster();
  const outcome = () => ({ errorCode: error, errorMessage: message });
  for (const broker of cluster.brokers) {
    broker.on(
      answer(createTopicsApi, (request) => {
        asked.create.push(request);
        const told = { topicId: ID, numPartitions: 6, replicationFactor: 3, ...outcome() };
        return { topics: request.topics.map(({ name }) => ({ name, ...told })) };
      }),
      answer(deleteTopicsApi, (request) => {
        asked.delete.push(request);
        return { responses: request.topics.map(({ name }) => ({ name, ...outcome() })) };
      }),
      answer(createPartitionsApi, (request) => {
        asked.grow.push(request);
        return { results: request.topics.map(({ name }) => ({ name, ...outcome() })) };
      }),
      answer(incrementalAlterConfigsApi, (request) => {
        asked.alter.push(request);
        return { responses: request.resources.map((one) => ({ ...one, ...outcome() })) };
      }),
    );
  }
  await cluster.start();
  console = connectedTo(cluster.bootstrapServers);
});

afterEach(async () => {
  await console.close();
  await cluster.stop();
});

const body = (fields: object) => createTopicBody.parse({ name: 'new', ...fields });
const refuse = (code: number, reason: string | null = null) => {
  error = code;
  message = reason;
};

describe('createTopic', () => {
  it('leaves to the cluster what is not said, and tells what it made', async () => {
    expect(await createTopic(console, body({ configs: { 'retention.ms': '1' } }))).toEqual({
      name: 'new',
      topicId: ID,
      partitionCount: 6,
      replicationFactor: 3,
    });
    expect(asked.create[0]).toMatchObject({
      validateOnly: false,
      topics: [
        {
          name: 'new',
          numPartitions: -1,
          replicationFactor: -1,
          assignments: [],
          configs: [{ name: 'retention.ms', value: '1' }],
        },
      ],
    });
  });

  it('names the brokers of each partition where they are given', async () => {
    await createTopic(
      console,
      body({
        assignment: [
          [1, 2],
          [2, 3],
        ],
      }),
    );
    expect(asked.create[0]!.topics[0]).toMatchObject({
      numPartitions: -1,
      assignments: [
        { partitionIndex: 0, brokerIds: [1, 2] },
        { partitionIndex: 1, brokerIds: [2, 3] },
      ],
    });
  });

  it('looks at the cluster again afterwards, unless it only asked', async () => {
    const refreshSoon = vi.spyOn(console.snapshots, 'refreshSoon');
    await createTopic(console, body({ validateOnly: true }));
    expect(asked.create[0]!.validateOnly).toBe(true);
    expect(refreshSoon).not.toHaveBeenCalled();
    await createTopic(console, body({}));
    expect(refreshSoon).toHaveBeenCalledOnce();
  });

  it.each([
    ['TOPIC_ALREADY_EXISTS', 'conflict', 409],
    ['INVALID_REPLICATION_FACTOR', 'refused_by_kafka', 422],
    ['POLICY_VIOLATION', 'refused_by_kafka', 422],
    ['CLUSTER_AUTHORIZATION_FAILED', 'forbidden', 403],
  ] as const)('answers %s with %s and Kafka’s own words', async (name, code, status) => {
    refuse(ERROR[name], 'Kafka says why');
    await expect(createTopic(console, body({}))).rejects.toMatchObject({
      code,
      status,
      message: expect.stringContaining('Kafka says why'),
      kafkaError: { code: ERROR[name], name },
    });
  });

  it('says when no broker can be reached', async () => {
    await cluster.stop();
    await expect(createTopic(console, body({}))).rejects.toMatchObject({ code: 'broker_unreachable' });
  });
});

describe('deleteTopic', () => {
  it('names the topic and gives the controller time', async () => {
    expect(await deleteTopic(console, 'orders')).toEqual({ ok: true });
    expect(asked.delete[0]).toMatchObject({ topics: [{ name: 'orders' }] });
    expect(asked.delete[0]!.timeoutMs).toBeGreaterThan(0);
  });

  it('knows no topic that is not there', async () => {
    refuse(ERROR.UNKNOWN_TOPIC_OR_PARTITION);
    await expect(deleteTopic(console, 'nothing')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('addPartitions', () => {
  it('asks for the number in all, with brokers where they are given', async () => {
    await addPartitions(console, 'orders', { count: 8, assignment: [[1], [2]], validateOnly: false });
    await addPartitions(console, 'orders', { count: 9, validateOnly: true });
    expect(asked.grow[0]).toMatchObject({
      validateOnly: false,
      topics: [{ name: 'orders', count: 8, assignments: [{ brokerIds: [1] }, { brokerIds: [2] }] }],
    });
    expect(asked.grow[1]).toMatchObject({ validateOnly: true, topics: [{ count: 9, assignments: null }] });
    expect(asked.grow[0]!.timeoutMs).toBeGreaterThan(0);
  });

  it('hands on that there are more already', async () => {
    refuse(ERROR.INVALID_PARTITIONS, 'There are 6 already');
    const fewer = addPartitions(console, 'orders', { count: 2, validateOnly: false });
    await expect(fewer).rejects.toMatchObject({ code: 'refused_by_kafka', status: 422 });
  });
});

describe('alterTopicConfigs', () => {
  it('sets values and takes nulls away, and nothing else', async () => {
    const changes = { 'retention.ms': '1000', 'segment.ms': null };
    await alterTopicConfigs(console, 'orders', { changes, validateOnly: false });
    expect(asked.alter[0]).toMatchObject({
      validateOnly: false,
      resources: [
        {
          resourceType: 2,
          resourceName: 'orders',
          configs: [
            { name: 'retention.ms', configOperation: 0, value: '1000' },
            { name: 'segment.ms', configOperation: 1, value: null },
          ],
        },
      ],
    });
  });

  it('hands on what Kafka has against a value', async () => {
    refuse(ERROR.INVALID_CONFIG, 'Not a number');
    const changes = { 'retention.ms': 'soon' };
    await expect(
      alterTopicConfigs(console, 'orders', { changes, validateOnly: false }),
    ).rejects.toMatchObject({ code: 'refused_by_kafka', message: expect.stringContaining('Not a number') });
  });
});
