import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runOfficialTool } from '../harness/official-tool.ts';
import { type LocalCluster, startLocalCluster } from './local-cluster.ts';

/** What the embedded cluster keeps on disk is read by Kafka's own `kafka-dump-log`, and passes its checks. */

let cluster: LocalCluster;
const TOPIC = 'shop.orders';
const COMPACTED = 'shop.customers';

beforeAll(async () => {
  cluster = await startLocalCluster({ brokers: 2, configs: { 'log.cleaner.backoff.ms': '100' } });
  const kafka = new Kafka({ brokers: cluster.addresses, logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    topics: [
      {
        topic: TOPIC,
        numPartitions: 1,
        replicationFactor: 2,
        configEntries: [
          { name: 'segment.bytes', value: '1048576' },
          { name: 'index.interval.bytes', value: '3000' },
        ],
      },
      {
        topic: COMPACTED,
        numPartitions: 1,
        replicationFactor: 2,
        configEntries: [
          { name: 'cleanup.policy', value: 'compact' },
          { name: 'segment.bytes', value: '1048576' },
          { name: 'index.interval.bytes', value: '3000' },
        ],
      },
    ],
  });
  await admin.disconnect();
  const plain = kafka.producer();
  const idempotent = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await Promise.all([plain.connect(), idempotent.connect()]);
  for (let round = 0; round < 150; round++) {
    const messages = Array.from({ length: 10 }, (_, index) => ({
      key: `key-${index}`,
      value: `value ${round} ${'.'.repeat(1500)}`,
      headers: { round: String(round) },
    }));
    await plain.send({ topic: TOPIC, messages });
    await idempotent.send({
      topic: TOPIC,
      messages,
      compression: round % 2 === 0 ? CompressionTypes.GZIP : CompressionTypes.None,
    });
  }
  for (let round = 0; round < 40; round++) {
    const value = round % 10 === 9 ? null : `seen ${round} ${'.'.repeat(40_000)}`;
    const messages: { key: string; value: string | null }[] = [
      { key: 'a', value },
      ...['b', 'c'].map((key) => ({ key, value: `${key} ${round}` })),
    ];
    if (round === 5 || round === 6) messages.push({ key: 'g', value: round === 5 ? 'gone 5' : null });
    await idempotent.send({ topic: COMPACTED, messages });
  }
  await Promise.all([plain.disconnect(), idempotent.disconnect()]);
  for (const id of [1, 2]) await cluster.compacted(id, COMPACTED);
  await cluster.close();
});
afterAll(() => rmSync(cluster.dataDir, { recursive: true, force: true }));

/** What the tool complains of. It also wonders at every segment but the first that it does not begin with offset 0. */
function complaints(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => !line.startsWith('SLF4J'));
  return lines
    .filter((line) => !/^Non-consecutive offsets in |^ {2}-1 is followed by /.test(line))
    .join('\n');
}

