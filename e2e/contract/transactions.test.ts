import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniqueName } from '../harness/names.ts';
import { runOfficialTool } from '../harness/official-tool.ts';
import { eventually, underTest } from '../harness/under-test.ts';
import { type ProducerIdentity, TransactionalClient } from './transactional-client.ts';

let client: TransactionalClient;
let topic: string;
beforeAll(async () => {
  client = new TransactionalClient(underTest.bootstrapServers);
  topic = await newTopic('transactions');
});
afterAll(() => client.close());

async function newTopic(purpose: string): Promise<string> {
  const name = uniqueName(purpose);
  await client.createTopic(name);
  return name;
}

const bootstrap = () => ['--bootstrap-server', underTest.bootstrapServers];
const text = (value: string, sequence = 0) => ({ value, sequence });

/** A producer of transactions version 1 that has written one record into a transaction. */
async function opened(id: string, into = topic, value = id) {
  const producer = pick(await client.initProducerId(id, 4, { transactionTimeoutMs: 600_000 }));
  expect(await client.addPartition(id, producer, into)).toBe('NONE');
  expect(await client.produce(into, id, producer, text(value), 9)).toMatchObject({ error: 'NONE' });
  return producer;
}

const settled = (id: string, state: string) =>
  eventually(`${id} is ${state}`, async () => (await client.describe(id)).transactionState === state);

