import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plain } from '../../serdes/serde.ts';
import { FieldTree } from './field-tree.ts';

const nothingHidden = () => false;

function treeOf(values: readonly Plain[], hides: ConstructorParameters<typeof FieldTree>[0] = nothingHidden) {
  const tree = new FieldTree(hides);
  for (const value of values) tree.add('value', value);
  return tree;
}

const told = (values: readonly Plain[], hides?: ConstructorParameters<typeof FieldTree>[0]) =>
  Object.fromEntries(
    treeOf(values, hides)
      .tell()
      .fields.map(({ path, ...field }) => [path, field]),
  );

describe('fields', () => {
  it('are told with types, shares, values and numbers', () => {
    const fields = told([
      { id: 1, user: { name: 'ada', tags: ['a', 'b', 'a'] } },
      { id: 2n ** 60n, user: { name: 'bob', tags: [] } },
      { id: null, user: null },
      'plain text',
    ]);
    expect(fields).toEqual({
      value: {
        types: ['string', 'map'],
        matched: 4,
        share: 1,
        isMasked: false,
        examples: ['plain text'],
        areExamplesAll: true,
        numbers: null,
      },
      'value.id': expect.objectContaining({
        types: ['null', 'number'],
        matched: 3,
        share: 0.75,
        examples: ['1', '1152921504606846976'],
        numbers: { min: '1', max: '1152921504606846976' },
      }),
      'value.user': expect.objectContaining({ types: ['null', 'map'], matched: 3 }),
      'value.user.name': expect.objectContaining({ matched: 2, examples: ['ada', 'bob'] }),
      'value.user.tags': expect.objectContaining({ types: ['list'], matched: 2 }),
      'value.user.tags[0]': expect.objectContaining({ matched: 1, share: 0.25, examples: ['a', 'b'] }),
    });
  });

  it('have few values, short ones, and say whether those are all', () => {
    const fields = told([...'abcdef'].map((letter) => ({ letter, long: letter.repeat(100), same: 'x' })));
    expect(fields['value.letter']).toMatchObject({ examples: [...'abcde'], areExamplesAll: false });
    expect(fields['value.long']!.examples[0]).toBe(`${'a'.repeat(60)}…`);
    expect(fields['value.same']).toMatchObject({ examples: ['x'], areExamplesAll: true });
  });

  it('take NaN for no number between others', () => {
    expect(told([{ n: Number.NaN }, { n: 2 }, { n: Number.NEGATIVE_INFINITY }])['value.n']).toMatchObject({
      numbers: { min: '-Infinity', max: '2' },
      examples: ['NaN', '2', '-Infinity'],
    });
  });

  it('tell nothing of what a rule hides', () => {
    const hides = (_: string, path: readonly (string | null)[]) =>
      path.includes('secret') || path.includes(null);
    const fields = told([{ secret: { inner: 'x', n: 3 }, list: [4, 5], open: 1 }], hides);
    for (const path of ['value.secret', 'value.secret.inner', 'value.secret.n', 'value.list[0]']) {
      expect(fields[path], path).toMatchObject({
        isMasked: true,
        examples: [],
        areExamplesAll: false,
        numbers: null,
      });
    }
    expect(fields['value.open']).toMatchObject({ isMasked: false, examples: ['1'] });
  });

  it('may have any name', () => {
    const names = ['__proto__', 'constructor', 'toString', 'a.b', 'a"b', '', '한글', '\ud800'];
    const value = JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}: {"x": 1}`).join()}}`) as Plain;
    const fields = told([value, value]);
    expect(fields['value.__proto__']).toMatchObject({ matched: 2, types: ['map'] });
    expect(fields['value.__proto__.x']).toMatchObject({ matched: 2, examples: ['1'] });
    expect(fields['value["a.b"].x']).toMatchObject({ matched: 2 });
    expect(Object.keys(fields)).toHaveLength(1 + 2 * names.length);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('are bounded however many there are, and those of many messages stay', () => {
    const tree = new FieldTree(nothingHidden);
    for (let index = 0; index < 5000; index++) {
      tree.add('value', { [`random-${index}`]: 1, [`other-${index}`]: { deep: index }, common: index });
    }
    const { fields, moreFields } = tree.tell();
    expect(fields.length).toBeLessThanOrEqual(300);
    const common = fields.find(({ path }) => path === 'value.common')!;
    expect(common.matched).toBe(5000);
    expect(moreFields.isCut).toBe(true);
    for (const { path, matched } of fields) {
      if (path.startsWith('value["random')) expect(matched + moreFields.error).toBeGreaterThanOrEqual(1);
    }
  });

  it('of one message are bounded too', () => {
    let deep: Plain = 'x';
    for (let level = 0; level < 1000; level++) deep = { deeper: deep };
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, index]));
    const long = Array.from({ length: 100_000 }, (_, index) => ({ [`i${index}`]: 1 }));
    const begun = performance.now();
    const fields = told([deep, wide, long, { ['n'.repeat(1_000_000)]: 1, after: 1 }]);
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(Object.keys(fields).length).toBeLessThanOrEqual(300);
    expect(Math.max(...Object.keys(fields).map((path) => path.length))).toBeLessThan(1000);
    expect(fields['value.after']).toBeDefined();
  });

  it('that are in every message stay, although there are more than can be remembered', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 90 }, (_, index) => [
        `f${index}`,
        Object.fromEntries(Array.from({ length: 20 }, (_, inner) => [`g${inner}`, inner])),
      ]),
    );
    const { fields } = treeOf([wide, wide, wide]).tell();
    expect(fields.length).toBe(300);
    expect(fields.slice(0, 5).map(({ path }) => path)).toEqual([
      'value',
      'value.f0',
      'value.f0.g0',
      'value.f0.g1',
      'value.f0.g2',
    ]);
    expect(fields[1]).toMatchObject({ matched: 3, share: 1 });
  });

  it('are the same merged as gathered together while there are no more than can be remembered', () => {
    const plain = fc.letrec<{ value: Plain }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<Plain>(null, true, 1, 2.5, 10n ** 20n, 'a', 'b', new Uint8Array(2)),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'x y'), tie('value')),
      ),
    })).value;
    const values = fc.array(plain, { maxLength: 20 });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const merged = treeOf(one);
        merged.merge(structuredClone(treeOf(other).state));
        const inOrder = (tree: FieldTree) =>
          tree.tell().fields.toSorted((a, b) => (a.path < b.path ? -1 : 1));
        expect(inOrder(merged)).toEqual(inOrder(treeOf([...one, ...other])));
        // And it can be gathered on.
        merged.add('value', { a: 1 });
        expect(merged.tell().fields[0]!.matched).toBe(one.length + other.length + 1);
      }),
    );
  });

  it('miss no more than they say when they are merged beyond what can be remembered', () => {
    const part = (from: number) =>
      Array.from({ length: 400 }, (_, index) => ({
        [`f${(from + index) % 700}`]: { a: 1, b: 2 },
        ...(index % 3 === 0 ? { third: 1 } : {}),
      }));
    const [one, other] = [part(0), part(350)];
    const merged = treeOf(one);
    merged.merge(structuredClone(treeOf(other).state));
    const { fields, moreFields } = merged.tell();
    const third = fields.find(({ path }) => path === 'value.third')!;
    const exact = [...one, ...other].filter((value) => 'third' in value).length;
    expect(third.matched).toBeLessThanOrEqual(exact);
    expect(third.matched + moreFields.error).toBeGreaterThanOrEqual(exact);
  });
});
