import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniqueName } from '../harness/names.ts';
import { type OfficialTool, runOfficialTool } from '../harness/official-tool.ts';
import { eventually, underTest } from '../harness/under-test.ts';

const topic = uniqueName('new-groups');
const consumerGroup = uniqueName('new-consumer-group');
const shareGroup = uniqueName('share-group');
const values = ['one', 'two', 'three', 'four'];

async function tool(name: OfficialTool, ...args: string[]): Promise<string> {
  const server = ['--bootstrap-server', underTest.bootstrapServers];
  const { stdout, stderr, status } = await runOfficialTool(name, [...server, ...args], {
    timeoutMs: 120_000,
  });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')}: ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** The rows of a table that a tool printed, by words, without the titles. */
const rows = (text: string, group: string) =>
  text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first === group)
    .sort((a, b) => Number(a[2]) - Number(b[2])); // By partition, where it is one: the tools keep no order.

const words = (text: string) => text.split('\n').filter((line) => values.includes(line));

describe('groups of the new protocols', { timeout: 300_000 }, () => {
  const kafka = new Kafka({
    clientId: 'e2e-new-groups',
    brokers: underTest.bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();

  beforeAll(async () => {
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true });
    const producer = kafka.producer();
    await producer.connect();
    const messages = values.map((value, index) => ({ partition: index % 2, value }));
    await producer.send({ topic, messages });
    await producer.disconnect();
  });
  afterAll(async () => {
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
  });

  it('serves consumers that speak the protocol of KIP-848', async () => {
    const read = await tool(
      'kafka-console-consumer',
      ...['--topic', topic, '--group', consumerGroup, '--from-beginning', '--max-messages', '4'],
      ...['--command-property', 'group.protocol=consumer'],
    );
    expect(words(read).sort()).toEqual([...values].sort());
    const kind = await eventually(
      'the group is listed',
      async () => rows(await tool('kafka-consumer-groups', '--list', '--type'), consumerGroup)[0]?.[1],
      120_000,
    );
    expect(kind).toBe('Consumer');
    const state = await tool('kafka-consumer-groups', '--describe', '--group', consumerGroup, '--state');
    expect(rows(state, consumerGroup)[0]!.slice(-2)).toEqual(['Empty', '0']);
    const described = await tool('kafka-consumer-groups', '--describe', '--group', consumerGroup);
    // GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG …
    expect(rows(described, consumerGroup).map((row) => row.slice(1, 6))).toEqual([
      [topic, '0', '2', '2', '0'],
      [topic, '1', '2', '2', '0'],
    ]);
  });

  it('lets their offsets be set back and the groups be deleted', async () => {
    const about = ['--group', consumerGroup];
    const reset = await tool(
      'kafka-consumer-groups',
      ...['--reset-offsets', ...about, '--topic', topic, '--to-earliest', '--execute'],
    );
    expect(rows(reset, consumerGroup).map((row) => row.slice(1, 4))).toEqual([
      [topic, '0', '0'],
      [topic, '1', '0'],
    ]);
    const deleted = await tool('kafka-consumer-groups', '--delete', ...about);
    expect(deleted).toContain(`Deletion of requested consumer groups ('${consumerGroup}') was successful.`);
  });

  it('serves share consumers', async () => {
    const earliest = ['--alter', '--add-config', 'share.auto.offset.reset=earliest'];
    await tool('kafka-configs', '--entity-type', 'groups', '--entity-name', shareGroup, ...earliest);
    const read = await tool(
      'kafka-console-share-consumer',
      ...['--topic', topic, '--group', shareGroup, '--max-messages', '4'],
    );
    expect(words(read).sort()).toEqual([...values].sort());
    const state = await tool('kafka-share-groups', '--describe', '--group', shareGroup, '--state');
    expect(rows(state, shareGroup)[0]!.slice(-2)).toEqual(['Empty', '0']);
    const offsets = await tool('kafka-share-groups', '--describe', '--group', shareGroup);
    // GROUP TOPIC PARTITION START-OFFSET LAG: where it starts may be written down later than what is done.
    const lags = rows(offsets, shareGroup).map((row) => [row[1], row[2], row[4]]);
    expect(lags).toEqual([
      [topic, '0', '0'],
      [topic, '1', '0'],
    ]);
    const deleted = await tool('kafka-share-groups', '--delete', '--group', shareGroup);
    expect(deleted).toContain(`Deletion of requested share groups ('${shareGroup}') was successful.`);
  });
});