describe('transactions version 1', () => {
  it('readers of committed data wait for the end, and leave out what was aborted', async () => {
    const into = await newTopic('reading');
    const [kept, dropped] = [uniqueName('kept'), uniqueName('dropped')];
    const first = await opened(kept, into, 'kept');
    const second = await opened(dropped, into, 'dropped');
    expect(await client.fetch(into, 1)).toMatchObject({ lastStableOffset: 0, records: [] });
    expect(await client.fetch(into, 0)).toMatchObject({ highWatermark: 2, records: ['0:kept', '1:dropped'] });
    expect([await client.endOffset(into, 1), await client.endOffset(into, 0)]).toEqual([0, 2]);
    expect((await client.endTxn(dropped, second, false, 3)).error).toBe('NONE');
    await settled(dropped, 'CompleteAbort');
    expect(await client.endOffset(into, 1)).toBe(0);
    expect((await client.endTxn(kept, first, true, 3)).error).toBe('NONE');
    await settled(kept, 'CompleteCommit');
    expect(await client.fetch(into, 1)).toEqual({
      lastStableOffset: 4,
      highWatermark: 4,
      aborted: [1],
      records: ['0:kept', '1:dropped', '2:marker', '3:marker'],
    });
  });

  it('the end may be asked for again the same way, not the other', async () => {
    const id = uniqueName('again');
    const producer = await opened(id);
    expect(await client.endTxn(id, producer, true, 3)).toMatchObject({ error: 'NONE' });
    await settled(id, 'CompleteCommit');
    expect((await client.endTxn(id, producer, true, 3)).error).toBe('NONE');
    expect((await client.endTxn(id, producer, false, 3)).error).toBe('INVALID_TXN_STATE');
    expect((await client.describe(id)).producerEpoch).toBe(producer.producerEpoch);
  });

  it('a second producer of the same id aborts what the first has open, and fences it', async () => {
    const id = uniqueName('fence');
    const zombie = await opened(id);
    const next = await client.initProducerId(id, 4);
    expect(next).toMatchObject({ error: 'NONE', producerId: zombie.producerId });
    expect(next.producerEpoch).toBe(zombie.producerEpoch + 2);
    expect(await client.produce(topic, id, zombie, text('late', 1), 9)).toMatchObject({
      error: 'INVALID_PRODUCER_EPOCH',
    });
    expect(await client.addPartition(id, zombie, topic)).toBe('PRODUCER_FENCED');
    expect((await client.endTxn(id, zombie, true, 3)).error).toBe('PRODUCER_FENCED');
    expect((await client.endTxn(id, zombie, true, 1)).error).toBe('INVALID_PRODUCER_EPOCH');
    const again = { ...zombie, transactionTimeoutMs: 60_000 };
    expect((await client.initProducerId(id, 4, again)).error).toBe('PRODUCER_FENCED');
    expect((await client.initProducerId(id, 3, again)).error).toBe('INVALID_PRODUCER_EPOCH');
  });

  it('a producer that names its epoch gets the next one, and the same when it asks again', async () => {
    const id = uniqueName('bump');
    const first = await client.initProducerId(id, 4);
    const { producerId, producerEpoch } = first;
    const second = await client.initProducerId(id, 4, { producerId, producerEpoch });
    expect(second).toEqual({ ...first, producerEpoch: producerEpoch + 1 });
    expect(await client.initProducerId(id, 4, { producerId, producerEpoch })).toEqual(second);
    const stranger = { producerId: producerId + 100n, producerEpoch: 0 };
    expect((await client.initProducerId(id, 4, stranger)).error).toBe('PRODUCER_FENCED');
    const half = { producerId, producerEpoch: -1 };
    expect((await client.initProducerId(id, 4, half)).error).toBe('INVALID_REQUEST');
  });

  it('refuses what does not fit', async () => {
    const id = uniqueName('misfit');
    const long = { transactionTimeoutMs: 100_000_000 };
    expect((await client.initProducerId(id, 4, long)).error).toBe('INVALID_TRANSACTION_TIMEOUT');
    const none = { transactionTimeoutMs: 0 };
    expect((await client.initProducerId(id, 4, none)).error).toBe('INVALID_TRANSACTION_TIMEOUT');
    expect((await client.initProducerId('', 4)).error).toBe('INVALID_REQUEST');
    expect((await client.describe(id)).errorCode).toBe(105);
    const { producerId, producerEpoch } = await client.initProducerId(id, 4);
    const producer = { producerId, producerEpoch };
    const other = { producerId: producerId + 100n, producerEpoch };
    expect(await client.addPartition(id, other, topic)).toBe('INVALID_PRODUCER_ID_MAPPING');
    expect(await client.addPartition(id, producer, topic, 7, false)).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect((await client.endTxn(id, other, true, 3)).error).toBe('INVALID_PRODUCER_ID_MAPPING');
    expect((await client.endTxn(id, producer, true, 3)).error).toBe('INVALID_TXN_STATE');
    expect((await client.endTxn(uniqueName('nobody'), producer, true, 3)).error).toBe(
      'INVALID_PRODUCER_ID_MAPPING',
    );
    const unadded = await client.produce(topic, id, producer, text('not added'), 9);
    expect(unadded.error).toBe('INVALID_TXN_STATE');
    expect(unadded.message).toBe('Partition was not added to the transaction');
    expect((await client.produce(topic, id, producer, text('not added'), 11)).error).toBe(
      'TRANSACTION_ABORTABLE',
    );
    expect((await client.produce(topic, null, producer, text('no id'), 9)).error).toBe(
      'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
    );
    expect(await client.addPartition(id, producer, topic)).toBe('NONE');
    expect((await client.produce(topic, id, producer, text('first', 0), 9)).error).toBe('NONE');
    expect((await client.produce(topic, id, producer, text('first', 0), 9)).error).toBe('NONE');
    expect((await client.produce(topic, id, producer, text('gap', 5), 9)).error).toBe(
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
    );
    const plain = { ...text('plain', 1), transactional: false };
    expect((await client.produce(topic, null, producer, plain, 9)).error).toBe('INVALID_TXN_STATE');
    expect((await client.endTxn(id, producer, false, 3)).error).toBe('NONE');
  });

  it('offsets count when the transaction is committed, and are unstable until it has ended', async () => {
    const [id, group] = [uniqueName('offsets'), uniqueName('group')];
    const { producerId, producerEpoch } = await client.initProducerId(id, 4);
    const producer = { producerId, producerEpoch };
    const commit = (offset: number) => client.commitOffset(id, producer, group, { topic, offset }, 3);
    expect(await client.addOffsets(id, producer, group)).toBe('NONE');
    expect(await commit(5)).toBe('NONE');
    expect(await client.fetchOffset(group, topic, true)).toBe('UNSTABLE_OFFSET_COMMIT');
    expect(await client.fetchOffset(group, topic, false)).toBe('-1');
    expect((await client.endTxn(id, producer, true, 3)).error).toBe('NONE');
    await settled(id, 'CompleteCommit');
    expect(await client.fetchOffset(group, topic, true)).toBe('5');
    expect(await client.addOffsets(id, producer, group)).toBe('NONE');
    expect(await commit(9)).toBe('NONE');
    expect((await client.endTxn(id, producer, false, 3)).error).toBe('NONE');
    await settled(id, 'CompleteAbort');
    expect(await client.fetchOffset(group, topic, true)).toBe('5');
    expect(await commit(11)).toBe('INVALID_TXN_STATE');
  });

  it('kafkajs copies in transactions', async () => {
    const into = await newTopic('kafkajs');
    const brokers = underTest.bootstrapServers.split(',');
    const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING, retry: { retries: 10 } });
    const producer = kafka.producer({ transactionalId: uniqueName('kafkajs'), maxInFlightRequests: 1 });
    await producer.connect();
    for (const [value, keeps] of [
      ['a', true],
      ['b', false],
      ['c', true],
    ] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic: into, messages: [{ value }] });
      await (keeps ? transaction.commit() : transaction.abort());
    }
    await producer.disconnect();
    const { aborted, records } = await eventually('all is decided', async () => {
      const all = await client.fetch(into, 1);
      return all.records.length === 6 && all;
    });
    expect(aborted).toEqual([2]);
    expect(records).toEqual(['0:a', '1:marker', '2:b', '3:marker', '4:c', '5:marker']);
  });
});

