import { describe, expect, it } from 'vitest';
import { CUSTOMERS, FAILED_ORDERS, ORDERS, PAGE_VIEWS, PAYMENTS } from './sample-topics.ts';
import { type SampleRecord, Shop } from './shop.ts';

const AT = Date.UTC(2026, 0, 31, 12);

function recordsOf(seed: number, events = 3000): SampleRecord[] {
  const shop = new Shop(seed, 100);
  return [...shop.opening(AT), ...Array.from({ length: events }, () => shop.next(AT)).flat()];
}

describe('the sample shop', () => {
  it('does the same again for the same seed', () => {
    expect(recordsOf(7)).toEqual(recordsOf(7));
    expect(recordsOf(7)).not.toEqual(recordsOf(8));
  });

  it('sends to every topic, mostly page views', () => {
    const counts = Map.groupBy(recordsOf(7), ({ topic }) => topic);
    for (const topic of [ORDERS, PAYMENTS, PAGE_VIEWS, CUSTOMERS, FAILED_ORDERS]) {
      expect(counts.get(topic)?.length, topic).toBeGreaterThan(2);
    }
    expect(counts.get(PAGE_VIEWS)!.length).toBeGreaterThan(counts.get(ORDERS)!.length);
  });

  it('writes JSON with keys, headers and times', () => {
    for (const { topic, key, value, headers, timestamp } of recordsOf(7)) {
      expect(key).not.toBe('');
      expect(headers.source).toBeTruthy();
      expect(timestamp).toBeGreaterThanOrEqual(AT);
      // The one that could not be read is why there is a queue for failed ones.
      if (value !== null && topic !== FAILED_ORDERS) expect(() => JSON.parse(value)).not.toThrow();
    }
  });

  it('bills each order its sum, under its own number', () => {
    const records = recordsOf(7);
    const payments = new Map(
      records.filter(({ topic }) => topic === PAYMENTS).map((one) => [one.key, JSON.parse(one.value!)]),
    );
    const orders = records.filter(({ topic }) => topic === ORDERS).map(({ value }) => JSON.parse(value!));
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(orders.length);
    for (const { orderId, items, total } of orders) {
      const sum = items.reduce(
        (all: number, item: { quantity: number; unitPrice: number }) => all + item.quantity * item.unitPrice,
        0,
      );
      expect(total).toBeCloseTo(sum, 2);
      expect(payments.get(orderId)?.amount).toBe(total);
    }
  });

  it('writes customers again and leaves tombstones, as a compacted topic needs', () => {
    const customers = recordsOf(7).filter(({ topic }) => topic === CUSTOMERS);
    expect(new Set(customers.map(({ key }) => key)).size).toBeLessThan(customers.length);
    expect(customers.some(({ value }) => value === null)).toBe(true);
  });
});
