import type { Kafka } from 'kafkajs';

/** Names of the topics that are there now. @throws KafkaJSError */
export async function presentTopics(kafka: Kafka): Promise<Set<string>> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return new Set(await admin.listTopics());
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
