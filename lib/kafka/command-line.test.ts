import { describe, expect, it } from 'vitest';
import {
  addPartitionsCommands,
  alterConfigsCommands,
  consumeCommands,
  createTopicCommands,
  deleteTopicCommands,
  electLeadersCommands,
  kcatMessageCommand,
  produceCommands,
  reassignmentCommands,
} from './command-line.ts';

const open = { bootstrapServers: ['localhost:9092', 'localhost:9093'], security: null };
const head = '--bootstrap-server localhost:9092,localhost:9093';

describe('topics', () => {
  it('creates with counts and configs', () => {
    const { commands, files } = createTopicCommands(open, {
      name: 'orders',
      partitionCount: 3,
      replicationFactor: 2,
      configs: { 'retention.ms': '1000', 'cleanup.policy': 'compact,delete' },
    });
    expect(commands).toEqual([
      `kafka-topics.sh ${head} --create --topic orders --partitions 3 --replication-factor 2 ` +
        '--config retention.ms=1000 --config cleanup.policy=compact,delete',
    ]);
    expect(files).toEqual([]);
  });

  it('creates with an assignment, and with the cluster’s defaults', () => {
    const assigned = createTopicCommands(open, {
      name: 'orders',
      assignment: [
        [1, 2],
        [2, 3],
      ],
      configs: {},
    });
    expect(assigned.commands[0]).toContain('--replica-assignment 1:2,2:3');
    const plain = createTopicCommands(open, { name: 'orders', configs: {} });
    expect(plain.commands).toEqual([`kafka-topics.sh ${head} --create --topic orders`]);
  });

  it('leaves values that kafka-topics.sh cannot take to kafka-configs.sh', () => {
    const { commands } = createTopicCommands(open, { name: 'orders', configs: { a: 'x=y', b: '1' } });
    expect(commands[0]).toBe(`kafka-topics.sh ${head} --create --topic orders --config b=1`);
    expect(commands[1]).toContain("--add-config 'a=[x=y]'");
  });

  it('deletes and alters this topic only, though the tool reads a pattern', () => {
    expect(deleteTopicCommands(open, 'shop.orders').commands).toEqual([
      `kafka-topics.sh ${head} --delete --topic 'shop\\.orders'`,
    ]);
    expect(addPartitionsCommands(open, 'shop.orders', 6).commands).toEqual([
      `kafka-topics.sh ${head} --alter --topic 'shop\\.orders' --partitions 6`,
    ]);
  });

  it('keeps a name that begins with a dash from being an option', () => {
    expect(deleteTopicCommands(open, '-rf').commands[0]).toMatch(/ --topic=-rf$/);
  });

  it('gives the brokers of partitions that are added', () => {
    const { commands } = addPartitionsCommands(open, 'orders', 2, [[1, 2], [3]]);
    expect(commands[0]).toContain('--replica-assignment 1:2,3');
  });
});

describe('configs', () => {
  const alter = (changes: Record<string, string | null>) =>
    alterConfigsCommands(open, { type: 'topics', name: 'orders' }, changes);

  it('sets and unsets in one command', () => {
    expect(alter({ 'retention.ms': '1000', 'segment.bytes': null, 'flush.ms': null }).commands).toEqual([
      `kafka-configs.sh ${head} --alter --entity-type topics --entity-name orders ` +
        '--add-config retention.ms=1000 --delete-config segment.bytes,flush.ms',
    ]);
  });

  it('puts lists in brackets', () => {
    expect(alter({ 'cleanup.policy': 'compact,delete' }).commands[0]).toContain(
      "--add-config 'cleanup.policy=[compact,delete]'",
    );
  });

  it('takes a file for what no argument can carry', () => {
    const { commands, files } = alter({ a: '[x]', b: ' y\\z', c: '한=1' });
    expect(commands[0]).toContain('--add-config-file configs.properties');
    expect(files).toEqual([{ name: 'configs.properties', content: 'a=[x]\nb=\\ y\\\\z\nc=\\ud55c\\=1\n' }]);
  });

  it('names a broker', () => {
    const { commands } = alterConfigsCommands(
      open,
      { type: 'brokers', name: '2' },
      { 'log.cleaner.threads': '2' },
    );
    expect(commands[0]).toContain('--entity-type brokers --entity-name 2 --add-config log.cleaner.threads=2');
  });
});

