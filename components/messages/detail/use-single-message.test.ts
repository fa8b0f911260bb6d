import { describe, expect, it } from 'vitest';
import type { MessageLine } from '../../../lib/contract/messages.ts';
import { pickMessage } from './use-single-message.ts';

const message = (offset: number, partition = 1): MessageLine => ({
  type: 'message',
  partition,
  offset,
  timestamp: null,
  timestampType: 'none',
  key: null,
  value: null,
  headers: [],
  compression: 'none',
  isTransactional: false,
  size: 0,
});
const log = { partition: 1, position: 5, remaining: 4, logStartOffset: 5, logEndOffset: 9 };
const progress: MessageLine = {
  type: 'progress',
  scanned: 0,
  matched: 0,
  sent: 0,
  bytes: 0,
  elapsedMs: 0,
  remaining: 0,
  partitions: [log],
};
const end: MessageLine = {
  type: 'end',
  reason: 'limit',
  scanned: 1,
  matched: 1,
  sent: 1,
  nextFrom: {},
  problems: [],
};

function streamOf(...lines: MessageLine[]): ReadableStream<Uint8Array> {
  return new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    .body as ReadableStream<Uint8Array>;
}

describe('pickMessage', () => {
  it('finds the message at the address', async () => {
    const { message: found } = await pickMessage(streamOf(progress, message(7), end), {
      partition: 1,
      offset: 7,
    });
    expect(found?.offset).toBe(7);
  });

  it('does not take the next one for one that is gone, and says where the log lies', async () => {
    const found = await pickMessage(streamOf(progress, message(8), end), { partition: 1, offset: 7 });
    expect(found).toEqual({ message: null, log });
  });

  it('fails with what the stream could not read', async () => {
    const broken: MessageLine = {
      ...end,
      reason: 'failed',
      problems: [{ subject: 'partition 1', code: 'broker_unreachable', detail: 'Broker 2 does not answer' }],
    };
    await expect(pickMessage(streamOf(broken), { partition: 1, offset: 7 })).rejects.toThrow(
      'Broker 2 does not answer',
    );
  });
});
