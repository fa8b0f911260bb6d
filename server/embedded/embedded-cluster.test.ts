import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedCluster } from './embedded-cluster.ts';
import { readEmbedded } from './read-embedded.ts';

/** A program that speaks like the embedded cluster's, with one broker and no sockets. */
const PROGRAM = `
const [mode] = process.argv.slice(2);
const broker = { id: 1, host: '127.0.0.1', port: 9, rack: null, state: 'running' };
const status = () => ({ clusterId: 'c', dataDir: null, memoryBytes: 1000 + process.pid, brokers: [broker] });
if (mode === 'refuse') {
  process.send({ type: 'failed', error: 'port 9 is in use' });
  process.exitCode = 1;
  process.disconnect();
} else if (mode === 'crash-early') {
  process.exit(3);
} else {
  process.on('message', ({ id, op, broker: wanted }) => {
    if (op === 'shutdown') {
      if (mode === 'deaf') return;
      process.send({ type: 'reply', id, ok: true, status: status() }, () => process.exit(0));
      return;
    }
    if (op === 'stop-broker' && wanted === 7) process.exit(9);
    if (wanted === 2) return process.send({ type: 'reply', id, ok: false, error: 'It is stopping already' });
    if (op === 'stop-broker') broker.state = 'stopped';
    process.send({ type: 'status', status: status() });
    process.send({ type: 'reply', id, ok: true, status: status() });
  });
  process.on('disconnect', () => process.exit(0));
  process.send('nonsense');
  process.send({ type: 'ready', status: status() });
}
`;

let folder: string;
let running: EmbeddedCluster | null;
beforeEach(() => {
  running = null;
  folder = mkdtempSync(join(tmpdir(), 'kafdeck-embedded-'));
  writeFileSync(join(folder, 'program.mjs'), PROGRAM);
});
afterEach(async () => {
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

function started(mode = 'serve', restartDelaysMs = [5, 5]): EmbeddedCluster {
  running = new EmbeddedCluster({ program: join(folder, 'program.mjs'), args: [mode], restartDelaysMs });
  running.start();
  return running;
}

describe('the embedded cluster’s process', () => {
  it('starts, tells its state, and stops', async () => {
    const embedded = started();
    expect(embedded.state).toBe('starting');
    expect((await embedded.ready()).brokers).toHaveLength(1);
    expect(await readEmbedded({ embedded, sampleData: null })).toMatchObject({
      state: 'running',
      error: null,
      sampleData: false,
      brokers: [{ id: 1, state: 'running' }],
    });
    await embedded.close();
    expect(embedded.state).toBe('stopped');
    await expect(embedded.ready()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('stops a broker, and passes on why it cannot', async () => {
    const embedded = started();
    await embedded.ready();
    expect((await embedded.stopBroker(1, 'hard')).brokers[0]?.state).toBe('stopped');
    await expect(embedded.startBroker(2)).rejects.toMatchObject({
      code: 'conflict',
      message: 'It is stopping already',
    });
  });

  it('tells why it could not start, and tries no more', async () => {
    const embedded = started('refuse');
    await expect(embedded.ready()).rejects.toThrow(/port 9 is in use/);
    expect(embedded.state).toBe('failed');
  });

  it('does not try again what never ran', async () => {
    const embedded = started('crash-early');
    await expect(embedded.ready()).rejects.toMatchObject({ code: 'unavailable' });
    expect(embedded.state).toBe('failed');
  });

  it('is started again after a crash, but not for ever', async () => {
    const embedded = started();
    const first = await embedded.ready();
    await expect(embedded.stopBroker(7, 'hard')).rejects.toMatchObject({ code: 'unavailable' });
    const second = await embedded.ready();
    expect(second.memoryBytes).not.toBe(first.memoryBytes);
    await embedded.stopBroker(7, 'hard').catch(() => {});
    await embedded.ready();
    await embedded.stopBroker(7, 'hard').catch(() => {});
    await expect(embedded.ready()).rejects.toThrow(/crashed again and again/);
  });

  it('is ended when it does not stop by itself', async () => {
    const embedded = started('deaf');
    await embedded.ready();
    await embedded.close();
    expect(embedded.state).toBe('stopped');
  }, 10_000);
});

it('an embedded cluster that is configured away is off', async () => {
  expect(await readEmbedded(null)).toMatchObject({ state: 'off', brokers: [] });
});
