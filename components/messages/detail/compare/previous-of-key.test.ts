import { describe, expect, it } from 'vitest';
import type { Message, MessageLine } from '../../../../lib/contract/messages.ts';
import { queryOfPrevious, readPrevious } from './previous-of-key.ts';

const message: Message = {
  type: 'message',
  partition: 3,
  offset: 42,
  timestamp: null,
  timestampType: 'none',
  key: { encoding: 'utf8', data: 'k', size: 1, isTruncated: false },
  value: null,
  headers: [],
  compression: 'none',
  isTransactional: false,
  size: 0,
};
const end: MessageLine = {
  type: 'end',
  reason: 'end-of-log',
  scanned: 40,
  matched: 0,
  sent: 0,
  nextFrom: {},
  problems: [],
};

const streamOf = (...lines: MessageLine[]) =>
  new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join('')).body as ReadableStream<Uint8Array>;

describe('queryOfPrevious', () => {
  it('goes backwards from the message in its partition', () => {
    expect(queryOfPrevious(message)).toEqual({
      key: 'k',
      partitions: '3',
      from: 'earliest',
      until: 'offset:42',
      order: 'newest',
      limit: 1,
    });
  });

  it('asks for nothing without a whole key', () => {
    expect(queryOfPrevious({ ...message, key: null })).toBeNull();
    expect(
      queryOfPrevious({ ...message, key: { encoding: 'utf8', data: 'k', size: 9, isTruncated: true } }),
    ).toBeNull();
  });
});

describe('readPrevious', () => {
  it('gives the message, none, or the failure, and tells how far it is', async () => {
    const scanned: number[] = [];
    expect(
      await readPrevious(streamOf({ ...message, offset: 7 }, end), (n) => scanned.push(n)),
    ).toMatchObject({
      offset: 7,
    });
    expect(await readPrevious(streamOf(end), (n) => scanned.push(n))).toBeNull();
    expect(scanned).toEqual([40]);
    const broken: MessageLine = {
      ...end,
      reason: 'failed',
      problems: [{ subject: 'partition 3', code: 'broker_unreachable', detail: 'Broker 2 does not answer' }],
    };
    await expect(readPrevious(streamOf(broken), () => undefined)).rejects.toThrow('Broker 2');
    await expect(readPrevious(streamOf(), () => undefined)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
