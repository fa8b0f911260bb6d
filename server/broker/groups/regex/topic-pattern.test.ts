import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PatternError } from './pattern-tree.ts';
import { TopicPattern } from './topic-pattern.ts';

const matches = (pattern: string, name: string) => new TopicPattern(pattern).matches(name);

test.each([
  ['orders', 'orders', true],
  ['orders', 'orders2', false],
  ['orders.*', 'orders-eu', true],
  ['.*\\.events', 'shop.events', true],
  ['.*\\.events', 'shop-events', false],
  ['(eu|us)-[a-c]+\\d{2,3}', 'eu-abc12', true],
  ['(eu|us)-[a-c]+\\d{2,3}', 'eu-abc1234', false],
  ['^a?b*?c+$', 'bbcc', true],
  ['(?i)ORDERS', 'Orders', true],
  ['(?i:O)rders', 'orders', true],
  ['(?i:O)rders', 'oRders', false],
  ['(?P<name>a|b)_x', 'b_x', true],
  ['[^_].*', '__consumer_offsets', false],
  ['[[:alpha:]]+', 'abc', true],
  ['\\Qa.b\\E.', 'a.bc', true],
  ['\\Qa.b\\E.', 'axbc', false],
  ['a\\bb', 'ab', false],
  ['a\\b-b', 'a-b', true],
  ['x{2', 'x{2', true],
  ['', '', true],
  ['a||b', '', true],
])('%s and %s: %s', (pattern, name, expected) => {
  expect(matches(pattern, name)).toBe(expected);
});

test('agrees with another engine on what both know', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|bc)', '(?:ab)', '\\w', '\\.');
  const piece = fc
    .tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}'))
    .map((both) => both.join(''));
  const pattern = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '-'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, name, (expression, text) => {
      expect(matches(expression, text)).toBe(new RegExp(`^(?:${expression})$`, 's').test(text));
    }),
    { numRuns: 500 },
  );
});

test('no pattern makes it explode', () => {
  const start = performance.now();
  expect(matches('(a*)*(a|a)*b', 'a'.repeat(249))).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});

describe('what RE2 does not take', () => {
  test.each([
    ['(a', 'missing closing )'],
    ['a)', 'regexp/syntax: internal error'],
    ['[a', 'missing closing ]'],
    ['*a', 'missing argument to repetition operator'],
    ['a**', 'invalid nested repetition operator'],
    ['a{1001}', 'invalid repeat count'],
    ['(?=a)', 'invalid or unsupported Perl syntax'],
    ['(a)\\1', 'invalid escape sequence'],
    ['a\\', 'trailing backslash at end of expression'],
    ['[b-a]', 'invalid character class range'],
    ['((a{100}){100}){100}', 'invalid repeat count'],
  ])('%s: %s', (pattern, why) => {
    expect(() => new TopicPattern(pattern)).toThrow(new PatternError(why));
  });
});
