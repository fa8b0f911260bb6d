import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ResendPlan,
  type ResendRequest,
  resendBody,
  resendPlanLine,
} from '../../../lib/contract/resend.ts';
import { type SendingEnd, sendingLine } from '../../../lib/contract/sending.ts';
import { asSent } from '../../../lib/i18n/sentences/testing/as-sent.ts';
import { masking } from '../../masking/testing/rules.ts';
import { ERROR } from '../../protocol/errors.ts';
import { decodeRecords, type RecordToEncode } from '../../protocol/records/record-batch.ts';
import type { ClusterEntry } from '../../registry.ts';
import { type Console, connectedTo } from '../../snapshot/testing/fake-console.ts';
import { FakeLogs } from '../testing/fake-logs.ts';
import { previewResend } from './preview-resend.ts';
import { resendMessages } from './resend-messages.ts';

let from: FakeLogs;
let to: FakeLogs;
let source: Console;
let target: Console;
let clusters: Map<string, ClusterEntry>;

/** Both clusters have a topic `orders`: three partitions are read, two are written. */
beforeEach(async () => {
  from = new FakeLogs(3);
  to = new FakeLogs(2);
  await Promise.all([from.cluster.start(), to.cluster.start()]);
  source = connectedTo(from.cluster.bootstrapServers);
  target = { ...connectedTo(to.cluster.bootstrapServers), id: 'other', name: 'Other' };
  await Promise.all([source.snapshots.current(), target.snapshots.current()]);
  clusters = new Map([['other', { id: 'other', ready: async () => target } as unknown as ClusterEntry]]);
});

afterEach(async () => {
  await Promise.all([source.close(), target.close()]);
  await Promise.all([from.cluster.stop(), to.cluster.stop()]);
});

const TIME = Date.UTC(2026, 0, 1);
const record = (n: number, more: Partial<RecordToEncode> = {}): RecordToEncode => ({
  key: `k${n}`,
  value: `v${n}`,
  timestamp: TIME + n,
  ...more,
});

function fill(partition: number, count: number, more: Partial<RecordToEncode> = {}): void {
  for (let n = 0; n < count; n++) from.logs[partition]!.append([record(n, more)]);
}

const search = { topics: ['orders'], from: 'earliest' };
const elsewhere = { cluster: 'other', topic: 'orders' };

async function preview(request: ResendRequest): Promise<ResendPlan> {
  const { signal } = new AbortController();
  let last: unknown;
  for await (const line of await previewResend(source, clusters, resendBody.parse(request), signal))
    last = line;
  const line = resendPlanLine.parse(asSent(last));
  if (line.type !== 'plan') throw new Error('The preview ended without a plan');
  return line;
}

async function resend(request: ResendRequest, signal = new AbortController().signal): Promise<SendingEnd> {
  const options = { signal, note: () => {} };
  let last: unknown;
  for await (const line of await resendMessages(source, clusters, resendBody.parse(request), options))
    last = line;
  const line = sendingLine.parse(asSent(last));
  if (line.type !== 'end') throw new Error('The sending ended without a last line');
  return line;
}

const written = () => to.logs.flatMap(({ batches }) => batches.flatMap(({ bytes }) => decodeRecords(bytes)));

