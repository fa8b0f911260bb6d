import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deletedRecords, deleteRecordsBody } from '../../lib/contract/delete-records.ts';
import { plan as planSchema } from '../../lib/contract/plans.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { answer } from '../client/testing/fake-broker.ts';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { deleteRecordsApi } from '../protocol/messages/delete-records.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { type DeletionNote, deleteRecords } from './delete-records.ts';
import { previewPlan } from './preview-plan.ts';

let cluster: FakeCluster;
let console: Console;
/** `topic-partition@offset`, as brokers were asked. */
let asked: string[];
let refused: Map<number, number>;

beforeEach(async () => {
  cluster = new FakeCluster();
  asked = [];
  refused = new Map();
  for (const broker of cluster.brokers) {
    broker.on(
      answer(deleteRecordsApi, ({ topics }) => ({
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex, offset }) => {
            asked.push(`${name}-${partitionIndex}@${offset}`);
            const errorCode = refused.get(partitionIndex) ?? ERROR.NONE;
            return { partitionIndex, errorCode, lowWatermark: errorCode === ERROR.NONE ? offset : -1n };
          }),
        })),
      })),
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

const preview = async (body: object, topic = 'orders') =>
  planSchema.parse(
    asSent(
      await previewPlan(console, { operation: 'delete-records', topic, body: deleteRecordsBody.parse(body) }),
    ),
  );
const remove = async (body: object, topic = 'orders', note: (told: DeletionNote) => void = () => {}) =>
  deletedRecords.parse(asSent(await deleteRecords(console, topic, deleteRecordsBody.parse(body), note)));

describe('the preview of deleting records', () => {
  it('says how many go of which partitions, and which groups have not read them', async () => {
    const made = await preview({ before: { offsets: { 0: 95, 3: 40 } } });
    expect(made.changes).toEqual([
      { subject: 'orders: 2 partitions', before: '200 messages', after: '65 messages' },
    ]);
    expect(made.deletions).toEqual([
      { partition: 0, logStartOffset: 0, beforeOffset: 95, logEndOffset: 100 },
      { partition: 3, logStartOffset: 0, beforeOffset: 40, logEndOffset: 100 },
    ]);
    expect(made.warnings).toEqual([
      { code: 'messages-lost', detail: '135 messages are lost for good' },
      { code: 'unread-messages-lost', detail: expect.stringContaining('billing has not read 5 of them') },
    ]);
    expect(made.commands[0]).toContain('kafka-delete-records.sh');
    expect(JSON.parse(made.files[0]!.content)).toEqual({
      version: 1,
      partitions: [
        { topic: 'orders', partition: 0, offset: 95 },
        { topic: 'orders', partition: 3, offset: 40 },
      ],
    });
    expect(asked).toEqual([]);
  });

  it('takes all that is there', async () => {
    const made = await preview({ before: 'end', partitions: [1] });
    expect(made.deletions).toEqual([
      { partition: 1, logStartOffset: 0, beforeOffset: 100, logEndOffset: 100 },
    ]);
    expect(made.changes[0]?.after).toBe('0 messages');
  });

  it('is empty where nothing goes', async () => {
    expect(await preview({ before: { offsets: { 0: 0 } } })).toMatchObject({ changes: [], commands: [] });
  });

  it('refuses what Kafka would refuse', async () => {
    await expect(preview({ before: 'end' }, 'Clicks')).rejects.toMatchObject({
      code: 'refused_by_kafka',
      kafkaError: { name: 'POLICY_VIOLATION' },
    });
    await expect(preview({ before: 'end' }, '__consumer_offsets')).rejects.toMatchObject({
      kafkaError: { name: 'INVALID_TOPIC_EXCEPTION' },
    });
    await expect(preview({ before: { offsets: { 0: 101 } } })).rejects.toMatchObject({
      code: 'invalid_request',
      fields: [{ field: 'before.offsets.0', message: expect.anything() }],
    });
    await expect(preview({ before: 'end', partitions: [9] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(preview({ before: { offsets: { 0: 1 } }, partitions: [1] })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(preview({ before: 'end' }, 'nope')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('deleting records', () => {
  it('asks the leaders, and tells where the logs start now', async () => {
    const notes: DeletionNote[] = [];
    const done = await remove({ before: { offsets: { 0: 95, 3: 40, 5: 0 } } }, 'orders', (told) =>
      notes.push(told),
    );
    expect(done.items).toEqual([
      { topic: 'orders', partition: 0, ok: true, logStartOffset: 95, error: null },
      { topic: 'orders', partition: 3, ok: true, logStartOffset: 40, error: null },
    ]);
    expect(asked.sort()).toEqual(['orders-0@95', 'orders-3@40']);
    expect(notes[0]!.deletions.map(({ partition, beforeOffset }) => [partition, beforeOffset])).toEqual([
      [0, 95],
      [3, 40],
    ]);
  });

  it('hides no failure of one partition behind the others', async () => {
    refused.set(3, ERROR.NOT_LEADER_OR_FOLLOWER);
    const { items } = await remove({ before: 'end' });
    expect(items).toHaveLength(6);
    expect(items.filter(({ ok }) => !ok)).toMatchObject([
      { partition: 3, logStartOffset: null, error: expect.stringMatching(/leader/i) },
    ]);
  });
});
