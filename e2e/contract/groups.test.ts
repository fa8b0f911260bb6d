import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, request } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { runOfficialTool } from '../harness/official-tool.ts';
import { eventually, underTest } from '../harness/under-test.ts';

const topic = uniqueName('groups');
const group = uniqueName('group');

describe('groups', () => {
  const consumers: Consumer[] = [];

  beforeAll(async () => {
    await ask('createTopic', { body: { name: topic, partitionCount: 4, replicationFactor: 3 } });
    for (let index = 0; index < 12; index++) {
      await ask('produceMessage', {
        params: { topic },
        body: { partition: index % 4, value: { data: `m${index}` } },
      });
    }
    const kafka = new Kafka({
      clientId: 'e2e-groups',
      brokers: underTest.bootstrapServers.split(','),
      logLevel: logLevel.NOTHING,
    });
    let seen = 0;
    for (let index = 0; index < 2; index++) {
      const consumer = kafka.consumer({ groupId: group, sessionTimeout: 10_000 });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        eachMessage: async () => {
          seen++;
        },
      });
      consumers.push(consumer);
    }
    await eventually('all is consumed', async () => seen >= 12);
  });
  afterAll(async () => {
    for (const consumer of consumers) await consumer.disconnect();
    await request('deleteTopic', { params: { topic } as never });
  });

  it('shows members with their partitions and no lag when all is read', async () => {
    const detail = await eventually('two members share four partitions without lag', async () => {
      const answer = await ask('getGroup', { params: { group } });
      const shared = answer.members.map(
        (member) => member.assignment.flatMap((one) => one.partitions).length,
      );
      return answer.lag === 0 && answer.state === 'Stable' && shared.join() === '2,2' && answer;
    });
    expect(detail.members.every((member) => member.clientId === 'e2e-groups')).toBe(true);
    expect(detail.offsets.map((one) => [one.partition, one.committedOffset, one.logEndOffset])).toEqual([
      [0, 3, 3],
      [1, 3, 3],
      [2, 3, 3],
      [3, 3, 3],
    ]);
    const row = (await ask('listGroups', { query: { search: group } })).items[0];
    expect(row).toMatchObject({ groupId: group, state: 'Stable', memberCount: 2 });
  });

  it('shows the lag that kafka-consumer-groups shows once the members have left', async () => {
    for (const consumer of consumers.splice(0)) await consumer.disconnect();
    for (let index = 0; index < 5; index++) {
      await ask('produceMessage', { params: { topic }, body: { partition: 0, value: { data: 'late' } } });
    }
    const detail = await eventually('the lag is 5', async () => {
      const answer = await ask('getGroup', { params: { group } });
      return answer.lag === 5 && answer.state === 'Empty' && answer;
    });
    const { stdout } = await runOfficialTool('kafka-consumer-groups', [
      ...['--bootstrap-server', underTest.bootstrapServers],
      ...['--describe', '--group', group],
    ]);
    const official = [
      ...stdout.matchAll(new RegExp(`^${group}\\s+${topic}\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)`, 'gm')),
    ]
      .map((match) => match.slice(1, 5).map(Number))
      .sort((a, b) => a[0]! - b[0]!);
    expect(official).toHaveLength(4);
    expect(
      detail.offsets.map((one) => [one.partition, one.committedOffset, one.logEndOffset, one.lag]),
    ).toEqual(official);
    const ofTopic = await ask('listTopicGroups', { params: { topic } });
    expect(ofTopic.items).toMatchObject([{ groupId: group, lag: 5, partitionCount: 4 }]);
  });

  it('answers 404 for a group that does not exist', async () => {
    expect((await request('getGroup', { params: { group: 'no-such-group' } as never })).status).toBe(404);
  });
});