describe('reassignments and elections', () => {
  it('gives the file that the tool reads, and the one that goes back', () => {
    const { commands, files } = reassignmentCommands(
      open,
      [{ topic: 'orders', partition: 0, replicas: [2, 3] }],
      [{ topic: 'orders', partition: 0, replicas: [1, 2] }],
    );
    expect(commands).toEqual([
      `kafka-reassign-partitions.sh ${head} --reassignment-json-file reassignment.json --execute`,
      `kafka-reassign-partitions.sh ${head} --reassignment-json-file reassignment.json --verify`,
    ]);
    expect(files.map(({ name, content }) => [name, JSON.parse(content)])).toEqual([
      [
        'reassignment.json',
        { version: 1, partitions: [{ topic: 'orders', partition: 0, replicas: [2, 3] }] },
      ],
      ['rollback.json', { version: 1, partitions: [{ topic: 'orders', partition: 0, replicas: [1, 2] }] }],
    ]);
  });

  it('elects all, one, or those of a file', () => {
    const start = `kafka-leader-election.sh ${head} --election-type PREFERRED`;
    expect(electLeadersCommands(open, 'all').commands).toEqual([`${start} --all-topic-partitions`]);
    expect(electLeadersCommands(open, [{ topic: 'orders', partition: 1 }]).commands).toEqual([
      `${start} --topic orders --partition 1`,
    ]);
    const partitions = [0, 1].map((partition) => ({ topic: 'orders', partition }));
    const { commands, files } = electLeadersCommands(open, partitions);
    expect(commands).toEqual([`${start} --path-to-json-file election.json`]);
    expect(JSON.parse(files[0]!.content)).toEqual({ partitions });
  });
});

describe('messages', () => {
  it('consumes from where one reads', () => {
    expect(consumeCommands(open, { topic: 'orders', from: 'earliest', limit: 5 }).commands[0]).toMatch(
      /^kafka-console-consumer\.sh .* --topic orders --from-beginning --max-messages 5 --property print\.partition=true/,
    );
    expect(consumeCommands(open, { topic: 'orders', partition: 2, from: 17 }).commands[0]).toContain(
      '--partition 2 --offset 17',
    );
    expect(consumeCommands(open, { topic: 'orders', from: 'latest' }).commands[0]).not.toContain(
      'from-beginning',
    );
  });

  it('produces with and without keys', () => {
    expect(produceCommands(open, 'orders').commands).toEqual([
      `kafka-console-producer.sh ${head} --topic orders`,
    ]);
    expect(produceCommands(open, 'orders', '|').commands[0]).toMatch(/ 'key\.separator=\|'$/);
  });
});

describe('kcat', () => {
  const kcat = (security: Parameters<typeof kcatMessageCommand>[0]['security']) =>
    kcatMessageCommand({ bootstrapServers: ['b:9092'], security }, 'orders', 3, 42);

  it('reads one record', () => {
    expect(kcat(null)).toBe("kcat -C -b b:9092 -t orders -p 3 -o 42 -c 1 -f '%k\\t%s\\n'");
  });

  it('is told how to connect, in the names of librdkafka', () => {
    expect(kcat({ tls: true, clientCertificate: true, mechanism: null })).toContain(
      "-X security.protocol=SSL -X 'ssl.ca.location=<ca.pem>' -X 'ssl.certificate.location=<client.pem>'",
    );
    expect(kcat({ tls: false, clientCertificate: false, mechanism: 'scram-sha-512' })).toContain(
      "-X security.protocol=SASL_PLAINTEXT -X sasl.mechanisms=SCRAM-SHA-512 -X 'sasl.username=<user>'",
    );
    expect(kcat({ tls: true, clientCertificate: false, mechanism: 'oauthbearer' })).toContain(
      'sasl.oauthbearer.method=oidc',
    );
  });
});

describe('a cluster that is not open to all', () => {
  const closed = {
    ...open,
    security: { tls: true, clientCertificate: false, mechanism: 'scram-sha-512' as const },
  };

  it('tells each tool of the file, by the name the tool has for it', () => {
    const command = (commands: readonly string[]) => commands[0]!.replace(`${head} `, '');
    expect(command(deleteTopicCommands(closed, 'orders').commands)).toBe(
      'kafka-topics.sh --command-config client.properties --delete --topic orders',
    );
    expect(command(electLeadersCommands(closed, 'all').commands)).toContain(
      '--admin.config client.properties',
    );
    expect(command(consumeCommands(closed, { topic: 'orders', from: 'latest' }).commands)).toContain(
      '--consumer.config client.properties',
    );
    expect(command(produceCommands(closed, 'orders').commands)).toContain(
      '--producer.config client.properties',
    );
  });

  it('brings the file, once, beside those of the change', () => {
    const { files } = createTopicCommands(closed, { name: 'orders', configs: { a: '[=' } });
    expect(files.map(({ name }) => name)).toEqual(['configs.properties', 'client.properties']);
  });
});
