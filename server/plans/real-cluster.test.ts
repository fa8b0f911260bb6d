import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTopicBody } from '../../lib/contract/topics.ts';
import { type AcceptedTopic, createTopic } from '../client/create-topic.ts';
import { deleteTopicsApi } from '../protocol/messages/delete-topics.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { alterReassignments } from './alter-reassignments.ts';
import { electLeaders } from './elect-leaders.ts';
import { listReassignments } from './list-reassignments.ts';
import { previewPlan } from './preview-plan.ts';
import { previewReassignment } from './preview-reassignment.ts';

/** A cluster of at least three brokers, `host:port,…`; without it these tests are left out. */
const brokers = process.env.KAFDECK_TEST_BROKERS;

describe.skipIf(!brokers)('plans on a cluster', { timeout: 60_000 }, () => {
  const name = `plans-${randomUUID()}`;
  let console: Console;
  let ids: number[];
  let created: AcceptedTopic;

  const replicas = async (): Promise<number[][]> =>
    ((await console.snapshots.refreshed()).topics.get(name)?.partitions ?? []).map((one) => [
      ...one.replicas,
    ]);
  const eventually = async (isSo: () => Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await sleep(100);
  };

  beforeAll(async () => {
    console = connectedTo(brokers!.split(','));
    ids = (await console.snapshots.current()).brokers.filter(({ isAlive }) => isAlive).map(({ id }) => id);
    const [one, two] = ids as [number, number];
    const assignment = [0, 1, 2, 3].map(() => [one, two]);
    created = await createTopic(console.client, createTopicBody.parse({ name, assignment }));
    const producer = await console.client.producer();
    await eventually(async () => (await replicas()).length === 4);
    for (const partition of [0, 1, 2, 3])
      await producer.send({ topic: name, messages: [{ partition, value: 'x'.repeat(5000) }] });
  });

  afterAll(async () => {
    await console.client.send(
      deleteTopicsApi,
      (version) => ({
        ...(version >= 6 ? { topics: [{ name }] } : { topicNames: [name] }),
        timeoutMs: 10_000,
      }),
      { to: 'controller' },
    );
    await console.close();
  });

  it('creates what was assigned', () => {
    expect(created).toMatchObject({ partitionCount: 4, replicationFactor: 2 });
  });

  it('come true: what the preview says is what the cluster has afterwards', async () => {
    const plan = await previewReassignment(console, {
      generate: { topics: [name], brokers: ids, rackAware: true, strategy: 'minimal-movement' },
    });
    expect(plan.moves.length).toBeGreaterThan(0);
    expect(plan.bytesToMove).toBeGreaterThan(5000);
    const { items } = await alterReassignments(console, {
      targets: plan.moves.map(({ topic, partition, after }) => ({ topic, partition, replicas: after })),
    });
    expect(items.every(({ ok }) => ok)).toBe(true);
    await eventually(async () => {
      console.reads.forgetTopic(name);
      return !(await listReassignments(console)).items.some(({ topic }) => topic === name);
    });
    const now = await replicas();
    for (const { partition, after } of plan.moves) expect(now[partition]).toEqual(after);
    const again = await previewReassignment(console, {
      generate: { topics: [name], brokers: ids, rackAware: true, strategy: 'minimal-movement' },
    });
    expect(again.moves).toEqual([]);
  });

  it('elect what the preview says, then have nothing left to do', async () => {
    const partitions = [0, 1, 2, 3].map((partition) => ({ topic: name, partition }));
    const { items } = await electLeaders(console, { partitions });
    expect(items.every(({ ok }) => ok)).toBe(true);
    await eventually(async () =>
      ((await console.snapshots.refreshed()).topics.get(name)?.partitions ?? []).every(
        (one) => one.leader === one.replicas[0],
      ),
    );
    const plan = await previewPlan(console, { operation: 'elect-leaders', body: { partitions } });
    expect(plan.changes).toEqual([]);
  });

  it('are refused with Kafka’s reason', async () => {
    await expect(
      previewPlan(console, {
        operation: 'alter-topic-configs',
        topic: name,
        body: { changes: { 'retention.ms': 'soon' }, validateOnly: false },
      }),
    ).rejects.toMatchObject({ code: 'refused_by_kafka', kafkaError: { name: 'INVALID_CONFIG' } });
    await expect(
      previewPlan(console, {
        operation: 'add-partitions',
        topic: name,
        body: { count: 2, validateOnly: false },
      }),
    ).rejects.toMatchObject({ code: 'refused_by_kafka', kafkaError: { name: 'INVALID_PARTITIONS' } });
  });
});
