import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../lib/contract/failure.ts';
import { type SendingEnd, type SendingLine, sendingLine } from '../../../lib/contract/sending.ts';
import { spoken } from '../../../lib/contract/sentence.ts';
import { asSent } from '../../../lib/i18n/sentences/testing/as-sent.ts';
import { ERROR } from '../../protocol/errors.ts';
import { decodeRecords } from '../../protocol/records/record-batch.ts';
import { type Console, connectedTo } from '../../snapshot/testing/fake-console.ts';
import { FakeLogs } from '../testing/fake-logs.ts';
import { TopicView } from '../topic-view.ts';
import { cancelSending } from './running-sendings.ts';
import { Sending, type SendingItem, type SendingNote, type SendingSource } from './sending.ts';

let fake: FakeLogs;
let console: Console;
let topic: TopicView;

beforeEach(() => open());
afterEach(() => close());

async function open(): Promise<void> {
  fake = new FakeLogs(3);
  await fake.cluster.start();
  console = connectedTo(fake.cluster.bootstrapServers);
  await console.snapshots.current();
  topic = await TopicView.open(console, fake.topic, { partitions: [], field: 'topic' });
}

async function close(): Promise<void> {
  await console.close();
  await fake.cluster.stop();
}

/** Message n goes to partition n mod 3, with n as its value. */
function numbers(count: number, { refused = new Set<number>(), endless = false } = {}): SendingSource {
  let next = 0;
  return {
    total: count,
    settledBefore: 0,
    next: () => ({ index: next }),
    async *items(signal): AsyncGenerator<SendingItem> {
      for (; next < count && !signal.aborted; next++) {
        const origin = { index: next };
        if (refused.has(next))
          yield { origin, refused: new Failure('invalid_request', spoken('not this one')) };
        else yield { origin, topic, partition: next % 3, record: { value: String(next), timestamp: 1 } };
        if (endless && next % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}

async function send(source: SendingSource, signal = new AbortController().signal) {
  const notes: SendingNote[] = [];
  const note = (told: SendingNote) => notes.push(told);
  const lines: SendingLine[] = [];
  const stream = await Sending.begin(console.client, source, { subject: spoken('numbers'), signal, note });
  for await (const line of stream) lines.push(sendingLine.parse(asSent(line)));
  const end = lines.at(-1) as SendingEnd;
  expect(end.type).toBe('end');
  expect(end.given).toBe(end.acknowledged + end.refused + end.unsent + end.unknown);
  expect(end.failures).toHaveLength(end.given - end.acknowledged);
  expect(notes).toMatchObject([{ acknowledged: end.acknowledged, reason: end.reason, ranges: end.ranges }]);
  return { lines, end };
}

const written = (partition: number) =>
  fake.logs[partition]!.batches.flatMap(({ bytes }) => decodeRecords(bytes)).map(({ value }) =>
    Number(value!.toString()),
  );
const expected = (count: number, partition: number, without = new Set<number>()) =>
  Array.from({ length: count }, (_, n) => n).filter((n) => n % 3 === partition && !without.has(n));

describe('a sending', () => {
  it('writes each partition in order, in batches, and says where', async () => {
    const { end, lines } = await send(numbers(3000));
    expect(end).toMatchObject({
      reason: 'done',
      acknowledged: 3000,
      settledUpTo: 3000,
      failures: [],
      problems: [],
    });
    for (const partition of [0, 1, 2]) {
      expect(written(partition)).toEqual(expected(3000, partition));
      expect(fake.logs[partition]!.batches.length).toBeLessThan(100);
    }
    expect(end.ranges).toEqual(
      [0, 1, 2].map((partition) => ({
        topic: 'orders',
        partition,
        firstOffset: 0,
        lastOffset: 999,
        count: 1000,
      })),
    );
    expect(lines[0]).toMatchObject({ type: 'progress', total: 3000 });
  });

  it('writes nothing twice when answers are lost', async () => {
    fake.lostAnswers = 4;
    const { end } = await send(numbers(300));
    expect(end).toMatchObject({ reason: 'done', acknowledged: 300 });
    for (const partition of [0, 1, 2]) expect(written(partition)).toEqual(expected(300, partition));
  });

  it('follows leaders that move', async () => {
    let batches = 0;
    fake.judge = (partition) => {
      batches += 1;
      if (batches === 2) {
        fake.partition(partition).leader = (fake.partition(partition).leader % 3) + 1;
        return { errorCode: ERROR.NOT_LEADER_OR_FOLLOWER };
      }
      return null;
    };
    const { end } = await send(numbers(1000));
    expect(end.acknowledged).toBe(1000);
    for (const partition of [0, 1, 2]) expect(written(partition)).toEqual(expected(1000, partition));
  });

  it('leaves out what Kafka refuses, and only that, wherever it says which', async () => {
    fake.judge = (_, records) => {
      const guilty = records.findIndex(({ value }) => Number(value) === 101);
      if (guilty >= 0) {
        return {
          errorCode: ERROR.INVALID_RECORD,
          recordErrors: [{ batchIndex: guilty, batchIndexErrorMessage: 'bad' }],
        };
      }
      return records.some(({ value }) => Number(value) === 202)
        ? { errorCode: ERROR.MESSAGE_TOO_LARGE }
        : null;
    };
    const { end } = await send(numbers(600));
    expect(end).toMatchObject({ reason: 'done', acknowledged: 598, refused: 2, settledUpTo: 600 });
    expect(end.failures).toMatchObject([
      { index: expect.any(Number), state: 'refused', detail: expect.stringMatching(/bad|larger/) },
      { index: expect.any(Number), state: 'refused' },
    ]);
    expect(end.failures.map(({ index }) => index).sort()).toEqual([101, 202]);
    for (const partition of [0, 1, 2]) {
      expect(written(partition)).toEqual(expected(600, partition, new Set([101, 202])));
    }
  });

  it('ends when a partition cannot be written, and tells of every message that was not sent', async () => {
    fake.judge = (partition, records) =>
      partition === 1 && records.some(({ value }) => Number(value) > 200)
        ? { errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED }
        : null;
    const { end } = await send(numbers(50_000));
    expect(end).toMatchObject({
      reason: 'failed',
      problems: [{ code: 'forbidden' }],
      refused: 0,
      unknown: 0,
    });
    expect(end.unsent).toBeGreaterThan(0);
    expect(end.given).toBeLessThan(50_000);
    expect(end.next).toEqual({ index: end.given });
    const inLog = [0, 1, 2].flatMap((partition) => written(partition));
    expect(inLog).toHaveLength(end.acknowledged);
    const unsent = new Set(end.failures.map(({ index }) => index));
    expect(inLog.some((n) => unsent.has(n))).toBe(false);
  });

  it('ends when everything is refused, instead of trying all of it', async () => {
    fake.judge = () => ({ errorCode: ERROR.INVALID_TIMESTAMP });
    const { end } = await send(numbers(50_000));
    expect(end).toMatchObject({ reason: 'failed', acknowledged: 0 });
    expect(end.refused).toBeGreaterThanOrEqual(1000);
    expect(end.given).toBeLessThan(20_000);
    expect(end.problems[0]?.detail).toContain('1,000 messages were refused');
  });

  it('tells what the source cannot give, and goes on', async () => {
    const refused = new Set([0, 7]);
    const { end } = await send(numbers(30, { refused }));
    expect(end).toMatchObject({ reason: 'done', acknowledged: 28, refused: 2 });
    expect(end.failures.map(({ index, detail }) => [index, detail])).toEqual([
      [0, 'not this one'],
      [7, 'not this one'],
    ]);
  });

  it('is cancelled with everything that was given written', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    const { end } = await send(numbers(1_000_000, { endless: true }), stop.signal);
    expect(end).toMatchObject({ reason: 'cancelled', unsent: 0, unknown: 0, problems: [] });
    expect(end.acknowledged).toBeGreaterThan(0);
    expect(end.next).toEqual({ index: end.acknowledged });
    for (const partition of [0, 1, 2]) expect(written(partition)).toEqual(expected(end.given, partition));
  });

  it('is cancelled by its id, and still tells how far it came', async () => {
    const { signal } = new AbortController();
    const options = { subject: spoken('n'), signal, note: () => {} };
    let last: unknown;
    let id = '';
    for await (const line of await Sending.begin(
      console.client,
      numbers(1_000_000, { endless: true }),
      options,
    )) {
      last = line;
      if (line.type !== 'progress' || id !== '') continue;
      id = line.id;
      cancelSending(id);
    }
    expect(last).toMatchObject({ type: 'end', reason: 'cancelled' });
    expect(() => cancelSending(id)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('ends when nobody reads its lines any more, and notes what was sent', async () => {
    const notes: SendingNote[] = [];
    const source = numbers(1_000_000, { endless: true });
    const { signal } = new AbortController();
    const note = (told: SendingNote) => notes.push(told);
    for await (const _ of await Sending.begin(console.client, source, { subject: spoken('n'), signal, note }))
      break;
    expect(notes).toMatchObject([{ reason: 'cancelled' }]);
    expect([0, 1, 2].flatMap(written)).toHaveLength(notes[0]!.acknowledged);
  });

  it('says when the topic is deleted meanwhile', async () => {
    fake.judge = () => {
      fake.cluster.topics.delete(fake.topic);
      return { errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION };
    };
    const { end } = await send(numbers(10));
    expect(end).toMatchObject({
      reason: 'failed',
      acknowledged: 0,
      unsent: 10,
      problems: [{ code: 'not_found' }],
    });
  });

  it('waits for a producer id while brokers are starting', async () => {
    fake.producersRefused = 3;
    expect((await send(numbers(3))).end).toMatchObject({ acknowledged: 3 });
  });

  it('gives no producer id: nothing begins', async () => {
    await fake.cluster.stop();
    await expect(send(numbers(1))).rejects.toMatchObject({
      code: expect.stringMatching(/unreachable|timeout|unavailable/),
    });
    await fake.cluster.start();
  });
});

describe('whatever goes wrong on the way', () => {
  it('each message is written once, in order, or told of', async () => {
    const fault = fc.constantFrom('none', 'none', 'lost', 'moved', 'few', 'large');
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 12 }), async (faults) => {
        await close();
        await open();
        const left = [...faults];
        fake.judge = (_, records) => {
          switch (left.shift()) {
            case 'lost':
              fake.lostAnswers += 1;
              return null;
            case 'moved':
              return { errorCode: ERROR.NOT_LEADER_OR_FOLLOWER };
            case 'few':
              return { errorCode: ERROR.NOT_ENOUGH_REPLICAS };
            case 'large':
              return records.length > 1 ? { errorCode: ERROR.MESSAGE_TOO_LARGE } : null;
            default:
              return null;
          }
        };
        const { end } = await send(numbers(200));
        expect(end).toMatchObject({ reason: 'done', acknowledged: 200 });
        for (const partition of [0, 1, 2]) expect(written(partition)).toEqual(expected(200, partition));
      }),
      { numRuns: 12 },
    );
  });
});
