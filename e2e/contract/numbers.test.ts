import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../harness/api.ts';
import { describeTopics } from '../harness/described-topics.ts';
import { expectedOverview, expectedTopic } from '../harness/expected-numbers.ts';
import { uniqueName } from '../harness/names.ts';
import { eventually, startBroker, stopBroker, underTest } from '../harness/under-test.ts';

const even = uniqueName('numbers-even');
const skewed = uniqueName('numbers-skewed');

/** Compares until both sides have settled on the same picture: brokers come and go while this runs. */
async function sameAsTheOfficialTool(aliveBrokers: readonly number[]): Promise<void> {
  await eventually(
    'overview and topics equal kafka-topics --describe',
    async () => {
      const described = await describeTopics(underTest.bootstrapServers);
      const { leaders, replicas, ...numbers } = expectedOverview(described);
      const overview = await ask('getOverview');
      expect(overview).toMatchObject(numbers);
      for (const broker of overview.brokers) {
        expect(broker.leaderCount, `leaders of ${broker.id}`).toBe(leaders.get(broker.id) ?? 0);
        expect(broker.replicaCount, `replicas of ${broker.id}`).toBe(replicas.get(broker.id) ?? 0);
        expect(broker.leaderPercent).toBeCloseTo(((leaders.get(broker.id) ?? 0) / described.length) * 100, 6);
      }
      for (const name of [even, skewed]) {
        const ofTopic = described.filter((one) => one.topic === name);
        const topic = await ask('getTopic', { params: { topic: name } });
        expect(topic).toMatchObject(expectedTopic(ofTopic, aliveBrokers));
        expect(
          topic.partitions.map(({ partition, leader, replicas, isr }) => ({
            partition,
            leader,
            replicas,
            isr: [...isr].sort(),
          })),
        ).toEqual(
          ofTopic.map(({ partition, leader, replicas, isr }) => ({
            partition,
            leader,
            replicas,
            isr: [...isr].sort(),
          })),
        );
        const row = (await ask('listTopics', { query: { search: name } })).items[0];
        expect(row).toMatchObject({
          partitionCount: topic.partitionCount,
          underReplicatedPartitionCount: topic.underReplicatedPartitionCount,
          preferredLeaderPercent: topic.preferredLeaderPercent,
        });
      }
      return true;
    },
    60_000,
  );
}

describe('numbers', () => {
  beforeAll(async () => {
    await ask('createTopic', { body: { name: even, partitionCount: 6, replicationFactor: 3 } });
    await ask('createTopic', {
      body: {
        name: skewed,
        assignment: [
          [1, 2],
          [1, 3],
          [1, 2],
          [1, 2],
          [2, 1],
        ],
      },
    });
  });
  afterAll(async () => {
    await startBroker(2);
    for (const topic of [even, skewed]) await ask('deleteTopic', { params: { topic } });
  });

  it('equal kafka-topics --describe with all brokers up', async () => {
    await sameAsTheOfficialTool([1, 2, 3]);
    const overview = await ask('getOverview');
    expect(overview.brokerCount).toBe(3);
    expect(overview.brokers.filter((broker) => broker.isController)).toHaveLength(1);
    expect(overview.mode).toBe('kraft');
  });

  it('equal kafka-topics --describe with a broker down, and after its return', async () => {
    await stopBroker(2, 'hard');
    await eventually(
      'under-replicated partitions are counted',
      async () => {
        const overview = await ask('getOverview');
        return overview.underReplicatedPartitionCount > 0 && overview.brokerCount === 2;
      },
      60_000,
    );
    await sameAsTheOfficialTool([1, 3]);
    await startBroker(2);
    await eventually(
      'the ISR is whole again',
      async () => {
        return (await ask('getOverview')).underReplicatedPartitionCount === 0;
      },
      90_000,
    );
    await sameAsTheOfficialTool([1, 2, 3]);
  });
});
