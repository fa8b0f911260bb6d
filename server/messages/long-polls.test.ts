import { describe, expect, it } from 'vitest';
import type { ClusterClient } from '../client/cluster-client.ts';
import { longPoll } from './long-polls.ts';

const forever = new AbortController().signal;
const newClient = () => ({}) as ClusterClient;

describe('longPoll', () => {
  it('lets six in at once and hands each place over in turn', async () => {
    const client = newClient();
    const inside = await Promise.all(Array.from({ length: 6 }, () => longPoll(client, 1, forever)));
    const order: string[] = [];
    const seventh = longPoll(client, 1, forever).then((poll) => {
      order.push('seventh');
      return poll;
    });
    const eighth = longPoll(client, 1, forever).then((poll) => {
      order.push('eighth');
      return poll;
    });
    await Promise.resolve();
    expect(order).toEqual([]);
    inside[0]!.end();
    await seventh;
    expect(order).toEqual(['seventh']);
    inside[1]!.end();
    await eighth;
    expect(order).toEqual(['seventh', 'eighth']);
  });

  it('keeps brokers and clusters apart', async () => {
    const client = newClient();
    for (let i = 0; i < 6; i++) await longPoll(client, 1, forever);
    expect(await longPoll(client, 2, forever)).not.toBeNull();
    expect(await longPoll(newClient(), 1, forever)).not.toBeNull();
  });

  it('waits less the more follow', async () => {
    const client = newClient();
    const first = await longPoll(client, 1, forever);
    expect(first?.maxWaitMs).toBe(250);
    for (let i = 0; i < 5; i++) await longPoll(client, 1, forever);
    const waiting = Array.from({ length: 12 }, () => longPoll(client, 1, forever));
    first?.end();
    expect((await waiting[0])?.maxWaitMs).toBe(83);
  });

  it('leaves the queue when the signal fires, and holds nobody up', async () => {
    const client = newClient();
    const inside = await Promise.all(Array.from({ length: 6 }, () => longPoll(client, 1, forever)));
    const stop = new AbortController();
    const given = longPoll(client, 1, stop.signal);
    const next = longPoll(client, 1, forever);
    stop.abort();
    expect(await given).toBeNull();
    inside[0]!.end();
    expect(await next).not.toBeNull();
  });
});