describe('sending again', () => {
  it('keeps every byte, null, header and time', async () => {
    const odd = {
      key: Buffer.from([0xff, 0x00]),
      value: Buffer.from([0xc3, 0x28, 0x0a]),
      headers: [
        { key: 'h', value: Buffer.from([0x80]) },
        { key: 'h', value: null },
        { key: '', value: '' },
      ],
      timestamp: TIME,
    };
    from.logs[0]!.append([odd, { key: null, value: null, timestamp: TIME + 1 }], { compression: 'gzip' });
    const end = await resend({ search, to: elsewhere });
    expect(end).toMatchObject({ reason: 'done', acknowledged: 2, refused: 0 });
    const [first, second] = written().sort((one, other) => one.timestamp - other.timestamp);
    expect(first).toMatchObject({
      key: odd.key,
      value: odd.value,
      headers: [
        { key: 'h', value: Buffer.from([0x80]) },
        { key: 'h', value: null },
        { key: '', value: Buffer.alloc(0) },
      ],
      timestamp: TIME,
    });
    expect(first!.batch.compression).toBe('gzip');
    expect(second).toMatchObject({ key: null, value: null, headers: [], timestamp: TIME + 1 });
  });

  it('keeps what is asked for, and says where it comes from', async () => {
    fill(1, 3, { headers: [{ key: 'h', value: '1' }] });
    const before = Date.now();
    await resend({
      messages: [{ topic: 'orders', partition: 1, offset: 2 }],
      to: elsewhere,
      keep: { key: false, headers: false, timestamp: false, partition: true },
      source: true,
    });
    const [only, ...others] = written();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ key: null, value: Buffer.from('v2') });
    expect(only!.headers).toEqual([{ key: 'kafdeck-source', value: Buffer.from('orders-1@2') }]);
    expect(only!.timestamp).toBeGreaterThanOrEqual(before);
    expect(to.logs[1]!.end).toBe(1);
  });

  it('keeps the order of each partition', async () => {
    for (const partition of [0, 1, 2])
      fill(partition, 200, { headers: [{ key: 'p', value: `${partition}` }] });
    await resend({ search, to: elsewhere, keep: { partition: false } });
    for (const partition of ['0', '1', '2']) {
      for (const log of to.logs) {
        const times = log.batches
          .flatMap(({ bytes }) => decodeRecords(bytes))
          .filter(({ headers }) => headers[0]!.value!.toString() === partition)
          .map(({ timestamp }) => timestamp);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
      }
    }
    expect(written()).toHaveLength(600);
  });

  it('goes where a header says, each message by itself', async () => {
    from.logs[0]!.append([
      record(0, { headers: [{ key: 'origin', value: 'orders' }] }),
      record(1),
      record(2, { headers: [{ key: 'origin', value: 'no topic!' }] }),
      record(3, { headers: [{ key: 'origin', value: 'nowhere' }] }),
    ]);
    const request = { search, to: { cluster: 'other', topicHeader: 'origin' } };
    const plan = await preview(request);
    expect(plan.targets).toEqual([{ topic: 'orders', count: 1 }]);
    expect(plan.warnings.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      expect.stringContaining('no header "origin"'),
      expect.stringContaining('no name of a topic'),
      expect.stringContaining('no topic nowhere'),
    ]);
    const end = await resend(request);
    expect(end).toMatchObject({ reason: 'done', acknowledged: 1, refused: 3 });
    expect(end.failures.map(({ source: at, code }) => [at?.offset, code])).toEqual([
      [1, 'invalid_request'],
      [2, 'invalid_request'],
      [3, 'not_found'],
    ]);
    expect(await resend({ ...request, to: { ...request.to, topic: 'orders' } })).toMatchObject({
      acknowledged: 2,
    });
  });

  it('tells of messages that are named and not there', async () => {
    fill(0, 5);
    from.logs[0]!.skip(3);
    from.logs[0]!.append([record(9)]);
    const offsets = [8, 2, 6, 2, 99];
    const messages = offsets.map((offset) => ({ topic: 'orders', partition: 0, offset }));
    const end = await resend({ messages, to: elsewhere });
    expect(end).toMatchObject({ reason: 'done', acknowledged: 2, refused: 2 });
    expect(end.failures.map(({ source: at }) => at?.offset)).toEqual([6, 99]);
    expect(
      written()
        .map(({ value }) => value!.toString())
        .sort(),
    ).toEqual(['v2', 'v9']);
  });

  it('refuses partitions that the target does not have', async () => {
    fill(2, 2);
    const request = { search, to: elsewhere, keep: { partition: true } };
    expect((await preview(request)).warnings.map(({ code }) => code)).toContain('refused-messages');
    expect(await resend(request)).toMatchObject({ acknowledged: 0, refused: 2 });
  });

  it('refuses at once a cluster or topic that there is not', async () => {
    fill(0, 1);
    await expect(resend({ search, to: { cluster: 'nope', topic: 'orders' } })).rejects.toMatchObject({
      code: 'not_found',
      fields: [{ field: 'to.cluster' }],
    });
    await expect(resend({ search, to: { topic: 'nope' } })).rejects.toMatchObject({ code: 'not_found' });
    const lost = { topics: ['nope'], from: 'earliest' };
    await expect(resend({ search: lost, to: elsewhere })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('never shows elsewhere what rules hide', async () => {
    const rules = masking({ topics: ['ord*'], fields: ['card'] });
    fill(0, 3, { value: '{"card":"1234"}' });
    source = { ...source, masking: rules };
    const request = { search, to: elsewhere };
    const refused = { code: 'forbidden', message: expect.stringContaining('not in orders') };
    await expect(preview(request)).rejects.toMatchObject(refused);
    await expect(resend(request)).rejects.toMatchObject(refused);
    const byHeader = await resend({ ...request, to: { ...elsewhere, topicHeader: 'origin' } });
    expect(byHeader).toMatchObject({ acknowledged: 0, refused: 3 });
    expect(written()).toEqual([]);

    clusters.set('other', { ready: async () => ({ ...target, masking: rules }) } as unknown as ClusterEntry);
    const plan = await preview(request);
    expect(plan).toMatchObject({ count: 3, samples: [] });
    expect(JSON.stringify(plan)).not.toContain('1234');
    expect(await resend(plan.request)).toMatchObject({ acknowledged: 3 });
    expect(written().map(({ value }) => value!.toString())).toEqual(Array(3).fill('{"card":"1234"}'));
    const bySearch = { ...request, search: { ...search, search: '1234' } };
    await expect(preview(bySearch)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('goes on where it was cancelled, without a message lost or sent twice', async () => {
    const count = 20_000;
    for (const log of from.logs) {
      for (let n = 0; n < count; n += 1000) {
        log.append(Array.from({ length: 1000 }, (_, more) => record(n + more)));
      }
    }
    let request: ResendRequest = { search, to: elsewhere, source: true };
    let rounds = 0;
    for (let end: SendingEnd | null = null; end?.reason !== 'done'; rounds++) {
      const stop = new AbortController();
      to.judge = () => {
        if (rounds < 3) stop.abort();
        return null;
      };
      end = await resend(request, stop.signal);
      if (end.reason === 'done') break;
      expect(end).toMatchObject({ reason: 'cancelled', unsent: 0, unknown: 0 });
      request = end.next!.request as ResendRequest;
    }
    expect(rounds).toBeGreaterThan(1);
    const all = written().map(({ headers }) => headers[0]!.value!.toString());
    expect(all).toHaveLength(3 * count);
    expect(new Set(all).size).toBe(3 * count);
  });

  it('ends after so many, and says how to go on', async () => {
    fill(0, 10);
    const end = await resend({ search, to: elsewhere, max: 4 });
    expect(end).toMatchObject({ reason: 'limit', acknowledged: 4 });
    expect(await resend({ ...(end.next!.request as ResendRequest), max: undefined })).toMatchObject({
      reason: 'done',
      acknowledged: 6,
    });
  });
});

describe('the preview', () => {
  it('counts, shows the first ones, and fixes what is meant', async () => {
    fill(0, 10);
    fill(2, 5);
    const plan = await preview({ search, to: elsewhere });
    expect(plan).toMatchObject({
      operation: 'resend',
      count: 15,
      bytes: 15 * 4,
      targets: [{ topic: 'orders', count: 15 }],
      changes: [{ subject: 'topic orders of Other', before: '0 messages', after: '15 messages' }],
      warnings: [],
    });
    expect(plan.samples).toHaveLength(3);
    expect(plan.commands).toHaveLength(2);
    expect(plan.commands[0]).toMatch(
      /--partition 0 --offset 0 --max-messages 10 .*\| kafka-console-producer/,
    );
    fill(1, 7);
    fill(0, 3);
    expect(await resend(plan.request)).toMatchObject({ reason: 'done', acknowledged: 15 });
  });

  it('means only the times that were asked for, in whatever order they lie', async () => {
    const times = [5, 1, 6, 2, 7];
    from.logs[0]!.append(times.map((time) => record(time)));
    const bounds = { ...search, from: `timestamp:${TIME + 3}`, until: `timestamp:${TIME + 7}` };
    const plan = await preview({ search: bounds, to: elsewhere });
    expect(plan.count).toBe(2);
    await resend(plan.request);
    expect(written().map(({ value }) => value!.toString())).toEqual(['v5', 'v6']);
  });

  it('has no commands for what the tools cannot do', async () => {
    for (let n = 0; n < 25; n++) {
      from.logs[0]!.append([record(n)]);
      from.logs[0]!.skip(1);
    }
    expect(await preview({ search, to: elsewhere })).toMatchObject({ count: 25, commands: [] });
  });

  it('warns of the same topic', async () => {
    fill(0, 2);
    const plan = await preview({ search, to: { topic: 'orders' } });
    expect(plan.warnings).toMatchObject([{ code: 'same-topic', subject: 'orders' }]);
    expect(await resend(plan.request)).toMatchObject({ reason: 'done', acknowledged: 2 });
  });

  it('warns of what a target does to them', async () => {
    const config = (configs: Record<string, string>) => {
      to.cluster.topics.get('orders')!.configs = configs;
    };
    fill(0, 1, { key: null });
    fill(1, 1, { value: 'x'.repeat(500) });
    const codes = async () => (await preview({ search, to: elsewhere })).warnings.map(({ code }) => code);
    config({ 'cleanup.policy': 'compact', 'max.message.bytes': '400' });
    expect(await codes()).toEqual(['refused-messages', 'refused-messages']);
    config({ 'cleanup.policy': 'delete', 'retention.ms': '1000' });
    expect(await codes()).toEqual(['soon-deleted']);
    config({ 'message.timestamp.type': 'LogAppendTime' });
    expect(await codes()).toEqual(['times-not-kept']);
  });

  it('says what cannot be read', async () => {
    fill(0, 3);
    from.logs[1]!.errorCode = ERROR.CORRUPT_MESSAGE;
    fill(1, 3);
    const plan = await preview({ search, to: elsewhere });
    expect(plan.count).toBe(3);
    expect(plan.warnings).toMatchObject([{ code: 'not-read' }]);
    const end = await resend({ search, to: elsewhere });
    expect(end).toMatchObject({ reason: 'failed', acknowledged: 3 });
    expect(end.problems).not.toEqual([]);
    from.logs[1]!.errorCode = ERROR.NONE;
    expect(await resend(end.next!.request as ResendRequest)).toMatchObject({
      reason: 'done',
      acknowledged: 3,
    });
  }, 30_000);
});