describe.each([1, 2])('broker %i', (id) => {
  const folder = (topic: string) => join(cluster.dataDir, `broker-${id}`, `${topic}-0`);
  const files = (suffix: string, topic = TOPIC) =>
    readdirSync(folder(topic)).filter((name) => name.endsWith(suffix));
  const dumpOf = async (topic: string, suffix: string, ...args: string[]) => {
    const paths = files(suffix, topic).map((name) => join(folder(topic), name));
    const result = await runOfficialTool('kafka-dump-log', ['--files', paths.join(','), ...args]);
    return { ...result, stderr: complaints(result.stderr) };
  };
  const dump = (suffix: string, ...args: string[]) => dumpOf(TOPIC, suffix, ...args);

  test('segments: every batch is whole and sound, every record in its place', async () => {
    const { status, stdout, stderr } = await dump('.log', '--print-data-log', '--deep-iteration');
    expect([status, stderr]).toEqual([0, '']);
    expect(files('.log').length).toBeGreaterThan(3);
    expect(stdout).not.toMatch(/invalid|isvalid: false/);
    const offsets = [...stdout.matchAll(/^\| offset: (\d+)/gm)].map(([, offset]) => Number(offset));
    expect(offsets).toEqual(Array.from({ length: 3000 }, (_, index) => index));
    expect(stdout).toMatch(
      /keySize: 5 valueSize: 15\d\d sequence: \d+ headerKeys: \[round\] key: key-0 payload: value 0 /,
    );
    expect(stdout).toMatch(/producerEpoch: 0 partitionLeaderEpoch: 0 isTransactional: false/);
    expect(stdout).toMatch(/compresscodec: gzip/);
  });

  test('offset indexes: each entry is the last offset of the batch at its position', async () => {
    const { status, stdout, stderr } = await dump('.index');
    expect([status, stderr]).toEqual([0, '']);
    expect([...stdout.matchAll(/^offset: \d+ position: \d+$/gm)].length).toBeGreaterThan(50);
    const sane = await dump('.index', '--index-sanity-check');
    expect([sane.status, sane.stderr]).toEqual([0, '']);
    expect(sane.stdout).toMatch(/passed sanity check/);
  });

  test('time indexes: each entry is the highest timestamp so far and its batch', async () => {
    const { status, stdout, stderr } = await dump('.timeindex', '--verify-index-only');
    expect([status, stderr]).toEqual([0, '']);
    const printed = await dump('.timeindex');
    expect([...printed.stdout.matchAll(/^timestamp: \d{13} offset: \d+$/gm)].length).toBeGreaterThan(50);
    expect(printed.stderr).toBe('');
    expect((await dump('.timeindex', '--index-sanity-check')).status).toBe(0);
    expect(stdout).not.toMatch(/timestamp:/);
  });

  test('producer snapshots: one for each segment, and one for the end of the log', async () => {
    const { status, stdout, stderr } = await dump('.snapshot');
    expect([status, stderr]).toEqual([0, '']);
    const bases = files('.log').map((name) => name.slice(0, 20));
    expect(files('.snapshot').map((name) => name.slice(0, 20))).toEqual([
      ...bases.slice(1),
      String(3000).padStart(20, '0'),
    ]);
    expect(stdout).toMatch(
      /producerId: \d+ producerEpoch: 0 coordinatorEpoch: -1 currentTxnFirstOffset: (None|OptionalLong.empty) /,
    );
    expect(stdout).toMatch(
      /firstSequence: 1490 lastSequence: 1499 lastOffset: 2999 offsetDelta: 9 timestamp: \d{13}/,
    );
  });

  test('compacted segments: fewer records at the same offsets, tombstones with their horizon, sound indexes', async () => {
    const { status, stdout } = await dumpOf(COMPACTED, '.log', '--print-data-log');
    expect([status, stdout.match(/isvalid: false|invalid bytes/)]).toEqual([0, null]);
    const records = [...stdout.matchAll(/^\| offset: (\d+) .* key: (\w)(?: payload: (\w+ \d+))?/gm)];
    const last = new Map(records.map(([, offset, key, value]) => [key, [Number(offset), value]]));
    expect([...last]).toEqual([
      ['g', [22, undefined]],
      ['a', [119, undefined]],
      ['b', [120, 'b 39']],
      ['c', [121, 'c 39']],
    ]);
    expect(records.length).toBeLessThan(80);
    expect(stdout).toMatch(/lastOffset: 22 count: 1 .*deleteHorizonMs: OptionalLong\[\d{13}\]/);
    for (const suffix of ['.index', '.timeindex']) {
      const { stderr } = await dumpOf(COMPACTED, suffix, '--verify-index-only');
      expect(stderr).toBe('');
    }
  });

  test('the checkpoints and property files are in Kafka’s words', () => {
    const text = (name: string) => readFileSync(join(cluster.dataDir, `broker-${id}`, name), 'utf8');
    expect(text(`${TOPIC}-0/leader-epoch-checkpoint`)).toBe('0\n1\n0 0\n');
    expect(text(`${TOPIC}-0/partition.metadata`)).toMatch(/^version: 0\ntopic_id: [\w-]{22}\n?$/);
    expect(text('replication-offset-checkpoint')).toContain(`\n${TOPIC} 0 3000\n`);
    expect(text('recovery-point-offset-checkpoint')).toContain(`\n${TOPIC} 0 3000\n`);
    expect(text('cleaner-offset-checkpoint')).toMatch(new RegExp(`^0\n1\n${COMPACTED} 0 \\d+\n$`));
    expect(text('log-start-offset-checkpoint')).toMatch(/^0\n\d\n/);
    expect(text('.kafka_cleanshutdown')).toMatch(/^\{"version":0/);
    expect(text('meta.properties')).toMatch(
      new RegExp(`^cluster.id=${cluster.clusterId}\ndirectory.id=[\\w-]{22}\nnode.id=${id}\nversion=1$`, 'm'),
    );
  });
});
