import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Masking } from '../../masking/masking-rules.ts';
import { HASH, masking, REMOVE, STARS } from '../../masking/testing/rules.ts';
import type { CompressionType } from '../../protocol/records/compression.ts';
import {
  decodeRecords,
  encodeRecordBatch,
  type RecordToEncode,
} from '../../protocol/records/record-batch.ts';
import { jsonSerde } from '../../serdes/json.ts';
import { textSerde } from '../../serdes/text.ts';
import { MessageParts } from '../message-parts.ts';
import type { ScannedRecord, TransactionState } from '../scanned-record.ts';
import { Statistics } from './statistics.ts';

interface Given {
  partition: number;
  record: ScannedRecord;
}

const NOON = Date.UTC(2026, 0, 1, 12);

/** Records as a scan gives them, of batches of one record each. */
function records(
  given: readonly (RecordToEncode & {
    partition?: number;
    compression?: CompressionType;
    transaction?: TransactionState;
  })[],
): Given[] {
  return given.map(({ partition = 0, compression = 'none', transaction, ...record }, baseOffset) => {
    const bytes = encodeRecordBatch({
      records: [{ timestamp: NOON, ...record }],
      baseOffset,
      compression,
      isTransactional: transaction !== undefined,
      producerId: transaction === undefined ? -1n : 5n,
    });
    return { partition, record: { ...decodeRecords(bytes)[0]!, transaction } };
  });
}

function statisticsOf(given: readonly Given[], rules: Masking | null = null): Statistics {
  const parts = new MessageParts({
    topic: 'orders',
    isNamed: true,
    maxBytes: 0,
    serdes: { key: textSerde, value: jsonSerde },
    masking: rules,
  });
  const statistics = new Statistics({ hides: (part, path) => parts.hidesField(part, path) });
  for (const { partition, record } of given) statistics.add(parts.tested(partition, record), record);
  return statistics;
}

function tell(statistics: Statistics) {
  const coverage = { isWhole: true, offsets: 0, offsetsLookedAt: 0, windows: 0, estimatedMatched: 0 };
  return statistics.tell({ partial: false, coverage, mostBuckets: 60, weight: 1 });
}

const byPath = <Field extends { path: string }>(fields: readonly Field[]) =>
  fields.toSorted((one, other) => (one.path < other.path ? -1 : 1));
const byName = <Entry extends object>(entries: readonly Entry[]) =>
  entries.map((entry) => JSON.stringify(entry)).sort();

