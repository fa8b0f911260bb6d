import { describe, expect, it } from 'vitest';
import type { Message } from '../../../lib/contract/messages.ts';
import { firstSort, sortMessages } from './message-order.ts';

function message(partition: number, offset: number, timestamp: string | null, size = 0): Message {
  return {
    type: 'message',
    partition,
    offset,
    timestamp,
    timestampType: 'create-time',
    key: null,
    value: { encoding: 'utf8', data: '', size, isTruncated: false },
    headers: [],
    compression: 'none',
    isTransactional: false,
    size: 0,
  };
}

const messages = [
  message(1, 5, '2026-01-01T00:00:02.000Z', 3),
  message(0, 9, '2026-01-01T00:00:01.000Z', 9),
  message(0, 8, '2026-01-01T00:00:02.000Z', 1),
  message(1, 4, null, 3),
];

const places = (sorted: Message[]) => sorted.map(({ partition, offset }) => `${partition}-${offset}`);

describe('sortMessages', () => {
  it('orders by time, then partition and offset; no time is the oldest', () => {
    expect(places(sortMessages(messages, { id: 'time', order: 'asc' }))).toEqual([
      '1-4',
      '0-9',
      '0-8',
      '1-5',
    ]);
    expect(places(sortMessages(messages, { id: 'time', order: 'desc' }))).toEqual([
      '1-5',
      '0-8',
      '0-9',
      '1-4',
    ]);
  });

  it('orders by offset, partition and size', () => {
    expect(places(sortMessages(messages, { id: 'offset', order: 'asc' }))).toEqual([
      '1-4',
      '1-5',
      '0-8',
      '0-9',
    ]);
    expect(places(sortMessages(messages, { id: 'partition', order: 'desc' }))).toEqual([
      '1-5',
      '1-4',
      '0-9',
      '0-8',
    ]);
    expect(places(sortMessages(messages, { id: 'size', order: 'asc' }))).toEqual([
      '0-8',
      '1-4',
      '1-5',
      '0-9',
    ]);
  });
});

describe('firstSort', () => {
  it('puts the newest above when they are asked for', () => {
    expect(firstSort('latest', false, undefined)).toEqual({ id: 'time', order: 'desc' });
    expect(firstSort('earliest', true, 2)).toEqual({ id: 'offset', order: 'desc' });
    expect(firstSort('offset:7', false, 2)).toEqual({ id: 'offset', order: 'asc' });
  });
});
