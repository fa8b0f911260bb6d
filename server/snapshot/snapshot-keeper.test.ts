import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { addShop, type Console, connectedTo } from './testing/fake-console.ts';

let cluster: FakeCluster;
let opened: Console[];

beforeEach(async () => {
  opened = [];
  cluster = await new FakeCluster().start();
  addShop(cluster);
});

afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await cluster.stop();
});

function open(): Console {
  const one = connectedTo(cluster.bootstrapServers);
  opened.push(one);
  return one;
}

describe('SnapshotKeeper', () => {
  it('waits for the first snapshot only', async () => {
    const { snapshots } = open();
    const first = await snapshots.current();
    expect(first.topics.size).toBe(4);
    expect(first.brokers.map(({ id, isAlive }) => [id, isAlive])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
    for (const broker of cluster.brokers) broker.delayMs = 5000;
    void snapshots.refreshed().catch(() => {});
    const began = Date.now();
    expect(await snapshots.current()).toBe(first);
    expect(Date.now() - began).toBeLessThan(100);
  });

  it('reads the cluster once, however many wait for it', async () => {
    const { snapshots } = open();
    await Promise.all(Array.from({ length: 50 }, () => snapshots.current()));
    expect(cluster.metadataReads).toBe(1);
    await Promise.all(Array.from({ length: 50 }, () => snapshots.refreshed()));
    expect(cluster.metadataReads).toBeLessThanOrEqual(3);
  });

  it('gives the same topics and version while nothing changes, whoever is named controller', async () => {
    const { snapshots } = open();
    const first = await snapshots.current();
    const again = await snapshots.refreshed();
    expect(again.version).toBe(first.version);
    expect(again.topics).toBe(first.topics);
    cluster.controllerId = 2;
    const moved = await snapshots.refreshed();
    expect(moved.topics).toBe(first.topics);
    expect(moved.controllerId).toBe(2);
    expect(moved.version).toBe(first.version + 1);
  });

  it('keeps the objects of topics that did not change', async () => {
    const { snapshots } = open();
    const first = await snapshots.current();
    cluster.topics.get('orders')!.partitions[2]!.isr = [3];
    cluster.topics.delete('Clicks');
    cluster.addTopic('new', 1, 1);
    const next = await snapshots.refreshed();
    expect(next.topics.get('payments')).toBe(first.topics.get('payments'));
    expect(next.topics.get('orders')).not.toBe(first.topics.get('orders'));
    expect(next.topics.get('orders')!.partitions[0]).toBe(first.topics.get('orders')!.partitions[0]);
    expect(next.topics.get('orders')!.partitions[2]!.isr).toEqual([3]);
    expect(next.topics.has('Clicks')).toBe(false);
    expect(next.topics.has('new')).toBe(true);
    expect(next.topics.numbers.underReplicatedCount).toBe(1);
    expect(snapshots.status()).toBe('degraded');
  });

  it('follows changes by itself within two seconds while somebody reads', async () => {
    const { snapshots } = open();
    await snapshots.current();
    cluster.addTopic('appeared', 1, 1);
    await expect
      .poll(async () => (await snapshots.current()).topics.has('appeared'), { timeout: 2000, interval: 100 })
      .toBe(true);
  });

  it('keeps the address of a broker that died, and says that it is not alive', async () => {
    const { snapshots } = open();
    await snapshots.current();
    await cluster.kill(3);
    const { brokers } = await snapshots.refreshed();
    expect(brokers[2]).toMatchObject({ id: 3, isAlive: false, port: cluster.broker(3).port });
    expect(snapshots.status()).toBe('degraded');
  });

  it('asks for the address of a broker that was down before', async () => {
    await cluster.kill(3);
    const { brokers } = await open().snapshots.current();
    expect(brokers[2]).toMatchObject({ id: 3, isAlive: false, host: '127.0.0.1' });
  });

  it('goes on with the last snapshot when the cluster is gone, and says so', async () => {
    const { snapshots } = open();
    await snapshots.current();
    expect(snapshots.status()).toBe('ok');
    await cluster.stop();
    await expect(snapshots.refreshed()).rejects.toBeInstanceOf(Failure);
    const kept = await snapshots.current();
    expect(kept.topics.size).toBe(4);
    expect(kept.problems[0]?.code).toBe('broker_unreachable');
    expect(snapshots.status()).toBe('unreachable');
    await cluster.start();
    await expect.poll(() => snapshots.status(), { timeout: 5000 }).toBe('ok');
  });

  it('fails with a reason when there never was a snapshot', async () => {
    await cluster.stop();
    const { snapshots } = open();
    const failure = await snapshots.current().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).code).toBe('broker_unreachable');
  });

  it('does without the controller when it may not know it', async () => {
    cluster.denied.add(55);
    const snapshot = await open().snapshots.current();
    expect(snapshot.controllerId).toBeNull();
    expect(asSent(snapshot.problems)).toMatchObject([{ subject: 'controller', code: 'forbidden' }]);
    expect(snapshot.topics.size).toBe(4);
  });

  it('takes the controller from Metadata where there is no quorum', async () => {
    for (const broker of cluster.brokers) broker.hide({ key: 55 });
    cluster.controllerId = 2;
    expect((await open().snapshots.current()).controllerId).toBe(2);
  });

  it('is not held up by one slow broker', async () => {
    cluster.broker(1).delayMs = 10_000;
    const { snapshots } = open();
    const began = Date.now();
    expect((await snapshots.current()).topics.size).toBe(4);
    expect(Date.now() - began).toBeLessThan(2500);
    await snapshots.refreshed();
    const again = Date.now();
    await snapshots.refreshed();
    expect(Date.now() - again).toBeLessThan(500);
  });
});
