import { runOfficialTool } from './official-tool.ts';

export interface DescribedPartition {
  topic: string;
  partition: number;
  leader: number | null;
  replicas: number[];
  isr: number[];
}

const ids = (text: string) =>
  text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);

/** What `kafka-topics --describe` says of every partition (or of one topic's). */
export async function describeTopics(
  bootstrapServers: string,
  topic?: string,
): Promise<DescribedPartition[]> {
  const args = ['--bootstrap-server', bootstrapServers, '--describe', ...(topic ? ['--topic', topic] : [])];
  const { status, stdout, stderr } = await runOfficialTool('kafka-topics', args);
  if (status !== 0) throw new Error(`kafka-topics --describe ended with ${status}: ${stdout}${stderr}`);
  const line = /^\tTopic: (\S+)\tPartition: (\d+)\tLeader: (\S+)\tReplicas: ([\d,]*)\tIsr: ([\d,]*)/gm;
  return [...stdout.matchAll(line)].map(([, name, partition, leader, replicas, isr]) => ({
    topic: name!,
    partition: Number(partition),
    leader: leader === 'none' ? null : Number(leader),
    replicas: ids(replicas!),
    isr: ids(isr!),
  }));
}
