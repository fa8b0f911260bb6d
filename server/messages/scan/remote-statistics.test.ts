import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { messageQuery } from '../../../lib/contract/message-query.ts';
import { NO_SOURCE } from '../../serdes/serde-source.ts';
import { Serdes } from '../../serdes/serdes.ts';
import { type Console, connectedTo } from '../../snapshot/testing/fake-console.ts';
import { OpenedTopic } from '../opened-topic.ts';
import { Statistics } from '../statistics/statistics.ts';
import { FakeLogs } from '../testing/fake-logs.ts';
import type { FromScan, ScanOrder } from './order.ts';
import { RemoteStatistics } from './remote-statistics.ts';
import { runScan } from './run-scan.ts';
import type { ScanPool, ThreadEnd } from './scan-pool.ts';

const PER_PARTITION = 2400;

let fake: FakeLogs;
let console: Console;

afterEach(async () => {
  await console.close();
  await fake.cluster.stop();
});

/** Keys of 6 bytes, all different, with values that make it take several fetches. */
async function start(): Promise<void> {
  fake = new FakeLogs(2);
  await fake.cluster.start();
  console = connectedTo(fake.cluster.bootstrapServers);
  await console.snapshots.current();
  for (const [partition, log] of fake.logs.entries()) {
    for (let first = 0; first < PER_PARTITION; first += 20) {
      log.append(
        Array.from({ length: 20 }, (_, step) => ({
          key: `${partition}-${String(first + step).padStart(4, '0')}`,
          value: 'v'.repeat(1000),
          timestamp: 1_700_000_000_000 + first + step,
        })),
      );
    }
  }
}

/** Runs scans in this thread, and takes each one's thread away when it has reported so often. */
class FallingPool {
  begun: ScanOrder[] = [];
  readonly #endsAfter: readonly number[];

  /** @param endsAfter reports with something in them, for each scan; 0: at once; one that is not named is let be */
  constructor(endsAfter: readonly number[]) {
    this.#endsAfter = endsAfter;
  }

  begin(order: ScanOrder) {
    const { port1: port, port2 } = new MessageChannel();
    const serdes = new Serdes(NO_SOURCE);
    void runScan({ order, port: port2, client: console.client, serdes, during: (look) => look() });
    let gone: (end: ThreadEnd) => void = () => {};
    this.#watch(port, this.#endsAfter[this.begun.length] ?? Number.POSITIVE_INFINITY, () =>
      gone({ why: null, isExplained: true }),
    );
    this.begun.push(order);
    return {
      port,
      onThreadGone: (told: typeof gone) => {
        gone = told;
      },
      close: () => port.close(),
    };
  }

  #watch(port: MessagePort, reports: number, fall: () => void): void {
    if (reports === 0) setImmediate(fall);
    let left = reports;
    port.on('message', (told: FromScan) => {
      if (told.kind !== 'gathered' || told.state.counts.matched === 0) return;
      left -= 1;
      if (left > 0) return;
      port.close();
      fall();
    });
  }
}

async function gather(pool: FallingPool) {
  const wanted = { ...messageQuery.parse({ from: 'earliest' }), partitions: null };
  const signal = new AbortController().signal;
  const opened = await OpenedTopic.open(
    console,
    fake.topic,
    { ...wanted, limit: Number.POSITIVE_INFINITY },
    { field: 'partitions', isNamed: true, signal },
  );
  const [wish] = opened.scans('statistics');
  const statistics = new Statistics();
  const remote = new RemoteStatistics(pool as unknown as ScanPool, opened.topic, wish!, statistics);
  // So slow that there are several reports.
  for (const broker of fake.cluster.brokers) broker.delayMs = 150;
  await remote.gather(signal);
  return { remote, statistics };
}

describe('statistics that are gathered in another thread', () => {
  it('count each message once, however often the thread ends', async () => {
    await start();
    const pool = new FallingPool([1, 1]);
    const { remote, statistics } = await gather(pool);
    expect(pool.begun).toHaveLength(3);
    const resumedAt = pool.begun[1]!.plan.partitions.map(({ start }) => start);
    expect(Math.max(...resumedAt)).toBeGreaterThan(0);
    const { counts, distinctKeys, repeats } = statistics.state;
    expect(counts.matched).toBe(2 * PER_PARTITION);
    expect(remote.progress()).toMatchObject({ scanned: 2 * PER_PARTITION, matched: 2 * PER_PARTITION });
    expect(remote.progress().partitions.map(({ remaining }) => remaining)).toEqual([0, 0]);
    expect(counts.bytes).toBe(2 * PER_PARTITION * 1006);
    expect(repeats.counts.every((count) => count === 1)).toBe(true);
    expect(repeats.hashes).toHaveLength(2 * PER_PARTITION);
    expect(distinctKeys.registers).not.toBeNull();
    expect(remote.end).toMatchObject({ reason: 'end-of-log', problems: [] });
  });

  it('give up when each thread ends', async () => {
    await start();
    await expect(gather(new FallingPool([0, 0, 0, 0]))).rejects.toMatchObject({ code: 'internal' });
  });
});
