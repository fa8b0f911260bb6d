import { afterEach, describe, expect, it } from 'vitest';
import { ask, request } from '../harness/api.ts';
import { describeTopics } from '../harness/described-topics.ts';
import { uniqueName } from '../harness/names.ts';
import { runOfficialTool } from '../harness/official-tool.ts';
import { eventually, underTest } from '../harness/under-test.ts';

const made: string[] = [];
async function makeTopic(
  purpose: string,
  partitionCount = 3,
  configs: Record<string, string> = {},
): Promise<string> {
  const name = uniqueName(purpose);
  await ask('createTopic', { body: { name, partitionCount, replicationFactor: 3, configs } });
  made.push(name);
  return name;
}

afterEach(async () => {
  for (const topic of made.splice(0)) await request('deleteTopic', { params: { topic } as never });
});

describe('topics', () => {
  it('creates a topic as asked, and the official tool sees it so', async () => {
    const topic = await makeTopic('create', 4, { 'retention.ms': '3600000', 'cleanup.policy': 'compact' });
    const described = await describeTopics(underTest.bootstrapServers, topic);
    expect(described).toHaveLength(4);
    expect(described.every((one) => one.replicas.length === 3)).toBe(true);
    const { stdout } = await runOfficialTool('kafka-configs', [
      ...['--bootstrap-server', underTest.bootstrapServers],
      ...['--describe', '--topic', topic],
    ]);
    expect(stdout).toContain('retention.ms=3600000');
    expect(stdout).toContain('cleanup.policy=compact');
  });

  it('shows a new topic and takes away a deleted one within 2 s', async () => {
    const name = uniqueName('fresh');
    const { status } = await runOfficialTool('kafka-topics', [
      ...['--bootstrap-server', underTest.bootstrapServers],
      ...['--create', '--topic', name, '--partitions', '2', '--replication-factor', '3'],
    ]);
    expect(status).toBe(0);
    await eventually(
      'it is listed',
      async () => (await ask('listTopics', { query: { search: name } })).total === 1,
      4000,
    );
    await ask('deleteTopic', { params: { topic: name } });
    await eventually(
      'it is gone',
      async () => (await ask('listTopics', { query: { search: name } })).total === 0,
      4000,
    );
    expect((await request('getTopic', { params: { topic: name } as never })).status).toBe(404);
  });

  it('lists with search, sorting and paging that miss and repeat nothing', async () => {
    const prefix = uniqueName('page');
    for (const [index, partitionCount] of [3, 1, 2].entries()) {
      const name = `${prefix}.${index}`;
      await ask('createTopic', { body: { name, partitionCount, replicationFactor: 1 } });
      made.push(name);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask('listTopics', {
        query: { search: prefix, sort: 'partitionCount', order: 'desc', limit: 1, cursor },
      });
      expect(page.total).toBe(3);
      seen.push(...page.items.map((item) => `${item.name}:${item.partitionCount}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([`${prefix}.0:3`, `${prefix}.2:2`, `${prefix}.1:1`]);
  });

  it('hides internal topics unless they are asked for', async () => {
    const hidden = await ask('listTopics', { query: { search: '__consumer_offsets' } });
    expect(hidden.total).toBe(0);
    const shown = await ask('listTopics', { query: { internal: 'true', limit: 500 } });
    for (const item of shown.items) expect(item.isInternal).toBe(item.name.startsWith('__'));
  });

  it('adds partitions and keeps the ones there were', async () => {
    const topic = await makeTopic('grow', 2);
    const before = await describeTopics(underTest.bootstrapServers, topic);
    await ask('addPartitions', { params: { topic }, body: { count: 5 } });
    const after = await eventually('five partitions', async () => {
      const described = await describeTopics(underTest.bootstrapServers, topic);
      return described.length === 5 && described;
    });
    expect(after.slice(0, 2)).toEqual(before);
    const fewer = await request('addPartitions', { params: { topic } as never, body: { count: 3 } });
    expect(fewer.status).toBe(422);
    expect(await fewer.json()).toMatchObject({
      code: 'refused_by_kafka',
      kafkaError: { name: 'INVALID_PARTITIONS' },
    });
  });

  it('sets and unsets configs, with their source', async () => {
    const topic = await makeTopic('configs', 1);
    await ask('alterTopicConfigs', { params: { topic }, body: { changes: { 'retention.ms': '7200000' } } });
    const find = async () =>
      (await ask('getTopicConfigs', { params: { topic } })).entries.find(
        (entry) => entry.name === 'retention.ms',
      );
    await eventually('set', async () => (await find())?.value === '7200000');
    expect(await find()).toMatchObject({ source: 'dynamic-topic', isOverridden: true, type: 'long' });
    await ask('alterTopicConfigs', { params: { topic }, body: { changes: { 'retention.ms': null } } });
    await eventually('back to the default', async () => (await find())?.value === '604800000');
    expect(await find()).toMatchObject({ isOverridden: false });
    const refused = await request('alterTopicConfigs', {
      params: { topic } as never,
      body: { changes: { 'retention.ms': 'soon' } },
    });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ kafkaError: { name: 'INVALID_CONFIG' } });
  });

  it('validates without creating', async () => {
    const name = uniqueName('validate');
    await request('createTopic', {
      body: { name, partitionCount: 1, replicationFactor: 3, validateOnly: true },
    });
    expect((await request('getTopic', { params: { topic: name } as never })).status).toBe(404);
  });

  it('refuses what Kafka refuses, with its reason', async () => {
    const topic = await makeTopic('twice', 1);
    const again = await request('createTopic', {
      body: { name: topic, partitionCount: 1, replicationFactor: 1 },
    });
    expect(again.status).toBe(409);
    const many = await request('createTopic', {
      body: { name: uniqueName('many'), partitionCount: 1, replicationFactor: 9 },
    });
    expect(many.status).toBe(422);
    expect(await many.json()).toMatchObject({ kafkaError: { name: 'INVALID_REPLICATION_FACTOR' } });
    const unknown = await request('createTopic', {
      body: {
        name: uniqueName('config'),
        partitionCount: 1,
        replicationFactor: 1,
        configs: { 'no.such.config': '1' },
      },
    });
    expect(unknown.status).toBe(422);
  });
});
