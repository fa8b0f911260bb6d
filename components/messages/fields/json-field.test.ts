import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInJson } from './json-field.ts';

const order =
  '{ "id": 9007199254740993, "who": {"name": "A\\"da", "tags": ["x", {"n": 1.10}]}, "gone": null }';

describe('findInJson', () => {
  it.each([
    [['id'], { kind: 'number', text: '9007199254740993' }],
    [['who', 'name'], { kind: 'string', text: 'A"da' }],
    [['who', 'tags', 0], { kind: 'string', text: 'x' }],
    [['who', 'tags', 1, 'n'], { kind: 'number', text: '1.10' }],
    [['who', 'tags'], { kind: 'array', text: '["x", {"n": 1.10}]' }],
    [['gone'], { kind: 'literal', text: 'null' }],
    [[], { kind: 'object', text: order.trim() }],
  ])('finds %j', (steps, found) => {
    expect(findInJson(order, steps)).toEqual(found);
  });

  it.each([[['nobody']], [['id', 'of']], [['who', 'tags', 2]], [['who', 0]], [['who', 'tags', 'x']]])(
    'says that %j is absent',
    (steps) => {
      expect(findInJson(order, steps)).toBe('absent');
    },
  );

  it('finds what stands before a cut, and says so of what does not', () => {
    const cut = order.slice(0, order.indexOf('"tags"'));
    expect(findInJson(cut, ['who', 'name'])).toMatchObject({ text: 'A"da' });
    expect(findInJson(cut, ['who', 'tags'])).toBe('cut');
    expect(findInJson('{"a": 12', ['a'])).toBe('cut');
    expect(findInJson('{"a": "b', ['a'])).toBe('cut');
  });

  it('finds names that are written with escapes', () => {
    expect(findInJson('{"\\u0061": 1}', ['a'])).toMatchObject({ text: '1' });
  });

  it('finds in any document what JSON.parse finds, and never fails on any text', () => {
    fc.assert(
      fc.property(fc.json(), fc.array(fc.oneof(fc.string(), fc.nat(3))), (text, steps) => {
        const found = findInJson(text, steps);
        if (typeof found === 'string') return;
        let value = JSON.parse(text);
        for (const step of steps) value = value[step];
        expect(found.kind === 'string' ? found.text : JSON.parse(found.text)).toEqual(value);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ 0a') }), (text) => {
        findInJson(text, ['a', 0]);
      }),
    );
  });

  it('finds every place that JSON.parse has', () => {
    fc.assert(
      fc.property(
        fc
          .dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }))
          .filter((each) => Object.keys(each).length > 0),
        (document) => {
          const text = JSON.stringify(document);
          for (const name of Object.keys(document)) {
            expect(findInJson(text, [name])).not.toBeTypeOf('string');
          }
        },
      ),
    );
  });
});
