import { describe, expect, it } from 'vitest';
import type { Message } from '../../../lib/contract/messages.ts';
import { NEWEST } from '../search/reading.ts';
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

describe('sorting by a field', () => {
  const valued = (offset: number, data: string): Message => ({
    ...message(0, offset, null),
    value: { encoding: 'utf8', data, size: data.length, isTruncated: false },
  });

  it('takes numbers as numbers and puts those without the field first', () => {
    const orders = ['{"n":10}', '{"n":9}', '{"n":"a"}', '{}', '{"n":9.5}'].map((data, offset) =>
      valued(offset, data),
    );
    expect(sortMessages(orders, { id: 'value.n', order: 'asc' }).map(({ offset }) => offset)).toEqual([
      3, 1, 4, 0, 2,
    ]);
  });
});

describe('firstSort', () => {
  it('puts the newest above when they are asked for', () => {
    expect(firstSort(NEWEST)).toEqual({ id: 'time', order: 'desc' });
    expect(firstSort({ ...NEWEST, from: 'earliest', follow: true, partitions: [2] })).toEqual({
      id: 'offset',
      order: 'desc',
    });
    expect(firstSort({ ...NEWEST, from: 'offset:7', partitions: [2] })).toEqual({
      id: 'offset',
      order: 'asc',
    });
    expect(firstSort({ ...NEWEST, from: 'offset:7', partitions: [1, 2] }).id).toBe('time');
    expect(firstSort({ ...NEWEST, from: 'earliest', order: 'newest' }).order).toBe('desc');
  });
});
