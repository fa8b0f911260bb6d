import { describe, expect, it } from 'vitest';
import { topicPattern, topicTest } from './topic-pattern.ts';

describe('topicPattern', () => {
  it.each([
    ['orders', 'orders', true],
    ['orders', 'orders2', false],
    ['shop.*', 'shop.orders', true],
    ['shop.*', 'shopXorders', false],
    ['*.dlq', 'a.b.dlq', true],
    ['*.dlq', 'a.dlq.b', false],
    ['a*b*c', 'a-b-b-c', true],
    ['*', 'anything', true],
    ['a+b', 'aab', false],
  ])('%s and %s: %s', (pattern, topic, matches) => {
    expect(topicPattern(pattern)(topic)).toBe(matches);
  });

  it('may be a regular expression between slashes', () => {
    expect(topicTest('/^shop\\.(a|b)$/')('shop.b')).toBe(true);
    expect(topicTest('/^shop\\.(a|b)$/')('shop.c')).toBe(false);
    expect(topicTest('shop.*')('shop.c')).toBe(true);
    expect(() => topicTest('/(/')).toThrow(SyntaxError);
  });

  it('is quick whatever the pattern', () => {
    const begun = performance.now();
    expect(topicPattern('*a*a*a*b')('a'.repeat(249))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});
