import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, expect, test } from 'vitest';
import { scratchDir } from '../harness/folders.ts';
import { AcknowledgedProducer, readPartition } from './acknowledged-producer.ts';
import { BrokerProcess } from './broker-process.ts';

/** A real file system that is small. Only root can make one: without it the unit tests with files in memory have to do. */
const disk = mountSmallDisk();

function mountSmallDisk(): string | null {
  const path = scratchDir('full-disk');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    rmSync(path, { recursive: true, force: true });
    return null;
  }
}

afterAll(() => {
  if (disk === null) return;
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test.skipIf(disk === null)(
  'on a disk that fills up, nothing acknowledged is lost and nothing stands still',
  async () => {
    const dataDir = join(disk!, 'data');
    const ballast = join(disk!, 'ballast');
    mkdirSync(dataDir);
    writeFileSync(ballast, Buffer.alloc(6 << 20, 1));
    const cluster = new BrokerProcess(dataDir, ['--config', 'replica.lag.time.max.ms=1500']);
    try {
      await cluster.start();
      const kafka = new Kafka({ brokers: cluster.addresses, logLevel: logLevel.NOTHING });
      const admin = kafka.admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic: 't', numPartitions: 1, replicationFactor: 3 }] });
      await admin.disconnect();
      const addresses = () => cluster.addresses;
      const producer = new AcknowledgedProducer(addresses, 't', 0, true);
      producer.start();
      const isFull = () =>
        producer.refusals.has('KAFKA_STORAGE_ERROR') || producer.refusals.has('REQUEST_TIMED_OUT');
      for (let waited = 0; !isFull() && waited < 300; waited++) await pause(100);
      expect(isFull()).toBe(true);
      await pause(2000);
      const acknowledged = producer.acknowledged.length;
      expect(acknowledged).toBeGreaterThan(100);
      // Reads go on, and all that was promised is there.
      const whileFull = await readPartition(addresses, 't', 0);
      expect(whileFull.slice(0, acknowledged)).toEqual(producer.acknowledged.slice(0, acknowledged));
      expect(cluster.isRunning).toBe(true);

      rmSync(ballast);
      for (let waited = 0; producer.acknowledged.length < acknowledged + 50 && waited < 300; waited++)
        await pause(100);
      await producer.stop(true);
      expect(producer.acknowledged.length).toBeGreaterThan(acknowledged + 49);
      expect(producer.complaints).toEqual([]);
      expect(await readPartition(addresses, 't', 0)).toEqual(producer.acknowledged);

      await cluster.kill();
      await cluster.start();
      expect(await readPartition(addresses, 't', 0)).toEqual(producer.acknowledged);
      expect(readdirSync(join(dataDir, 'broker-1', 't-0')).filter((name) => name.endsWith('.tmp'))).toEqual(
        [],
      );
    } finally {
      await cluster.kill();
    }
  },
);
