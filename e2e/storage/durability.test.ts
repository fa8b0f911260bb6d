import { rmSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { afterEach, expect, test } from 'vitest';
import { scratchDir } from '../harness/folders.ts';
import { AcknowledgedProducer, readPartition } from './acknowledged-producer.ts';
import { BrokerProcess } from './broker-process.ts';

/**
 * The embedded cluster is killed in the middle of producing with acks=all, over and over: no acknowledged record may be
 * missing afterwards, and none be there twice. `KAFDECK_DURABILITY_ROUNDS` says how often.
 */
const ROUNDS = Number(process.env.KAFDECK_DURABILITY_ROUNDS ?? 3);
const PARTITIONS = 3;
const TOPICS = [
  { topic: 'plain', idempotent: false },
  { topic: 'idempotent', idempotent: true },
];

let dataDir: string;
let cluster: BrokerProcess;
afterEach(async () => {
  await cluster.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const between = (from: number, to: number) => from + Math.random() * (to - from);

test.each([
  ['the process is killed', false],
  ['the process is killed while brokers stop and start', true],
])(
  '%s',
  async (_, brokersChange) => {
    dataDir = scratchDir('durability');
    cluster = new BrokerProcess(dataDir, ['--config', 'replica.lag.time.max.ms=1500']);
    await cluster.start();
    const admin = new Kafka({ brokers: cluster.addresses, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createTopics({
      topics: TOPICS.map(({ topic }) => ({
        topic,
        numPartitions: PARTITIONS,
        replicationFactor: 3,
        configEntries: [
          { name: 'min.insync.replicas', value: '2' },
          { name: 'segment.bytes', value: String(1 << 20) },
          { name: 'index.interval.bytes', value: '1024' },
        ],
      })),
    });
    await admin.disconnect();
    const addresses = () => cluster.addresses;
    const writers = TOPICS.flatMap(({ topic, idempotent }) =>
      Array.from({ length: PARTITIONS }, (_, partition) => ({
        topic,
        partition,
        producer: new AcknowledgedProducer(addresses, topic, partition, idempotent),
      })),
    );
    for (const { producer } of writers) producer.start();

    const starts: number[] = [];
    let stopped = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await pause(between(300, 1500));
      if (brokersChange) {
        const next = (stopped % 3) + 1;
        if (stopped > 0 && round % 3 !== 0) await cluster.startBroker(stopped).catch(() => {});
        await pause(between(0, 300));
        await cluster.stopBroker(next, round % 2 === 0 ? 'hard' : 'controlled');
        stopped = next;
        await pause(between(100, 1800));
        if (round % 4 === 3) await cluster.startBroker(stopped);
        await pause(between(0, 300));
      }
      await cluster.kill();
      starts.push(await cluster.start());
    }
    await pause(500);
    for (const { producer } of writers) await producer.stop(true);

    let acknowledged = 0;
    let retries = 0;
    for (const { topic, partition, producer } of writers) {
      const found = await readPartition(addresses, topic, partition);
      const keys = new Set(found);
      const lost = producer.acknowledged.filter((key) => !keys.has(key));
      expect({
        topic,
        partition,
        lost,
        twice: found.length - keys.size,
        complaints: producer.complaints,
      }).toEqual({ topic, partition, lost: [], twice: 0, complaints: [] });
      if (topic === 'idempotent') expect(found).toEqual(producer.acknowledged);
      expect(producer.acknowledged.length).toBeGreaterThan(ROUNDS * 10);
      acknowledged += producer.acknowledged.length;
      retries += producer.retries;
    }
    starts.sort((a, b) => a - b);
    console.log(
      `${ROUNDS} rounds: ${acknowledged} records acknowledged, none lost, none twice; ${retries} sends without an answer; ` +
        `ready again in ${Math.round(starts[starts.length >> 1]!)} ms (median), ${Math.round(starts.at(-1)!)} ms (longest)`,
    );
  },
  120_000 + ROUNDS * 40_000,
);
