import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemResults, reassignmentList } from '../../lib/contract/plans.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { answer } from '../client/testing/fake-broker.ts';
import { FakeCluster, REPLICA_BYTES } from '../client/testing/fake-cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import {
  type AlterPartitionReassignmentsRequest,
  alterPartitionReassignmentsApi,
} from '../protocol/messages/alter-partition-reassignments.ts';
import { type ElectLeadersRequest, electLeadersApi } from '../protocol/messages/elect-leaders.ts';
import { listPartitionReassignmentsApi } from '../protocol/messages/list-partition-reassignments.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { alterReassignments } from './alter-reassignments.ts';
import { electLeaders } from './elect-leaders.ts';
import { listReassignments } from './list-reassignments.ts';

let cluster: FakeCluster;
let console: Console;
let reassigned: AlterPartitionReassignmentsRequest[];
let elected: ElectLeadersRequest[];
/** By partition. */
let errors: Map<number, number>;

beforeEach(async () => {
  cluster = new FakeCluster();
  reassigned = [];
  elected = [];
  errors = new Map();
  const errorOf = (partition: number) => errors.get(partition) ?? ERROR.NONE;
  for (const broker of cluster.brokers) {
    broker.on(
      answer(alterPartitionReassignmentsApi, (request) => {
        reassigned.push(request);
        return {
          responses: request.topics.map(({ name, partitions }) => ({
            name,
            // In another order than asked.
            partitions: [...partitions].reverse().map(({ partitionIndex }) => ({
              partitionIndex,
              errorCode: errorOf(partitionIndex),
              errorMessage: null,
            })),
          })),
        };
      }),
      answer(electLeadersApi, (request) => {
        elected.push(request);
        return {
          replicaElectionResults: (request.topicPartitions ?? []).map(({ topic, partitions }) => ({
            topic,
            partitionResult: partitions.map((partitionId) => ({
              partitionId,
              errorCode: errorOf(partitionId),
              errorMessage: null,
            })),
          })),
        };
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

describe('alterReassignments', () => {
  it('starts and cancels in one request, and answers in the order of the targets', async () => {
    errors.set(1, ERROR.INVALID_REPLICA_ASSIGNMENT);
    errors.set(2, ERROR.NO_REASSIGNMENT_IN_PROGRESS);
    const answered = itemResults.parse(
      asSent(
        await alterReassignments(console, {
          targets: [
            { topic: 'orders', partition: 2, replicas: null },
            { topic: 'payments', partition: 0, replicas: [3, 2, 1] },
            { topic: 'orders', partition: 1, replicas: [9] },
          ],
        }),
      ),
    );
    expect(answered.items.map(({ topic, partition, ok }) => [topic, partition, ok])).toEqual([
      ['orders', 2, false],
      ['payments', 0, true],
      ['orders', 1, false],
    ]);
    expect(answered.items[0]!.error).toBeTruthy();
    expect(reassigned).toHaveLength(1);
    expect(reassigned[0]!.topics).toMatchObject([
      {
        name: 'orders',
        partitions: [
          { partitionIndex: 2, replicas: null },
          { partitionIndex: 1, replicas: [9] },
        ],
      },
      { name: 'payments' },
    ]);
  });
});

describe('listReassignments', () => {
  it('measures what is copied by what the leader holds', async () => {
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
    const listed = reassignmentList.parse(asSent(await listReassignments(console)));
    expect(listed.items).toEqual([
      {
        topic: 'orders',
        partition: 0,
        replicas: [1, 2],
        addingReplicas: [3],
        removingReplicas: [2],
        isr: [1, 2],
        bytesTotal: REPLICA_BYTES,
        bytesCopied: 0,
      },
    ]);
    expect(listed.problems).toEqual([]);
  });

  it('says that it may not know', async () => {
    cluster.denied.add(listPartitionReassignmentsApi.key);
    const listed = reassignmentList.parse(asSent(await listReassignments(console)));
    expect(listed.items).toEqual([]);
    expect(listed.problems).toMatchObject([{ subject: 'reassignments', code: 'forbidden' }]);
  });
});

describe('electLeaders', () => {
  it('asks for all that another broker leads, as far as the preferred one is in sync', async () => {
    const { partitions } = cluster.topics.get('orders')!;
    partitions[0]!.leader = 2;
    Object.assign(partitions[1]!, { leader: 3, isr: [3] });
    const { items } = itemResults.parse(asSent(await electLeaders(console, {})));
    expect(items).toEqual([{ topic: 'orders', partition: 0, ok: true, error: null }]);
    expect(elected[0]).toMatchObject({
      electionType: 0,
      topicPartitions: [{ topic: 'orders', partitions: [0] }],
    });
  });

  it('asks for nothing where nothing is to be done', async () => {
    expect(await electLeaders(console, {})).toEqual({ items: [] });
    expect(elected).toEqual([]);
  });

  it('takes an election that was not needed for a success, and keeps other errors apart', async () => {
    errors.set(0, ERROR.ELECTION_NOT_NEEDED);
    errors.set(1, ERROR.PREFERRED_LEADER_NOT_AVAILABLE);
    const partitions = [0, 1].map((partition) => ({ topic: 'orders', partition }));
    const { items } = await electLeaders(console, { partitions });
    expect(items.map(({ ok }) => ok)).toEqual([true, false]);
    expect(items[1]!.error).toBeTruthy();
  });
});
