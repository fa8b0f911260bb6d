import { describe, expect, it } from 'vitest';
import { MetadataImage } from '../controller/metadata-image.ts';
import { type ClientQuotaKey, ClientQuotas } from './client-quotas.ts';

const CLIENT = { user: 'alice', clientId: 'app' };

function quotas() {
  let time = 1_000_000;
  const image = new MetadataImage('cluster');
  const client = new ClientQuotas(image, { samples: 11, sampleMs: 1000 }, () => time);
  const set = (entity: Record<string, string | null>, key: ClientQuotaKey, value: number | null) =>
    image.putClientQuota(new Map(Object.entries(entity)), key, value);
  return { client, set, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('client quotas', () => {
  it('throttle until the rate over the window is down to the bound', () => {
    const { client, set, pass } = quotas();
    set({ 'client-id': 'app' }, 'producer_byte_rate', 1000);
    expect(client.record('producer_byte_rate', CLIENT, 10_000)).toBe(0);
    // 20,000 bytes in 10 s are twice as much as allowed: the window has to be twice as long.
    expect(client.record('producer_byte_rate', CLIENT, 10_000)).toBe(10_000);
    pass(11_000);
    expect(client.record('producer_byte_rate', CLIENT, 1)).toBe(0);
    expect(client.record('producer_byte_rate', { ...CLIENT, clientId: 'other' }, 1e9)).toBe(0);
  });

  it('take the most specific entity', () => {
    const { client, set } = quotas();
    const most = () => client.mostInWindow('consumer_byte_rate', CLIENT) / 10;
    expect(most()).toBe(Number.POSITIVE_INFINITY);
    set({ 'client-id': null }, 'consumer_byte_rate', 1);
    expect(most()).toBe(1);
    set({ 'client-id': 'app' }, 'consumer_byte_rate', 2);
    expect(most()).toBe(2);
    set({ user: null }, 'consumer_byte_rate', 3);
    expect(most()).toBe(3);
    set({ user: null, 'client-id': 'app' }, 'consumer_byte_rate', 4);
    expect(most()).toBe(4);
    set({ user: 'alice' }, 'consumer_byte_rate', 5);
    expect(most()).toBe(5);
    set({ user: 'alice', 'client-id': null }, 'consumer_byte_rate', 6);
    expect(most()).toBe(6);
    set({ 'client-id': 'app', user: 'alice' }, 'consumer_byte_rate', 7);
    expect(most()).toBe(7);
    set({ user: 'alice', 'client-id': 'app' }, 'consumer_byte_rate', null);
    expect(most()).toBe(6);
  });

  it('share a quota of a user among its clients', () => {
    const { client, set } = quotas();
    set({ user: 'alice' }, 'producer_byte_rate', 1000);
    client.record('producer_byte_rate', CLIENT, 10_000);
    expect(client.record('producer_byte_rate', { ...CLIENT, clientId: 'other' }, 10_000)).toBe(10_000);
    expect(client.record('producer_byte_rate', { user: 'bob', clientId: 'app' }, 1e6)).toBe(0);
  });

  it('throttle for time on the thread by no more than a sample', () => {
    const { client, set } = quotas();
    set({ user: 'alice' }, 'request_percentage', 1);
    expect(client.record('request_percentage', CLIENT, 500)).toBe(1000);
  });

  it('refuse strict mutations while there are debts, and only delay others', () => {
    const { client, set, pass } = quotas();
    set({ user: 'alice' }, 'controller_mutation_rate', 2);
    expect(client.mutate(CLIENT, 30, true)).toEqual({ allowed: true, throttleMs: 0 });
    expect(client.mutate(CLIENT, 1, true)).toEqual({ allowed: false, throttleMs: 4000 });
    pass(4000);
    expect(client.mutate(CLIENT, 1, true).allowed).toBe(true);
    expect(client.mutate(CLIENT, 1, false)).toEqual({ allowed: true, throttleMs: 1000 });
  });
});