describe('transactions version 2', () => {
  it('the broker adds the partition, and every end gives the next epoch', async () => {
    const id = uniqueName('v2');
    const into = await newTopic('v2');
    const first = await client.initProducerId(id, 5);
    expect(await client.produce(into, id, pick(first), text('a'), 12)).toMatchObject({ error: 'NONE' });
    expect((await client.describe(id)).topics).toEqual([{ topic: into, partitions: [0] }]);
    const second = await client.endTxn(id, pick(first), true, 5);
    expect(second).toEqual({ ...first, producerEpoch: first.producerEpoch + 1 });
    await settled(id, 'CompleteCommit');
    expect(await client.endTxn(id, pick(first), true, 5)).toEqual(second);
    expect((await client.endTxn(id, pick(first), false, 5)).error).toBe('INVALID_TXN_STATE');
    expect((await client.endTxn(id, pick(second), true, 5)).error).toBe('INVALID_TXN_STATE');
    expect((await client.produce(into, id, pick(first), text('late', 1), 12)).error).toBe(
      'INVALID_PRODUCER_EPOCH',
    );
    const third = await client.endTxn(id, pick(second), false, 5);
    expect(third).toEqual({ ...first, producerEpoch: first.producerEpoch + 2 });
    await settled(id, 'CompleteAbort');
    expect((await client.produce(into, id, pick(third), text('b'), 12)).error).toBe('NONE');
    expect((await client.endTxn(id, pick(third), false, 5)).error).toBe('NONE');
    await settled(id, 'CompleteAbort');
    expect(await client.fetch(into, 1)).toMatchObject({
      aborted: [2],
      records: ['0:a', '1:marker', '2:b', '3:marker'],
    });
  });

  it('a producer that nobody knows begins at sequence 0', async () => {
    const id = uniqueName('v2-sequence');
    const producer = pick(await client.initProducerId(id, 5));
    const sent = await client.produce(topic, id, producer, text('x', 4), 12);
    expect(sent.error).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
    expect((await client.endTxn(id, producer, false, 5)).error).toBe('NONE');
  });

  it('TxnOffsetCommit adds the partition of the group by itself', async () => {
    const [id, group] = [uniqueName('v2-offsets'), uniqueName('group')];
    const producer = pick(await client.initProducerId(id, 5));
    expect(await client.commitOffset(id, producer, group, { topic, offset: 3 }, 5)).toBe('NONE');
    expect(await client.fetchOffset(group, topic, true)).toBe('UNSTABLE_OFFSET_COMMIT');
    expect((await client.endTxn(id, producer, true, 5)).error).toBe('NONE');
    await settled(id, 'CompleteCommit');
    expect(await client.fetchOffset(group, topic, true)).toBe('3');
    expect(await client.commitOffset(id, producer, group, { topic, offset: 4 }, 5)).toBe(
      'INVALID_PRODUCER_EPOCH',
    );
  });

  it('a transaction that takes too long is aborted', async () => {
    const id = uniqueName('slow');
    const first = await client.initProducerId(id, 5, { transactionTimeoutMs: 1000 });
    expect((await client.produce(topic, id, pick(first), text('slow'), 12)).error).toBe('NONE');
    await settled(id, 'CompleteAbort');
    expect((await client.describe(id)).producerEpoch).toBe(first.producerEpoch + 1);
    expect((await client.produce(topic, id, pick(first), text('late', 1), 12)).error).toBe(
      'INVALID_PRODUCER_EPOCH',
    );
  });
});

