import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, request } from '../harness/api.ts';
import { describeTopics } from '../harness/described-topics.ts';
import { uniqueName } from '../harness/names.ts';
import { eventually, startBroker, stopBroker, underTest } from '../harness/under-test.ts';

const topic = uniqueName('changes');
const described = () => describeTopics(underTest.bootstrapServers, topic);

describe('reassignments and elections', () => {
  beforeAll(async () => {
    await ask('createTopic', {
      body: {
        name: topic,
        assignment: [
          [1, 2],
          [1, 2],
          [1, 2],
          [1, 2],
        ],
      },
    });
    for (let index = 0; index < 40; index++) {
      await ask('produceMessage', {
        params: { topic },
        body: { partition: index % 4, value: { data: 'x'.repeat(1000) } },
      });
    }
  });
  afterAll(async () => {
    for (const id of [1, 2, 3]) await startBroker(id);
    await request('deleteTopic', { params: { topic } as never });
  });

  it('previews without changing anything', async () => {
    const plan = await ask('previewReassignment', {
      body: { generate: { topics: [topic], brokers: [1, 2, 3] } },
    });
    expect(plan.moves.length).toBeGreaterThan(0);
    for (const move of plan.moves) expect(new Set(move.after).size).toBe(2);
    expect(plan.commands.join('\n')).toContain('kafka-reassign-partitions');
    const load = plan.brokers.map((broker) => broker.replicasAfter);
    expect(Math.max(...load) - Math.min(...load)).toBeLessThanOrEqual(1);
    expect((await described()).every((one) => one.replicas.join() === '1,2')).toBe(true);
  });

  it('moves replicas, with their data, to the brokers of the plan', async () => {
    const plan = await ask('previewReassignment', {
      body: { generate: { topics: [topic], brokers: [2, 3] } },
    });
    const targets = plan.moves.map((move) => ({
      topic: move.topic,
      partition: move.partition,
      replicas: move.after,
    }));
    const started = await ask('alterReassignments', { body: { targets } });
    expect(started.items.every((item) => item.ok)).toBe(true);
    await eventually(
      'replicas are on 2 and 3 and in sync',
      async () =>
        (await described()).every(
          (one) => [...one.isr].sort().join() === '2,3' && one.replicas.every((id) => id !== 1),
        ),
      60_000,
    );
    await eventually('none is under way', async () => (await ask('listReassignments')).items.length === 0);
    // Sizes are kept for a moment: they may be of before the move, when another leader held the data.
    const detail = await eventually('the sizes are those of the new leaders', async () => {
      const told = await ask('getTopic', { params: { topic } });
      return told.partitions.every((one) => (one.sizeBytes ?? 0) > 10_000) && told;
    });
    expect(detail.messageCount).toBe(40);
  });

  it('gives each partition its own result', async () => {
    const answer = await ask('alterReassignments', {
      body: {
        targets: [
          { topic, partition: 0, replicas: [2, 3] },
          { topic, partition: 1, replicas: [2, 99] },
          { topic, partition: 2, replicas: null },
        ],
      },
    });
    expect(answer.items.map((item) => item.ok)).toEqual([true, false, false]);
    expect(answer.items[1]!.error).toBeTruthy();
    expect(answer.items[2]!.error).toBeTruthy();
  });

  it('elects preferred leaders after a broker has been away', async () => {
    await stopBroker(2, 'controlled');
    await eventually(
      '3 leads everything',
      async () => (await described()).every((one) => one.leader === 3),
      60_000,
    );
    await startBroker(2);
    await eventually(
      '2 is back in every ISR',
      async () => (await described()).every((one) => one.isr.length === 2),
      60_000,
    );
    const detail = await eventually('preferred-leader % shows it', async () => {
      const answer = await ask('getTopic', { params: { topic } });
      return answer.preferredLeaderPercent < 100 && answer.underReplicatedPartitionCount === 0 && answer;
    });
    const away = detail.partitions.filter((one) => !one.isPreferredLeader);
    const preview = await ask('previewPlan', {
      body: {
        operation: 'elect-leaders',
        body: { partitions: away.map(({ partition }) => ({ topic, partition })) },
      },
    });
    expect(preview.changes).toHaveLength(away.length);
    const elected = await ask('electLeaders', { body: {} });
    expect(elected.items.every((item) => item.ok)).toBe(true);
    await eventually('all lead as preferred', async () => {
      return (await ask('getTopic', { params: { topic } })).preferredLeaderPercent === 100;
    });
    expect((await described()).every((one) => one.leader === one.replicas[0])).toBe(true);
  });
});
