import { describe, expect, it } from 'vitest';
import { isMeant, literalPart } from './topic-pattern.ts';

describe('isMeant', () => {
  it('takes * for anything, and everything else for itself', () => {
    expect(isMeant('shop.orders', 'shop.*')).toBe(true);
    expect(isMeant('shopXorders', 'shop.*')).toBe(false);
    expect(isMeant('shop.orders.dlq', '*.dlq')).toBe(true);
    expect(isMeant('shop.orders', 's*p.*ers')).toBe(true);
    expect(isMeant('shop.orders', 'orders')).toBe(false);
    expect(isMeant('orders', 'orders')).toBe(true);
  });

  it('means topics of Kafka only where it begins as they do', () => {
    expect(isMeant('__consumer_offsets', '*')).toBe(false);
    expect(isMeant('__consumer_offsets', '*offsets')).toBe(false);
    expect(isMeant('__consumer_offsets', '__*')).toBe(true);
    expect(isMeant('__consumer_offsets', '__consumer_offsets')).toBe(true);
  });
});

describe('literalPart', () => {
  it('is the longest that every name has', () => {
    expect(literalPart('shop.*')).toBe('shop.');
    expect(literalPart('a*orders*b')).toBe('orders');
    expect(literalPart('*')).toBe('');
  });
});
