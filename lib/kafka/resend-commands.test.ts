import { describe, expect, it } from 'vitest';
import { resendCommands } from './resend-commands.ts';

const here = { bootstrapServers: ['a:1', 'b:1'], security: null };
const elsewhere = {
  bootstrapServers: ['c:1'],
  security: { tls: true, clientCertificate: false, mechanism: null },
};
const runs = [
  { topic: 'dlq', partition: 0, first: 5, last: 9 },
  { topic: 'dlq', partition: 1, first: 0, last: 0 },
];

describe('the commands of a re-sending', () => {
  it('pipe each run from one tool to the other', () => {
    const made = resendCommands(here, here, runs, { topic: 'orders', headers: true, key: true });
    expect(made.commands).toEqual([
      'kafka-console-consumer.sh --bootstrap-server a:1,b:1 --topic dlq --partition 0 --offset 5 --max-messages 5 --formatter-config read.properties | kafka-console-producer.sh --bootstrap-server a:1,b:1 --topic orders --reader-config write.properties',
      'kafka-console-consumer.sh --bootstrap-server a:1,b:1 --topic dlq --partition 1 --offset 0 --max-messages 1 --formatter-config read.properties | kafka-console-producer.sh --bootstrap-server a:1,b:1 --topic orders --reader-config write.properties',
    ]);
    expect(made.files).toEqual([
      { name: 'read.properties', content: 'print.headers=true\nprint.key=true\nnull.literal=NO_HEADERS\n' },
      { name: 'write.properties', content: 'parse.headers=true\nparse.key=true\nnull.marker=NO_HEADERS\n' },
    ]);
  });

  it('give each cluster the settings of its own', () => {
    const { commands, files } = resendCommands(here, elsewhere, runs.slice(1), {
      topic: 'orders',
      headers: false,
      key: false,
    });
    expect(commands[0]).toContain(
      '--bootstrap-server c:1 --producer.config target.properties --topic orders',
    );
    expect(commands[0]).not.toContain('--consumer.config');
    expect(files.map(({ name }) => name)).toEqual([
      'read.properties',
      'write.properties',
      'target.properties',
    ]);
    expect(files[0]?.content).toContain('print.headers=false');
  });
});
