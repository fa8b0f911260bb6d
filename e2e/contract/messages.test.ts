import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, MessageEnd, MessageLine } from '../../lib/contract/messages.ts';
import { ask, askLines, request } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { underTest } from '../harness/under-test.ts';

const topic = uniqueName('messages');
const messages = (lines: MessageLine[]) => lines.filter((line): line is Message => line.type === 'message');
const end = (lines: MessageLine[]) => lines.findLast((line): line is MessageEnd => line.type === 'end');
const read = (query: Record<string, unknown>) => askLines('readMessages', { params: { topic }, query });

describe('messages', () => {
  beforeAll(async () => {
    // The times of these messages are long past: retention would take them away while they are read.
    const configs = { 'retention.ms': '-1' };
    await ask('createTopic', { body: { name: topic, partitionCount: 2, replicationFactor: 3, configs } });
    for (let index = 0; index < 10; index++) {
      await ask('produceMessage', {
        params: { topic },
        body: {
          partition: index % 2,
          key: { data: `key-${index}` },
          value: index === 9 ? null : { data: JSON.stringify({ index, text: '안녕' }) },
          headers: [{ key: 'trace', value: { data: `t${index}` } }],
          timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
        },
      });
    }
  });
  afterAll(() => ask('deleteTopic', { params: { topic } }));

  it('reads all from the oldest', async () => {
    const lines = await read({ from: 'earliest' });
    const found = messages(lines);
    expect(found.map((one) => one.key?.data).sort()).toEqual(
      Array.from({ length: 10 }, (_, i) => `key-${i}`),
    );
    const first = found.find((one) => one.key?.data === 'key-0')!;
    expect(JSON.parse(first.value!.data)).toEqual({ index: 0, text: '안녕' });
    expect(first).toMatchObject({ partition: 0, offset: 0, timestamp: '2026-01-01T00:00:00.000Z' });
    expect(first.headers).toMatchObject([{ key: 'trace', value: { data: 't0' } }]);
    expect(end(lines)).toMatchObject({ reason: 'end-of-log', sent: 10, problems: [] });
  });

  it('reads the newest only', async () => {
    const found = messages(await read({ from: 'latest', limit: 2 }));
    expect(found.map((one) => one.key?.data).sort()).toEqual(['key-8', 'key-9']);
    expect(found.find((one) => one.key?.data === 'key-9')?.value).toBeNull();
  });

  it('reads one partition from an offset and says where to go on', async () => {
    const lines = await read({ partition: 1, from: 'offset:2', limit: 2 });
    expect(messages(lines).map((one) => one.offset)).toEqual([2, 3]);
    expect(end(lines)).toMatchObject({ reason: 'limit', nextFrom: { 1: 4 } });
  });

  it('reads from a time', async () => {
    const found = messages(await read({ from: 'timestamp:2026-01-01T00:00:07Z' }));
    expect(found.map((one) => one.key?.data).sort()).toEqual(['key-7', 'key-8', 'key-9']);
  });

  it('follows: a message arrives in the open stream within 2 s', async () => {
    const stop = new AbortController();
    const url = `${underTest.consoleUrl}/api/v1/clusters/${underTest.clusterId}/topics/${topic}/messages`;
    const response = await fetch(`${url}?from=latest&limit=1&follow=true`, { signal: stop.signal });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const arrived = (async () => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return false;
        text += value;
        if (text.includes('followed')) return true;
      }
    })();
    await new Promise((resume) => setTimeout(resume, 1000));
    await ask('produceMessage', { params: { topic }, body: { partition: 0, value: { data: 'followed' } } });
    const late = new Promise<string>((settle) => setTimeout(() => settle('late'), 2000));
    expect(await Promise.race([arrived, late])).toBe(true);
    stop.abort();
  });

  it('refuses an offset that is not in the log and names the ones that are', async () => {
    const response = await request('readMessages', {
      params: { topic } as never,
      query: { partition: 0, from: 'offset:999999' },
    });
    expect(response.status).toBe(400);
    const problem = (await response.json()) as { detail: string; errors: { field: string }[] };
    expect(problem.errors[0]?.field).toBe('from');
    expect(problem.detail + JSON.stringify(problem.errors)).toMatch(/\b0\b.*\b[5-9]\b/);
  });

  it('refuses a partition that the topic does not have', async () => {
    for (const call of [
      request('readMessages', { params: { topic } as never, query: { partition: 7 } }),
      request('produceMessage', { params: { topic } as never, body: { partition: 7, value: { data: 'x' } } }),
    ]) {
      expect([400, 404]).toContain((await call).status);
    }
  });
});