describe('statistics', () => {
  it('are the same merged as gathered together', () => {
    const record = fc.record({
      partition: fc.nat({ max: 3 }),
      key: fc.option(fc.constantFrom('a', 'b', 'c', '')),
      value: fc.option(fc.oneof(fc.json(), fc.constantFrom('{"a":1}', '{"a":2,"b":["x"]}', 'no json'))),
      timestamp: fc.oneof(
        fc.nat({ max: 100_000 }).map((step) => NOON + step * 1000),
        fc.constant(-1),
      ),
      headers: fc.array(fc.record({ key: fc.constantFrom('h', 'i'), value: fc.constant('x') }), {
        maxLength: 3,
      }),
      compression: fc.constantFrom<CompressionType>('none', 'gzip'),
      transaction: fc.constantFrom(undefined, 'committed', 'aborted', 'open'),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), fc.nat({ max: 40 }), (given, at) => {
        const all = records(given);
        const merged = statisticsOf(all.slice(0, at));
        merged.merge(structuredClone(statisticsOf(all.slice(at)).state));
        const [one, together] = [tell(merged), tell(statisticsOf(all))];
        // Of as many messages each, the order is a matter of who came first.
        for (const told of [one, together]) {
          told.fields = byPath(told.fields);
          told.compression = told.compression.toSorted((a, b) => (a.type < b.type ? -1 : 1));
        }
        expect(byName(one.keys.top)).toEqual(byName(together.keys.top));
        expect(byName(one.headers)).toEqual(byName(together.headers));
        expect({ ...one, keys: one.keys.distinct, headers: 0 }).toEqual({
          ...together,
          keys: together.keys.distinct,
          headers: 0,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('count messages by what they are', () => {
    const told = tell(
      statisticsOf(
        records([
          { key: 'a', value: '{"n":1}', compression: 'lz4', transaction: 'committed' },
          { key: 'a', value: null, compression: 'lz4', transaction: 'aborted' },
          {
            key: null,
            value: 'no json',
            headers: [
              { key: 'h', value: 'x' },
              { key: 'h', value: 'y' },
            ],
          },
          { key: 'b', value: '{"n":1}', partition: 2, timestamp: NOON + 5000 },
        ]),
      ),
    );
    expect(told).toMatchObject({
      matched: 4,
      bytes: 24,
      tombstones: 1,
      unreadable: 1,
      compression: [
        { type: 'lz4', matched: 2 },
        { type: 'none', matched: 2 },
      ],
      transactions: { committed: 1, aborted: 1, open: 0, unknown: 0 },
      headers: [{ name: 'h', count: 1, error: 0 }],
      keys: { nulls: 1, hidden: 0, distinct: { estimate: 2, isExact: true } },
      keySizes: { count: 3, bytes: 3, p50: 1 },
      valueSizes: { count: 3, min: 7, max: 7 },
    });
    expect(told.partitions).toEqual([
      {
        topic: 'orders',
        partition: 0,
        matched: 3,
        bytes: 16,
        first: { offset: 0, timestamp: '2026-01-01T12:00:00.000Z' },
        last: { offset: 2, timestamp: '2026-01-01T12:00:00.000Z' },
      },
      {
        topic: 'orders',
        partition: 2,
        matched: 1,
        bytes: 8,
        first: { offset: 3, timestamp: '2026-01-01T12:00:05.000Z' },
        last: { offset: 3, timestamp: '2026-01-01T12:00:05.000Z' },
      },
    ]);
  });

  it('find the same key and value again, also where both are null', () => {
    const { duplicates } = tell(
      statisticsOf(
        records([
          { key: 'a', value: '1' },
          { key: 'a', value: '1', partition: 1 },
          { key: 'a', value: '2' },
          { key: 'b', value: '1' },
          { key: null, value: null },
          { key: null, value: null },
          { key: '', value: null },
          { key: null, value: '' },
        ]),
      ),
    );
    expect(duplicates).toMatchObject({ count: 2, contents: 2, isExact: true });
    expect(duplicates.examples).toContainEqual({
      times: 2,
      first: { topic: 'orders', partition: 0, offset: 0 },
      last: { topic: 'orders', partition: 1, offset: 1 },
    });
  });

  it('take bounded memory whatever messages hold', () => {
    const statistics = statisticsOf([]);
    const given = records(
      Array.from({ length: 3000 }, (_, index) => ({
        key: `key-${index}-${'x'.repeat(500)}`,
        value: JSON.stringify({ [`field-${index}`]: { [`inner-${index}`]: 'y'.repeat(500) } }),
        headers: [{ key: `header-${index}-${'z'.repeat(500)}`, value: null }],
        timestamp: NOON + index * 977,
      })),
    );
    statistics.merge(structuredClone(statisticsOf(given).state));
    const sizeOf = (state: unknown) =>
      JSON.stringify(state, (_, value: unknown) =>
        value instanceof Map ? [...value] : value instanceof Set ? [...value] : value,
      ).length;
    const { repeats: _, ...state } = statistics.state;
    expect(sizeOf(state)).toBeLessThan(1_500_000);
    expect(sizeOf(tell(statistics))).toBeLessThan(200_000);
  });
});

describe('statistics of what rules mask', () => {
  const SECRET = 's3cret';
  const given = (fill: string) =>
    records(
      ['a', 'b', 'b'].map((name, index) => ({
        key: `${SECRET}-${fill}-${name}`,
        value: JSON.stringify({
          card: `${SECRET}-${fill}-${name}`,
          cards: [{ pin: `${SECRET}${fill}` }],
          n: index,
        }),
        headers: [{ key: 'token', value: `${SECRET}-${fill}` }],
      })),
    );

  const allRules = [
    masking({ in: ['key'], how: STARS }, { fields: ['card', 'cards[*].pin'], how: STARS }),
    masking({ in: ['key'], how: REMOVE }, { fields: ['card', '**.pin'], how: REMOVE }),
    masking({ in: ['key', 'value'], how: REMOVE }),
    masking({ in: ['key', 'value'], how: HASH }),
    masking({ in: ['key'], how: HASH }, { fields: ['card', 'cards[0].pin'], how: HASH }),
  ];

  it('show nothing of it', () => {
    for (const rules of allRules) {
      const told = JSON.stringify(tell(statisticsOf(given('x'), rules)));
      expect(told).not.toContain(SECRET);
    }
  });

  it('do not depend on it, so that nobody finds it by trying', () => {
    for (const rules of allRules.slice(0, 3)) {
      expect(tell(statisticsOf(given('x'), rules))).toEqual(tell(statisticsOf(given('y'), rules)));
    }
  });

  it('tell which fields are masked, with no value of them', () => {
    const { fields, keys } = tell(statisticsOf(given('x'), allRules[0]));
    const field = (path: string) => fields.find((one) => one.path === path);
    for (const path of ['key', 'value.card', 'value.cards[0].pin']) {
      expect(field(path), path).toMatchObject({ isMasked: true, examples: [], numbers: null });
    }
    expect(field('value.n')).toMatchObject({ isMasked: false, examples: ['0', '1', '2'] });
    expect(keys).toMatchObject({ hidden: 0, distinct: { estimate: 1 }, top: [{ key: '***', count: 3 }] });
    expect(tell(statisticsOf(given('x'), allRules[1])).keys).toMatchObject({
      hidden: 3,
      distinct: { estimate: 0 },
      top: [],
    });
  });
});
