import { Kafka, logLevel } from 'kafkajs';
import { ask, request } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { eventually, startBroker, underTest } from '../harness/under-test.ts';

export interface PreparedMessage {
  partition?: number;
  key?: string | null;
  value: string | null;
  headers?: Record<string, string>;
}

const utf8 = (data: string) => ({ encoding: 'utf8' as const, data });

export async function produce(topic: string, message: PreparedMessage) {
  return await ask('produceMessage', {
    params: { topic },
    body: {
      partition: message.partition,
      key: message.key == null ? null : utf8(message.key),
      value: message.value === null ? null : utf8(message.value),
      headers: Object.entries(message.headers ?? {}).map(([key, value]) => ({ key, value: utf8(value) })),
    },
  });
}

/** Makes a topic of a name that no other walk uses. */
export async function prepareTopic(
  purpose: string,
  { partitionCount = 3, replicationFactor = 3, messages = [] as PreparedMessage[] } = {},
): Promise<string> {
  const name = uniqueName(purpose);
  await ask('createTopic', { body: { name, partitionCount, replicationFactor } });
  for (const message of messages) await produce(name, message);
  return name;
}

export async function removeTopic(topic: string): Promise<void> {
  await request('deleteTopic', { params: { topic } as never });
}

/** Another client than the console, as any program on the cluster. */
export const otherClient = () =>
  new Kafka({
    clientId: 'walks',
    brokers: underTest.bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
  });

/** A group that has committed offset 1 of each partition and has no members. */
export async function prepareGroup(topic: string): Promise<string> {
  const groupId = uniqueName('group');
  const admin = otherClient().admin();
  await admin.connect();
  try {
    const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition }) => ({
      partition,
      offset: '1',
    }));
    await admin.setOffsets({ groupId, topic, partitions });
  } finally {
    await admin.disconnect();
  }
  return groupId;
}

/** Every broker up, every replica in sync, every preferred leader leading. */
export async function untilWell(): Promise<void> {
  for (const id of [1, 2, 3]) await startBroker(id);
  await eventually(
    'every replica is in sync',
    async () => {
      const overview = await ask('getOverview');
      return overview.brokerCount === 3 && overview.underReplicatedPartitionCount === 0;
    },
    90_000,
  );
  if ((await ask('getOverview')).preferredLeaderPercent < 100) await request('electLeaders', { body: {} });
  await eventually(
    'preferred leaders lead',
    async () => (await ask('getOverview')).preferredLeaderPercent === 100,
    60_000,
  );
}
