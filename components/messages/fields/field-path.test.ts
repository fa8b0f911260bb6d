import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldPath, parseFieldPath, shortFieldName, writeFieldPath } from './field-path.ts';

const anyPath: fc.Arbitrary<FieldPath> = fc.record({
  root: fc.constantFrom('key', 'value', 'headers'),
  steps: fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.nat(1000), fc.constantFrom('in', 'a_b', 'x'))),
});

describe('field path', () => {
  it('is written as a filter writes it', () => {
    expect(writeFieldPath({ root: 'value', steps: ['items', 0, 'unit price'] })).toBe(
      'value.items[0]["unit price"]',
    );
    expect(writeFieldPath({ root: 'headers', steps: ['trace-id'] })).toBe('headers["trace-id"]');
    expect(writeFieldPath({ root: 'value', steps: ['in'] })).toBe('value["in"]');
    expect(parseFieldPath('value.in')?.steps).toEqual(['in']);
  });

  it('goes to text and back, whatever names it has', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        expect(parseFieldPath(writeFieldPath(path))).toEqual(path);
      }),
    );
  });

  it.each(['', 'values.a', 'offset', 'value.', 'value..a', 'value.a b', 'value[x]', 'value["a]'])(
    'refuses %j',
    (text) => {
      expect(parseFieldPath(text)).toBeNull();
    },
  );

  it('is shortened where nothing else could be meant', () => {
    expect(shortFieldName('value.customer.id')).toBe('customer.id');
    expect(shortFieldName('headers["trace-id"]')).toBe('trace-id');
    expect(shortFieldName('key.id')).toBe('key.id');
    expect(shortFieldName('value')).toBe('value');
  });
});
