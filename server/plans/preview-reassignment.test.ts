import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../lib/contract/plans.ts';
import { plan as planSchema, reassignmentRequest } from '../../lib/contract/plans.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { answer } from '../client/testing/fake-broker.ts';
import { FakeCluster, REPLICA_BYTES } from '../client/testing/fake-cluster.ts';
import { describeLogDirsApi } from '../protocol/messages/describe-log-dirs.ts';
import { listPartitionReassignmentsApi } from '../protocol/messages/list-partition-reassignments.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { previewReassignment } from './preview-reassignment.ts';

let cluster: FakeCluster;
let console: Console;

beforeEach(async () => {
  cluster = await new FakeCluster(4).start();
  addShop(cluster);
  console = connectedTo(cluster.bootstrapServers);
});

afterEach(async () => {
  await console.close();
  await cluster.stop();
});

async function preview(request: object): Promise<Plan> {
  return planSchema.parse(asSent(await previewReassignment(console, reassignmentRequest.parse(request))));
}
const codes = ({ warnings }: Plan) => warnings.map(({ code }) => code);
const byHand = (partition: number, ...replicas: number[]) => ({
  targets: [{ topic: 'orders', partition, replicas }],
});

describe('previewReassignment', () => {
  it('takes a broker out with the least copying', async () => {
    // 6 × 2 replicas dealt over 4 brokers in turn: broker 4 holds partitions 2 and 3.
    const made = await preview({ generate: { topics: ['orders'], brokers: [1, 2, 3] } });
    expect(made.moves.filter(({ before, after }) => after.some((id) => !before.includes(id)))).toHaveLength(
      2,
    );
    expect(made.bytesToMove).toBe(2 * REPLICA_BYTES);
    expect(made.brokers.map(({ broker, replicasAfter }) => [broker, replicasAfter])).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 0],
    ]);
    expect(made.brokers.find(({ broker }) => broker === 1)).toMatchObject({ rack: 'rack-1' });
    const file = JSON.parse(made.files[0]!.content) as { partitions: object[] };
    expect(file.partitions).toEqual(
      made.moves.map(({ topic, partition, after }) => ({ topic, partition, replicas: after })),
    );
  });

  it('has nothing to do for what is balanced', async () => {
    cluster.addTopic('even', 4, 2);
    const made = await preview({ generate: { topics: ['even'], brokers: [1, 2, 3, 4] } });
    expect(made).toMatchObject({ moves: [], commands: [], warnings: [], bytesToMove: 0 });
  });

  it('tells another replication factor', async () => {
    const made = await preview({
      generate: { topics: ['orders'], brokers: [1, 2, 3, 4], replicationFactor: 3 },
    });
    expect(made.changes).toEqual([{ subject: 'orders: replication factor', before: '2', after: '3' }]);
    expect(made.bytesToMove).toBe(6 * REPLICA_BYTES);
  });

  it('checks and costs targets by hand', async () => {
    const made = await preview(byHand(0, 3, 4));
    expect(made.moves).toEqual([
      { topic: 'orders', partition: 0, before: [1, 2], after: [3, 4], bytesToMove: 2 * REPLICA_BYTES },
    ]);
    expect(codes(made)).toEqual(['no-replica-stays']);
  });

  it('says when an election has to follow', async () => {
    const made = await preview(byHand(0, 2, 1));
    expect(codes(made)).toEqual(['elect-leaders-later']);
    expect(made.bytesToMove).toBe(0);
  });

  it.each([
    ['an unknown broker', byHand(0, 1, 9), 'targets.0.replicas', /no broker 9/],
    ['a broker twice', byHand(0, 1, 1), 'targets.0.replicas', /twice/],
    ['an unknown partition', byHand(42, 1), 'targets.0.replicas', /no partition 42/],
    [
      'an unknown broker to spread over',
      { generate: { topics: ['orders'], brokers: [1, 7] } },
      'generate.brokers',
      /no broker 7/,
    ],
    ['too few brokers', { generate: { topics: ['orders'], brokers: [1] } }, 'generate.brokers', /at least 2/],
    [
      'too many replicas',
      { generate: { topics: ['orders'], brokers: [1, 2], replicationFactor: 3 } },
      'generate.replicationFactor',
      /at least 3/,
    ],
  ])('refuses %s and names the field', async (_, request, field, message) => {
    await expect(preview(request)).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(message),
      fields: [{ field }],
    });
  });

  it('knows no topic that is not there', async () => {
    await expect(preview({ generate: { topics: ['nothing'], brokers: [1] } })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('does not guess costs while sizes are not known', async () => {
    cluster.denied.add(describeLogDirsApi.key);
    const made = await preview(byHand(0, 3, 2));
    expect(made.bytesToMove).toBeNull();
    expect(made.moves[0]!.bytesToMove).toBeNull();
  });

  it('warns of a disk that has no room for it', async () => {
    for (const broker of cluster.brokers) {
      broker.on(
        answer(describeLogDirsApi, ({ topics }) => ({
          results: [
            {
              logDir: '/data',
              totalBytes: 5000n,
              usableBytes: 100n,
              topics: topics
                ? [{ name: 'orders', partitions: [{ partitionIndex: 0, partitionSize: 2000n }] }]
                : [],
            },
          ],
        })),
      );
    }
    const made = await preview(byHand(0, 1, 3));
    expect(made.warnings).toMatchObject([{ code: 'disk-full', subject: 'Broker 3' }]);
    expect(made.warnings[0]!.detail).toBe('Broker 3: it has room for 100 B and would get 2.0 KiB');
  });

  it('warns of a broker that is down', async () => {
    await console.snapshots.current();
    await cluster.kill(4);
    const made = await preview(byHand(0, 1, 4));
    expect(codes(made)).toEqual(['broker-down']);
  });

  it('plans from where replicas are being moved to', async () => {
    for (const broker of cluster.brokers) {
      broker.on(
        answer(listPartitionReassignmentsApi, () => ({
          topics: [
            {
              name: 'orders',
              partitions: [
                { partitionIndex: 0, replicas: [1, 3, 2], addingReplicas: [3], removingReplicas: [2] },
              ],
            },
          ],
        })),
      );
    }
    cluster.topics.get('orders')!.partitions[0]!.replicas = [1, 3, 2];
    expect((await preview(byHand(0, 1, 3))).moves).toEqual([]);
    const other = await preview(byHand(0, 1, 4));
    expect(other.moves).toMatchObject([{ before: [1, 3], after: [1, 4] }]);
    expect(codes(other)).toEqual(['already-moving']);
  });

  it('tells many alike warnings once', async () => {
    const targets = [0, 1, 2, 3, 4, 5].map((partition) => ({ topic: 'orders', partition, replicas: [1] }));
    const made = await preview({ targets });
    expect(codes(made).filter((code) => code === 'single-replica')).toHaveLength(1);
    expect(made.warnings[0]!.detail).toContain('more alike');
  });
});
