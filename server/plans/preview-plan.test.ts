import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../lib/contract/plans.ts';
import { planRequest, plan as planSchema } from '../../lib/contract/plans.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { answer } from '../client/testing/fake-broker.ts';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { createPartitionsApi } from '../protocol/messages/create-partitions.ts';
import { type CreateTopicsRequest, createTopicsApi } from '../protocol/messages/create-topics.ts';
import { incrementalAlterConfigsApi } from '../protocol/messages/incremental-alter-configs.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { previewPlan } from './preview-plan.ts';

let cluster: FakeCluster;
let console: Console;
const asked = {
  create: [] as CreateTopicsRequest[],
  onlyValidated: [] as boolean[],
  error: ERROR.NONE as number,
};

beforeEach(async () => {
  cluster = new FakeCluster();
  asked.create = [];
  asked.onlyValidated = [];
  asked.error = ERROR.NONE;
  for (const broker of cluster.brokers) {
    broker.on(
      answer(createTopicsApi, (request) => {
        asked.create.push(request);
        asked.onlyValidated.push(request.validateOnly);
        return {
          topics: request.topics.map(({ name, numPartitions, replicationFactor, assignments, configs }) => ({
            name,
            errorCode: asked.error,
            errorMessage: asked.error === ERROR.NONE ? null : 'Said the controller',
            numPartitions: assignments.length || (numPartitions < 0 ? 6 : numPartitions),
            replicationFactor:
              assignments[0]?.brokerIds.length ?? (replicationFactor < 0 ? 2 : replicationFactor),
            configs: [{ name: 'min.insync.replicas', value: configs[0]?.value ?? '1' }],
          })),
        };
      }),
      answer(createPartitionsApi, ({ topics, validateOnly }) => {
        asked.onlyValidated.push(validateOnly);
        return { results: topics.map(({ name }) => ({ name, errorCode: asked.error, errorMessage: null })) };
      }),
      answer(incrementalAlterConfigsApi, ({ resources, validateOnly }) => {
        asked.onlyValidated.push(validateOnly);
        return { responses: resources.map((resource) => ({ ...resource, errorCode: asked.error })) };
      }),
    );
  }
  addShop(cluster);
  await cluster.start();
  console = connectedTo(cluster.bootstrapServers);
});

afterEach(async () => {
  await console.close();
  await cluster.stop();
});

async function preview(request: object): Promise<Plan> {
  const made = planSchema.parse(asSent(await previewPlan(console, planRequest.parse(request))));
  // Nothing is ever changed by a preview.
  expect(asked.onlyValidated.every((only) => only)).toBe(true);
  return made;
}
const codes = ({ warnings }: Plan) => warnings.map(({ code }) => code);

describe('preview of a new topic', () => {
  const create = (body: object) => preview({ operation: 'create-topic', body: { name: 'new', ...body } });

  it('tells what the cluster would make of it', async () => {
    const made = await create({ configs: { 'min.insync.replicas': '1' } });
    expect(made.changes).toEqual([
      { subject: 'topic new', before: null, after: '6 partitions, replication factor 2' },
      { subject: 'new: min.insync.replicas', before: null, after: '1' },
    ]);
    expect(codes(made)).toEqual([]);
    expect(made.commands).toHaveLength(1);
    expect(made.commands[0]).toContain('--create --topic new --config min.insync.replicas=1');
    expect(made.brokers).toEqual([]);
  });

  it('warns of too few replicas and too strict minimums', async () => {
    expect(codes(await create({ replicationFactor: 1 }))).toEqual(['single-replica']);
    const strict = { replicationFactor: 2, configs: { 'min.insync.replicas': '2' } };
    expect(codes(await create(strict))).toEqual(['min-isr-equals-replicas']);
    const impossible = { replicationFactor: 2, configs: { 'min.insync.replicas': '3' } };
    expect(codes(await create(impossible))).toEqual(['min-isr-above-replicas']);
  });

  it('warns of racks that have to be shared', async () => {
    expect(codes(await create({ replicationFactor: 4 }))).toEqual(['more-replicas-than-racks']);
  });

  it('shows the load that an assignment brings', async () => {
    const made = await create({
      assignment: [
        [1, 2],
        [1, 3],
      ],
    });
    expect(made.brokers).toMatchObject([
      { broker: 1, rack: 'rack-1', replicasBefore: 0, replicasAfter: 2, leadersAfter: 2 },
      { broker: 2, replicasAfter: 1, leadersAfter: 0 },
      { broker: 3, replicasAfter: 1, leadersAfter: 0 },
    ]);
  });

  it('fails as creating would', async () => {
    asked.error = ERROR.TOPIC_ALREADY_EXISTS;
    await expect(create({})).rejects.toMatchObject({ code: 'conflict' });
    asked.error = ERROR.INVALID_REPLICATION_FACTOR;
    await expect(create({})).rejects.toMatchObject({
      code: 'refused_by_kafka',
      message: expect.stringContaining('Said the controller'),
      kafkaError: { name: 'INVALID_REPLICATION_FACTOR' },
    });
  });
});

