import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageTests } from '../../../lib/contract/message-query.ts';
import type { SerdeName } from '../../../lib/contract/serdes.ts';
import { isSound } from './byte-search.ts';
import { compileMessageTest } from './message-test.ts';
import { asked, bytesOf, type Given, record } from './testing/record.ts';

const matches = (tests: Partial<MessageTests>, given: Given) =>
  compileMessageTest(asked(tests)).matches(record(given));

describe('text', () => {
  it('is found in key, value, header names and header values', () => {
    const places: Given[] = [
      { key: 'an order' },
      { value: 'an order' },
      { headers: { order: null } },
      { headers: { a: 'an order' } },
    ];
    for (const given of places) {
      expect(matches({ search: 'order' }, given)).toBe(true);
      expect(matches({ search: 'Border' }, given)).toBe(false);
    }
  });

  it('is looked for where it is asked for', () => {
    const given = { key: 'one', value: 'two', headers: { three: 'four' } };
    const found = (where: MessageTests['in']) =>
      ['one', 'two', 'three', 'four'].filter((search) => matches({ search, in: where }, given));
    expect(found('key')).toEqual(['one']);
    expect(found('value')).toEqual(['two']);
    expect(found('headers')).toEqual(['three', 'four']);
    expect(found('any')).toHaveLength(4);
  });

  it('tells case apart only when asked to', () => {
    expect(matches({ search: 'ORDER' }, { value: 'order' })).toBe(true);
    expect(matches({ search: 'ORDER', matchCase: true }, { value: 'order' })).toBe(false);
    expect(matches({ search: 'order', matchCase: true }, { value: 'order' })).toBe(true);
  });

  it.each([
    ['straße', 'STRAẞE'],
    ['σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['kelvin', 'KELVIN'],
    ['ſtop', 'STOP'],
    ['Δελτα', 'δΕΛΤΑ'],
    ['𐐀', '𐐨'],
    ['주문', '주문'],
  ])('knows that %s is %s', (search, value) => {
    expect(matches({ search }, { value })).toBe(true);
    expect(matches({ search: value }, { value: search })).toBe(true);
  });

  it('takes signs for what they are', () => {
    expect(matches({ search: 'a.b*[c](d)\\/$^|?+{}' }, { value: 'x A.B*[c](d)\\/$^|?+{} y' })).toBe(true);
    expect(matches({ search: 'a.b' }, { value: 'axb' })).toBe(false);
  });

  it('can be a whole word', () => {
    const word = (search: string, value: string) => matches({ search, wholeWord: true }, { value });
    expect(word('order', 'an order.')).toBe(true);
    expect(word('order', 'an ORDER-id')).toBe(true);
    expect(word('order', 'orders')).toBe(false);
    expect(word('order', 'order_id')).toBe(false);
    expect(word('order', 'border order')).toBe(true);
    expect(word('주문', '주문 번호')).toBe(true);
    expect(word('주문', '재주문')).toBe(false);
    expect(word('caf', 'café')).toBe(false);
    expect(word('cafe', 'cafe\u0301')).toBe(false);
    expect(word('𝒶', '𝒶𝒷')).toBe(false);
    expect(word('-5', 'x-5')).toBe(true);
    expect(word('-5', '-55')).toBe(false);
  });

  it('is not found in what is not there', () => {
    expect(matches({ search: 'null' }, { key: null, value: null, headers: { a: null } })).toBe(false);
  });
});

describe('a regular expression', () => {
  it('knows Unicode and tells case apart', () => {
    expect(matches({ regex: '^\\p{L}+-\\d{3}$' }, { key: '주문-123' })).toBe(true);
    expect(matches({ regex: 'Order' }, { key: 'order' })).toBe(false);
    expect(matches({ regex: '^.$' }, { key: '😀' })).toBe(true);
  });

  it('may have flags in front', () => {
    expect(matches({ regex: '(?i)ORDER \\d' }, { key: 'order 7' })).toBe(true);
    expect(matches({ regex: '^b$' }, { key: 'a\nb' })).toBe(false);
    expect(matches({ regex: '(?m)^b$' }, { key: 'a\nb' })).toBe(true);
    expect(matches({ regex: 'a.b' }, { key: 'a\nb' })).toBe(false);
    expect(matches({ regex: '(?si)A.B' }, { key: 'a\nb' })).toBe(true);
  });

  it('is looked for where it is asked for, in headers too', () => {
    expect(matches({ regex: '^4.2$', in: 'headers' }, { headers: { a: '402' } })).toBe(true);
    expect(matches({ regex: '^4.2$', in: 'value' }, { headers: { a: '402' } })).toBe(false);
  });
});

describe('a key', () => {
  it('is the whole of it, case and all', () => {
    expect(matches({ key: 'A-1' }, { key: 'A-1' })).toBe(true);
    expect(matches({ key: 'A-1' }, { key: 'A-12' })).toBe(false);
    expect(matches({ key: 'A-1' }, { key: 'a-1' })).toBe(false);
    expect(matches({ key: '' }, { key: '' })).toBe(true);
    expect(matches({ key: '' }, { key: null })).toBe(false);
  });
});

describe('a header', () => {
  it('is there by its name', () => {
    expect(matches({ header: 'trace' }, { headers: { trace: null } })).toBe(true);
    expect(matches({ header: 'trace' }, { headers: { 'trace-id': 'x' } })).toBe(false);
  });

  it('has a value', () => {
    expect(matches({ header: 'trace=abc' }, { headers: { other: 'abc', trace: 'abc' } })).toBe(true);
    expect(matches({ header: 'trace=abc' }, { headers: { trace: 'abcd' } })).toBe(false);
    expect(matches({ header: 'trace=' }, { headers: { trace: '' } })).toBe(true);
    expect(matches({ header: 'trace=' }, { headers: { trace: null } })).toBe(false);
    expect(matches({ header: 'a=b=c' }, { headers: { a: 'b=c' } })).toBe(true);
    expect(matches({ header: 'a=b=c' }, { headers: { 'a=b': 'c' } })).toBe(true);
    expect(matches({ header: 'a=b=c' }, { headers: { 'a=b=c': null } })).toBe(true);
  });
});

describe('sizes and tombstones', () => {
  it('counts bytes of key and value', () => {
    expect(matches({ minSize: 4 }, { key: 'ab', value: '주' })).toBe(true);
    expect(matches({ minSize: 6 }, { key: 'ab', value: '주' })).toBe(false);
    expect(matches({ maxSize: 5 }, { key: 'ab', value: '주' })).toBe(true);
    expect(matches({ maxSize: 4 }, { key: 'ab', value: '주' })).toBe(false);
  });

  it('takes only messages without a value, or none of them', () => {
    expect(matches({ tombstones: 'only' }, { value: null })).toBe(true);
    expect(matches({ tombstones: 'only' }, { value: '' })).toBe(false);
    expect(matches({ tombstones: 'exclude' }, { value: null })).toBe(false);
    expect(matches({}, { value: null })).toBe(true);
  });
});

describe('everything together', () => {
  it('has to be true', () => {
    const tests = { search: 'paid', key: 'k', header: 'h', minSize: 2 };
    const given = { key: 'k', value: 'paid', headers: { h: 'x' } };
    expect(matches(tests, given)).toBe(true);
    for (const name of ['search', 'key', 'header'] as const)
      expect(matches({ ...tests, [name]: 'no' }, given)).toBe(false);
    expect(matches({ ...tests, minSize: 99 }, given)).toBe(false);
  });

  it('says when nothing is asked', () => {
    expect(compileMessageTest(asked({})).isEverything).toBe(true);
    expect(compileMessageTest(asked({ maxSize: 1 })).isEverything).toBe(false);
  });

  it('touches no more of a record than it has to', () => {
    const { matches: test } = compileMessageTest(asked({ tombstones: 'only', search: 'x' }));
    const untouchable = new Proxy(record({ value: 'x' }), {
      get(target, name) {
        if (name !== 'isTombstone') throw new Error(`${String(name)} was touched`);
        return target.isTombstone;
      },
    });
    expect(test(untouchable)).toBe(false);
  });
});

describe('searching bytes', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });
  const letters = fc.string({ unit: fc.constantFrom(...'abKSßς주ſ.-é'), minLength: 1, maxLength: 4 });
  const some = fc.oneof(text, letters);

  it('never misses a record that matches', () => {
    const given = fc.record({
      key: fc.option(some),
      value: fc.option(some),
      headers: fc.dictionary(some, fc.option(some), { maxKeys: 2 }),
    });
    const tests = fc.record(
      {
        search: some,
        regex: some.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')),
        in: fc.constantFrom('any', 'key', 'value', 'headers'),
        matchCase: fc.boolean(),
        wholeWord: fc.boolean(),
        header: some,
        key: some,
      },
      { requiredKeys: [] },
    );
    const trials = fc.tuple(given, tests, fc.boolean()).map(([known, query, isTaken]) => {
      // What is looked for by chance is nearly never there.
      const there = known.value?.toUpperCase() ?? known.key?.toLowerCase() ?? 'x';
      return { known, query: isTaken && query.search ? { ...query, search: there } : query };
    });
    fc.assert(
      fc.property(trials, ({ known, query }) => {
        const test = compileMessageTest(asked(query as Partial<MessageTests>));
        const whole = record(known);
        if (!test.matches(whole)) return;
        for (const search of test.searches) expect(search.over(bytesOf(whole))(0)).toBeGreaterThan(-1);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds one place after the other', () => {
    const [search] = compileMessageTest(asked({ search: 'kS' })).searches;
    const next = search!.over(Buffer.from('ks KS \u212aſ kx'));
    expect([next(0), next(1), next(4), next(7)]).toEqual([0, 3, 6, -1]);
  });

  it('prefers what is rare', () => {
    const { searches } = compileMessageTest(asked({ search: 'ab', key: 'order-12345' }));
    expect(searches.map(({ parts }) => parts)).toEqual([['key'], ['key', 'value', 'headers']]);
  });

  it('looks for what a regular expression cannot do without', () => {
    const searchesOf = (regex: string) => compileMessageTest(asked({ regex })).searches;
    expect(searchesOf('"order":\\s*"[A-Z]+-77')).toHaveLength(1);
    expect(searchesOf('a|b')).toHaveLength(0);
    const next = searchesOf('(?i)x?ORDER\\d')[0]!.over(Buffer.from('an order'));
    expect(next(0)).toBe(3);
  });

  it('is sound where bytes are what is shown', () => {
    const [text, value] = [{ search: 'order' }, { filter: 'value.a == "order"' }].map(
      (tests) => compileMessageTest(asked({ in: 'value', ...tests })).searches[0]!,
    );
    const sound = (name: SerdeName | null, isSearchableInBytes = true) =>
      [text!, value!].map((search) =>
        isSound(
          search,
          (part) => (part === 'key' || name === null ? null : { name, isSearchableInBytes }),
          true,
        ),
      );
    expect(sound('json')).toEqual([true, true]);
    expect(sound('xml')).toEqual([true, false]);
    expect(sound('avro', false)).toEqual([false, false]);
    expect(sound(null)).toEqual([false, false]);
    const everywhere = compileMessageTest(asked({ search: 'order' })).searches[0]!;
    const read = () => ({ name: 'text' as const, isSearchableInBytes: true });
    expect([isSound(everywhere, read, false), isSound(everywhere, read, true)]).toEqual([true, false]);
  });

  it('does not look for what may stand for anything', () => {
    for (const search of ['\ufffd', 'a\ud800', '\udc00'])
      expect(compileMessageTest(asked({ search })).searches).toEqual([]);
  });
});
