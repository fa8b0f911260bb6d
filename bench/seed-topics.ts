import { Kafka, logLevel } from 'kafkajs';

/** Creates topics `bench.00000`, … in batches and waits until all are in the metadata. */
export async function seedTopics(
  bootstrapServers: string,
  count: number,
  numPartitions: number,
): Promise<void> {
  const kafka = new Kafka({
    clientId: 'bench',
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
    requestTimeout: 120_000,
  });
  const admin = kafka.admin();
  await admin.connect();
  const names = Array.from({ length: count }, (_, index) => `bench.${String(index).padStart(5, '0')}`);
  for (let first = 0; first < count; first += 500) {
    const topics = names
      .slice(first, first + 500)
      .map((topic) => ({ topic, numPartitions, replicationFactor: 3 }));
    await admin.createTopics({ topics, waitForLeaders: false, timeout: 120_000 });
  }
  const deadline = Date.now() + 180_000;
  for (;;) {
    const { topics } = await admin.fetchTopicMetadata();
    const led = topics.filter(
      (one) => one.name.startsWith('bench.') && one.partitions.every((p) => p.leader >= 0),
    );
    if (led.length === count) break;
    if (Date.now() > deadline) throw new Error(`Only ${led.length} of ${count} topics have leaders`);
    await new Promise((resume) => setTimeout(resume, 500));
  }
  await admin.disconnect();
}