describe('preview of deleting a topic', () => {
  const remove = (topic: string) => preview({ operation: 'delete-topic', topic });

  it('tells what is lost and who reads it', async () => {
    const made = await remove('orders');
    expect(made.changes).toEqual([
      { subject: 'topic orders', before: '6 partitions, 600 messages, 11.7 KiB on disk', after: null },
    ]);
    expect(codes(made)).toEqual(['messages-lost', 'active-group']);
    expect(made.warnings[1]!.detail).toBe('Group billing reads it now (Stable, 2 members)');
    expect(made.commands[0]).toContain('--delete --topic orders');
  });

  it('tells of groups that are away that their offsets are lost', async () => {
    expect(codes(await remove('payments'))).toEqual(['messages-lost', 'group-offsets-lost']);
  });

  it('warns of Kafka’s own topics', async () => {
    expect(codes(await remove('__consumer_offsets'))).toContain('internal-topic');
  });

  it('says that it does not know rather than a wrong number', async () => {
    await console.snapshots.current();
    await cluster.kill(3);
    cluster.topics.get('orders')!.partitions[2]!.leader = -1;
    await console.snapshots.refreshed();
    const made = await remove('orders');
    expect(made.changes[0]!.before).toBe('6 partitions');
    expect(made.warnings[0]!.detail).toContain('not known');
  });

  it('knows no topic that is not there', async () => {
    await expect(remove('nothing')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('preview of more partitions', () => {
  const grow = (topic: string, body: object) => preview({ operation: 'add-partitions', topic, body });

  it('warns of keys that move, and more so with compaction', async () => {
    const made = await grow('orders', { count: 8 });
    expect(made.changes).toEqual([{ subject: 'orders: partitions', before: '6', after: '8' }]);
    expect(codes(made)).toEqual(['never-fewer', 'keys-move']);
    const compacted = await grow('Clicks', { count: 2 });
    expect(compacted.warnings[1]!.detail).toContain('compaction');
  });

  it('warns of consumers that stay idle', async () => {
    cluster.groups.set('many', { coordinator: 1, committed: { Clicks: [1] }, members: ['a', 'b', 'c'] });
    const made = await grow('Clicks', { count: 2 });
    expect(made.warnings.at(-1)).toMatchObject({ code: 'fewer-partitions-than-members', subject: 'many' });
  });

  it('names all partitions in the command when brokers are given', async () => {
    const made = await grow('Clicks', { count: 2, assignment: [[3]] });
    expect(made.commands[0]).toContain('--partitions 2 --replica-assignment 1,3');
    expect(made.brokers.map(({ replicasBefore, replicasAfter }) => [replicasBefore, replicasAfter])).toEqual([
      [1, 1],
      [0, 0],
      [0, 1],
    ]);
  });

  it('fails as growing would', async () => {
    asked.error = ERROR.INVALID_PARTITIONS;
    await expect(grow('orders', { count: 3 })).rejects.toMatchObject({ code: 'refused_by_kafka' });
  });
});

describe('preview of changed configs', () => {
  const alter = (changes: object) =>
    preview({ operation: 'alter-topic-configs', topic: 'orders', body: { changes } });

  it('shows values before and after', async () => {
    const made = await alter({ 'retention.ms': '5000', 'segment.ms': '100' });
    expect(made.changes).toEqual([
      { subject: 'orders: retention.ms', before: '1000', after: '5000' },
      { subject: 'orders: segment.ms', before: null, after: '100' },
    ]);
    expect(codes(made)).toEqual([]);
  });

  it('shows nothing for what stays', async () => {
    const made = await alter({ 'retention.ms': '1000' });
    expect(made.changes).toEqual([]);
  });

  it('counts the messages that a shorter retention deletes', async () => {
    const made = await alter({ 'retention.ms': '500' });
    expect(made.warnings).toMatchObject([{ code: 'retention-shortened', subject: 'retention.ms' }]);
    expect(made.warnings[0]!.detail).toBe(
      'Messages older than 500 ms are deleted (kept for 1 s now): 600 messages at the moment, in whole segments',
    );
  });

  it('counts the bytes that a smaller retention deletes', async () => {
    cluster.topics.get('orders')!.configs!['retention.bytes'] = '-1';
    const made = await alter({ 'retention.bytes': '600' });
    expect(made.warnings[0]!.detail).toContain('kept without limit now');
    expect(made.warnings[0]!.detail).toContain('2.3 KiB at the moment');
  });

  it('says nothing of longer retention, and of unlimited one', async () => {
    expect(codes(await alter({ 'retention.ms': '-1' }))).toEqual([]);
  });

  it('warns of compaction, deletion and unclean elections that begin', async () => {
    const { configs } = cluster.topics.get('orders')!;
    Object.assign(configs!, { 'cleanup.policy': 'delete', 'unclean.leader.election.enable': 'false' });
    expect(
      codes(await alter({ 'cleanup.policy': 'compact', 'unclean.leader.election.enable': 'true' })),
    ).toEqual(['compaction-starts', 'unclean-election']);
    configs!['cleanup.policy'] = 'compact';
    expect(codes(await alter({ 'cleanup.policy': 'compact,delete' }))).toEqual(['deletion-starts']);
  });

  it('holds min.insync.replicas against the replicas there are', async () => {
    expect(codes(await alter({ 'min.insync.replicas': '3' }))).toEqual(['min-isr-above-replicas']);
  });

  it('fails as altering would', async () => {
    asked.error = ERROR.INVALID_CONFIG;
    await expect(alter({ 'retention.ms': 'soon' })).rejects.toMatchObject({ code: 'refused_by_kafka' });
  });
});

describe('preview of an election', () => {
  const elect = (body: object) => preview({ operation: 'elect-leaders', body });

  it('names the leaders that change, and those that cannot', async () => {
    const { partitions } = cluster.topics.get('orders')!;
    partitions[0]!.leader = 2;
    Object.assign(partitions[1]!, { leader: 3, isr: [3] });
    const made = await elect({});
    expect(made.changes).toEqual([{ subject: 'orders-0: leader', before: '2', after: '1' }]);
    expect(made.warnings).toMatchObject([{ code: 'preferred-leader-not-in-sync', subject: 'orders-1' }]);
    expect(made.commands[0]).toContain('--all-topic-partitions');
  });

  it('looks at the named partitions only', async () => {
    const { partitions } = cluster.topics.get('orders')!;
    partitions[0]!.leader = 2;
    partitions[3]!.leader = 2;
    await console.snapshots.refreshed();
    const made = await elect({ partitions: [3, 4].map((partition) => ({ topic: 'orders', partition })) });
    expect(made.changes).toEqual([{ subject: 'orders-3: leader', before: '2', after: '1' }]);
    expect(made.commands[0]).toContain('--topic orders --partition 3');
    await expect(elect({ partitions: [{ topic: 'orders', partition: 99 }] })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('has nothing to do where all is as preferred', async () => {
    expect(await elect({})).toMatchObject({ changes: [], commands: [], warnings: [] });
  });
});
