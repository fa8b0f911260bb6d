import { clientProperties } from './client-properties.ts';
import { type CommandTarget, type OfficialCommands, option, shellLine, tool } from './command-line.ts';

export interface OffsetRun {
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Stands for null and for no headers: the consumer writes NO_HEADERS for these itself, and the producer knows one marker for
 * all (org.apache.kafka.tools.consumer.DefaultMessageFormatter, org.apache.kafka.tools.LineMessageReader).
 */
const NOTHING = 'NO_HEADERS';
const TARGET_FILE = 'target.properties';
/** Files, because the tools of 4.2 and later warn of `--property` where the messages are written, and those before have nothing else. */
const READ_FILE = 'read.properties';
const WRITE_FILE = 'write.properties';

/**
 * Reads runs of offsets and writes them to a topic, one pipe a run. Text without tabs and line breaks only; times are those
 * of the sending, and the key chooses the partition.
 */
export function resendCommands(
  source: CommandTarget,
  target: CommandTarget,
  runs: readonly OffsetRun[],
  { topic, headers, key }: { topic: string; headers: boolean; key: boolean },
): OfficialCommands {
  const isElsewhere = source.bootstrapServers.join() !== target.bootstrapServers.join();
  const targetFile = isElsewhere ? TARGET_FILE : undefined;
  const write = [...tool('kafka-console-producer.sh', target, targetFile), ...option('--topic', topic)];
  write.push('--reader-config', WRITE_FILE);
  const commands = runs.map(({ topic: from, partition, first, last }) => {
    const read = [...tool('kafka-console-consumer.sh', source), ...option('--topic', from)];
    read.push('--partition', `${partition}`, '--offset', `${first}`, '--max-messages', `${last - first + 1}`);
    read.push('--formatter-config', READ_FILE);
    return `${shellLine(read)} | ${shellLine(write)}`;
  });
  const files = [
    {
      name: READ_FILE,
      content: properties({ 'print.headers': headers, 'print.key': key, 'null.literal': NOTHING }),
    },
    {
      name: WRITE_FILE,
      content: properties({ 'parse.headers': headers, 'parse.key': key, 'null.marker': NOTHING }),
    },
  ];
  if (source.security) files.push({ name: 'client.properties', content: clientProperties(source.security) });
  if (target.security && isElsewhere) {
    files.push({ name: TARGET_FILE, content: clientProperties(target.security) });
  }
  return { commands, files };
}

function properties(values: Readonly<Record<string, boolean | string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