describe('transactions and the official tools', () => {
  it('an open transaction is listed, described and seen in its partition', async () => {
    const into = await newTopic('tools');
    const id = uniqueName('tools');
    const producer = await opened(id, into);
    const listed = await runOfficialTool('kafka-transactions', [...bootstrap(), 'list']);
    expect(listed.stdout, listed.stderr).toMatch(
      new RegExp(`^${id}\\s+\\d+\\s+${producer.producerId}\\s+Ongoing`, 'm'),
    );
    const described = await runOfficialTool('kafka-transactions', [
      ...[...bootstrap(), 'describe', '--transactional-id', id],
    ]);
    expect(described.stdout, described.stderr).toMatch(new RegExp(`Ongoing.*${into}-0`));
    const producers = await runOfficialTool('kafka-transactions', [
      ...[...bootstrap(), 'describe-producers', '--topic', into, '--partition', '0'],
    ]);
    const row = `${producer.producerId}\\s+0\\s+-1\\s+0\\s+\\d+\\s+0`;
    expect(producers.stdout, producers.stderr).toMatch(new RegExp(`^${row}`, 'm'));
    expect((await client.endTxn(id, producer, true, 3)).error).toBe('NONE');
  });

  it('a transaction that hangs is found by its partition and aborted', async () => {
    const into = await newTopic('hanging');
    const configs = ['--alter', '--entity-type', 'brokers', '--entity-default'];
    const verification = 'transaction.partition.verification.enable';
    await runOfficialTool('kafka-configs', [
      ...bootstrap(),
      ...configs,
      '--add-config',
      `${verification}=false`,
    ]);
    try {
      const id = uniqueName('hanging');
      const producer = pick(await client.initProducerId(id, 4));
      await eventually('records without a transaction are taken', async () => {
        const { error } = await client.produce(into, id, producer, text('hangs'), 9);
        return error === 'NONE';
      });
      expect(await client.endOffset(into, 1)).toBe(0);
      expect(await client.producers(into)).toMatchObject([
        { currentTxnStartOffset: 0n, coordinatorEpoch: -1 },
      ]);
      const aborted = await runOfficialTool('kafka-transactions', [
        ...[...bootstrap(), 'abort', '--topic', into, '--partition', '0', '--start-offset', '0'],
      ]);
      expect(aborted.status, aborted.stdout + aborted.stderr).toBe(0);
      expect(await client.fetch(into, 1)).toMatchObject({ lastStableOffset: 2, aborted: [0] });
    } finally {
      await runOfficialTool('kafka-configs', [...bootstrap(), ...configs, '--delete-config', verification]);
    }
  });

  it('markers of an old coordinator or an old epoch are refused', async () => {
    const into = await newTopic('markers');
    const id = uniqueName('markers');
    // The second epoch: before the first there is none.
    await client.initProducerId(id, 4);
    const producer = await opened(id, into);
    const mark = (coordinatorEpoch: number, epoch: number, transactionVersion = 0) =>
      client.writeMarker(
        into,
        { ...producer, producerEpoch: epoch },
        { coordinatorEpoch, transactionResult: false, transactionVersion },
        2,
      );
    expect(await mark(50, producer.producerEpoch, 2)).toBe('INVALID_PRODUCER_EPOCH');
    expect(await mark(50, producer.producerEpoch)).toBe('NONE');
    expect(await mark(49, producer.producerEpoch)).toBe('TRANSACTION_COORDINATOR_FENCED');
    expect(await mark(50, producer.producerEpoch - 1)).toBe('INVALID_PRODUCER_EPOCH');
    expect(await client.fetch(into, 1)).toMatchObject({ lastStableOffset: 2, aborted: [0] });
  });

  it('the console consumer reads only what is committed', async () => {
    const into = await newTopic('console');
    const [kept, dropped] = [uniqueName('kept'), uniqueName('dropped')];
    const first = await opened(kept, into, 'kept');
    const second = await opened(dropped, into, 'dropped');
    await client.endTxn(kept, first, true, 3);
    await client.endTxn(dropped, second, false, 3);
    await Promise.all([settled(kept, 'CompleteCommit'), settled(dropped, 'CompleteAbort')]);
    const plain = { ...text('end'), transactional: false };
    await client.produce(into, null, pick(await client.initProducerId(null, 4)), plain, 9);
    const read = (isolation: string, count: number) =>
      runOfficialTool('kafka-console-consumer', [
        ...[...bootstrap(), '--topic', into, '--from-beginning', '--max-messages', String(count)],
        ...['--isolation-level', isolation],
      ]);
    expect((await read('read_committed', 2)).stdout).toBe('kept\nend\n');
    expect((await read('read_uncommitted', 3)).stdout).toBe('kept\ndropped\nend\n');
  });
});

function pick({ producerId, producerEpoch }: ProducerIdentity): ProducerIdentity {
  return { producerId, producerEpoch };
}
