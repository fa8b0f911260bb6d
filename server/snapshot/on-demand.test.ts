import { describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { OnDemand, type Settle } from './on-demand.ts';

const soon = () => Date.now() + 1000;
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Loads that a test finishes by hand. */
function byHand(freshMs = 1000, most = 100) {
  const loads: { keys: readonly string[]; settle: Settle<string>; end: (error?: Error) => void }[] = [];
  const cache = new OnDemand<string>({
    freshMs,
    most,
    load: (keys, settle) =>
      new Promise((resolve, reject) => {
        loads.push({ keys, settle, end: (error) => (error ? reject(error) : resolve()) });
      }),
  });
  return { cache, loads };
}

describe('OnDemand', () => {
  it('reads a key once however many ask', async () => {
    const { cache, loads } = byHand();
    const reads = Promise.all([
      cache.readOne('a', soon()),
      cache.readOne('a', soon()),
      cache.readOne('a', soon()),
    ]);
    expect(loads).toHaveLength(1);
    loads[0]!.settle('a', { value: 'A' });
    expect(await reads).toEqual([{ value: 'A' }, { value: 'A' }, { value: 'A' }]);
    expect(await cache.readOne('a', soon())).toEqual({ value: 'A' });
    expect(loads).toHaveLength(1);
  });

  it('gives what is there when the time is over, and the rest to the next read', async () => {
    const { cache, loads } = byHand();
    const reading = cache.read(['quick', 'slow'], Date.now() + 50);
    loads[0]!.settle('quick', { value: 'Q' });
    const known = await reading;
    expect(known('quick')).toEqual({ value: 'Q' });
    expect(known('slow')).toBeUndefined();
    loads[0]!.settle('slow', { value: 'S' });
    expect(await cache.readOne('slow', soon())).toEqual({ value: 'S' });
    expect(loads).toHaveLength(1);
  });

  it('gives an older value when a newer one takes its time', async () => {
    const { cache, loads } = byHand(10);
    const first = cache.readOne('a', soon());
    loads[0]!.settle('a', { value: 'old' });
    await first;
    await wait(60);
    const began = Date.now();
    expect(await cache.readOne('a', Date.now() + 5000)).toEqual({ value: 'old' });
    expect(Date.now() - began).toBeLessThan(1000);
    loads[1]!.settle('a', { value: 'new' });
    expect(await cache.readOne('a', soon())).toEqual({ value: 'new' });
  });

  it('tells why a key could not be read', async () => {
    const { cache, loads } = byHand();
    const reading = cache.read(['a', 'b'], soon());
    loads[0]!.settle('a', { failure: new Failure('broker_timeout', spoken('too slow')) });
    loads[0]!.end(new Failure('broker_unreachable', spoken('gone')));
    const known = await reading;
    expect(known('a')).toMatchObject({ failure: { code: 'broker_timeout' } });
    expect(known('b')).toMatchObject({ failure: { code: 'broker_unreachable' } });
  });

  it('says that a key was left out', async () => {
    const { cache, loads } = byHand();
    const reading = cache.readOne('a', soon());
    loads[0]!.end();
    expect(await reading).toMatchObject({ failure: { code: 'internal' } });
  });

  it('reads anew what was forgotten, and drops what was under way', async () => {
    const { cache, loads } = byHand();
    const early = cache.readOne('a', soon());
    cache.forget((key) => key === 'a');
    const late = cache.readOne('a', soon());
    expect(loads).toHaveLength(2);
    loads[0]!.settle('a', { value: 'before the change' });
    await early;
    loads[1]!.settle('a', { value: 'after the change' });
    expect(await late).toEqual({ value: 'after the change' });
  });

  it('rests four times as long as reading took', async () => {
    const { cache, loads } = byHand(1);
    const reading = cache.readOne('a', soon());
    await wait(100);
    loads[0]!.settle('a', { value: 'A' });
    await reading;
    await wait(150);
    await cache.readOne('a', soon());
    expect(loads).toHaveLength(1);
    await wait(400);
    await cache.readOne('a', soon());
    expect(loads).toHaveLength(2);
  });

  it('keeps no more keys than it may', async () => {
    const { cache, loads } = byHand(60_000, 10);
    for (let key = 0; key < 50; key++) {
      const reading = cache.readOne(String(key), soon());
      loads.at(-1)!.settle(String(key), { value: 'V' });
      await reading;
    }
    const kept = Array.from({ length: 50 }, (_, key) => cache.peek(String(key))).filter(Boolean);
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(cache.peek('49')).toEqual({ value: 'V' });
  });
});
