import { describe, expect, it } from 'vitest';
import { NEWEST } from './reading.ts';
import { commandOfReading } from './reading-command.ts';

const all = NEWEST;
const shown = [{ offset: 42 }, { offset: 40 }, { offset: 41 }];

describe('commandOfReading', () => {
  it('reads from the oldest, and what is to come', () => {
    expect(commandOfReading('orders', { ...all, from: 'earliest' }, shown)).toEqual({
      options: { topic: 'orders', partition: undefined, limit: 100, from: 'earliest' },
      isExact: true,
      hasAll: true,
    });
    const live = commandOfReading('orders', { ...all, from: 'latest', follow: true }, shown);
    expect(live).toMatchObject({ options: { from: 'latest', limit: undefined }, isExact: true });
  });

  it('starts one partition at its offset, or where the reading began', () => {
    const one = { ...all, partitions: [2] };
    expect(commandOfReading('orders', { ...one, from: 'offset:7' }, shown).options.from).toBe(7);
    for (const from of ['latest', 'offset:-3', 'timestamp:2026-01-31T12:00:00Z']) {
      expect(commandOfReading('orders', { ...one, from }, shown)).toMatchObject({
        options: { partition: 2, from: 40 },
        isExact: true,
      });
    }
  });

  it('says when the tool cannot start there', () => {
    for (const from of ['latest', 'offset:7', 'timestamp:2026-01-31T12:00:00Z']) {
      expect(commandOfReading('orders', { ...all, from }, shown)).toMatchObject({
        options: { from: 'earliest' },
        isExact: false,
      });
    }
  });

  it('says when the page leaves messages out, as the tool does not', () => {
    for (const part of [{ search: 'a' }, { filter: 'size > 3' }, { partitions: [0, 1] }])
      expect(commandOfReading('orders', { ...all, from: 'earliest', ...part }, shown).hasAll).toBe(false);
  });
});
