/**
 * The reads on a live cluster, compared with what kafkajs's own admin client says of it. Runs where KAFDECK_TEST_BROKERS
 * names bootstrap servers, of the embedded cluster or of Apache Kafka alike.
 */
import { randomUUID } from 'node:crypto';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overview } from '../../lib/contract/clusters.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readOverview } from './read-overview.ts';

const brokers = process.env.KAFDECK_TEST_BROKERS?.split(',') ?? [];

describe.skipIf(brokers.length === 0)('reads of a live cluster', () => {
  const topic = `kafdeck-live-${randomUUID()}`;
  const group = `${topic}-group`;
  const kafka = new Kafka({ brokers, clientId: 'live-test', logLevel: logLevel.NOTHING });
  let console: Console;
  let admin: Admin;

  beforeAll(async () => {
    console = connectedTo(brokers);
    admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic,
          numPartitions: 3,
          replicationFactor: 1,
          configEntries: [{ name: 'retention.ms', value: '3600000' }],
        },
      ],
    });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    for (const partition of [0, 1, 2]) {
      const messages = Array.from({ length: 10 }, (_, index) => ({ value: `message ${index}`, partition }));
      await producer.send({ topic, messages });
    }
    await producer.disconnect();
    await admin.setOffsets({
      groupId: group,
      topic,
      partitions: [
        { partition: 0, offset: '10' },
        { partition: 1, offset: '4' },
      ],
    });
  }, 60_000);

  afterAll(async () => {
    await admin.deleteTopics({ topics: [topic] }).catch(() => {});
    await admin.deleteGroups([group]).catch(() => {});
    await admin.disconnect();
    await console.close();
  }, 60_000);

  it('adds up the same numbers as another client', async () => {
    await expect.poll(async () => (await console.snapshots.refreshed()).topics.has(topic)).toBe(true);
    const { topics } = await admin.fetchTopicMetadata();
    const { brokers: members, clusterId } = await admin.describeCluster();
    const partitions = topics.flatMap((told) => told.partitions);
    const answer = overview.parse(asSent(await readOverview(console)));
    expect(answer.clusterId).toBe(clusterId);
    expect(answer.topicCount).toBe(topics.length);
    expect(answer.partitionCount).toBe(partitions.length);
    expect(answer.underReplicatedPartitionCount).toBe(
      partitions.filter(({ isr, replicas }) => isr.length < replicas.length).length,
    );
    for (const { nodeId, host, port } of members) {
      expect(answer.brokers.find(({ id }) => id === nodeId)).toMatchObject({
        host,
        port,
        isAlive: true,
        leaderCount: partitions.filter(({ leader }) => leader === nodeId).length,
        replicaCount: partitions.filter(({ replicas }) => replicas.includes(nodeId)).length,
      });
    }
    expect(answer.brokers.some(({ isController }) => isController)).toBe(true);
  });

  it('knows offsets, sizes, configs and committed offsets', async () => {
    const { reads, snapshots } = console;
    await snapshots.refreshed();
    const until = Date.now() + 5000;
    const offsets = await reads.offsets.read(
      [0, 1, 2].map((partition) => ({ topic, partition })),
      until,
    );
    for (const partition of [0, 1, 2]) {
      expect(offsets(topic, partition)).toEqual({ value: { logStartOffset: 0, logEndOffset: 10 } });
    }
    const configs = await reads.topicConfigs.read([topic], until);
    expect(configs(topic)).toMatchObject({ value: { overrideCount: 1 } });
    const leader = snapshots.latest()!.topics.get(topic)!.partitions[0]!.leader;
    const sizes = await reads.logDirs.ofReplicas([{ broker: leader, topic }], until);
    const known = sizes(leader, topic);
    expect(known && 'value' in known && known.value.get(0)!.sizeBytes).toBeGreaterThan(0);
    const listed = await reads.groups.find(group, until);
    const committed = await reads.groupOffsets.read([listed.group!], until);
    expect(committed(listed.group!)).toEqual({
      value: [
        { topic, partition: 0, committedOffset: 10, metadata: null },
        { topic, partition: 1, committedOffset: 4, metadata: null },
      ],
    });
  });
});
