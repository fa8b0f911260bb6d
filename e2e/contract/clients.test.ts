import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { runOfficialTool } from '../harness/official-tool.ts';
import { underTest } from '../harness/under-test.ts';

function run(
  command: string,
  args: string[],
  input = '',
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((settle, reject) => {
    const child = spawn(command, args, { timeout: 60_000 });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status) => settle({ status, stdout, stderr }));
    child.stdin.end(input);
  });
}

const lines = (text: string) => text.split('\n').filter(Boolean).sort();
const bootstrap = () => ['--bootstrap-server', underTest.bootstrapServers];
const topics: string[] = [];

async function newTopic(purpose: string): Promise<string> {
  const name = uniqueName(purpose);
  await ask('createTopic', { body: { name, partitionCount: 3, replicationFactor: 3 } });
  topics.push(name);
  return name;
}

const PYTHON = `
import sys
from kafka import KafkaProducer, KafkaConsumer
servers, topic, group = sys.argv[1].split(','), sys.argv[2], sys.argv[3]
producer = KafkaProducer(bootstrap_servers=servers, acks='all')
for n in range(100):
    producer.send(topic, key=b'k%d' % n, value=b'v%d' % n, headers=[('h', b'x')])
producer.flush()
consumer = KafkaConsumer(topic, bootstrap_servers=servers, group_id=group, auto_offset_reset='earliest', consumer_timeout_ms=8000)
seen = set()
for record in consumer:
    assert record.headers[0][0] == 'h'
    seen.add(record.value)
    if len(seen) == 100:
        break
consumer.commit()
consumer.close()
print(len(seen))
`;

describe("other people's clients", () => {
  beforeAll(async () => {
    expect((await ask('getOverview')).brokerCount).toBe(3);
  });
  afterAll(async () => {
    for (const topic of topics) await ask('deleteTopic', { params: { topic } });
  });

  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])('kcat produces and consumes with %s', async (codec) => {
    const topic = await newTopic(`kcat-${codec}`);
    const sent = Array.from({ length: 500 }, (_, n) => `key${n}:value ${n} ${'z'.repeat(n % 50)}`);
    const brokers = ['-b', underTest.bootstrapServers];
    const produced = await run(
      'kcat',
      [...brokers, '-P', '-t', topic, '-K:', '-z', codec, '-X', 'acks=all'],
      sent.join('\n'),
    );
    expect(produced.status, produced.stderr).toBe(0);
    const consumed = await run('kcat', [...brokers, '-C', '-t', topic, '-K:', '-e', '-q', '-o', 'beginning']);
    expect(lines(consumed.stdout), consumed.stderr).toEqual([...sent].sort());
    const listed = await run('kcat', [...brokers, '-L', '-t', topic]);
    expect(listed.stdout).toContain(`topic "${topic}" with 3 partitions`);
  });

  it('kafka-python produces, and consumes in a group', async () => {
    const topic = await newTopic('python');
    const group = uniqueName('python');
    const python = join(underTest.pythonDir, 'bin/python');
    const { status, stdout, stderr } = await run(python, [
      '-c',
      PYTHON,
      underTest.bootstrapServers,
      topic,
      group,
    ]);
    expect(status, stderr).toBe(0);
    expect(stdout.trim()).toBe('100');
    expect((await ask('getGroup', { params: { group } })).offsets.map((one) => one.lag)).toEqual([0, 0, 0]);
  });

  it('the console producer and consumer, with keys and a group', async () => {
    const topic = await newTopic('console');
    const sent = Array.from({ length: 50 }, (_, n) => `k${n}:hello ${n}`);
    const produced = await runOfficialTool(
      'kafka-console-producer',
      [
        ...bootstrap(),
        '--topic',
        topic,
        '--reader-property',
        'parse.key=true',
        '--reader-property',
        'key.separator=:',
      ],
      { input: `${sent.join('\n')}\n` },
    );
    expect(produced.status, produced.stderr).toBe(0);
    const consumed = await runOfficialTool('kafka-console-consumer', [
      ...[
        ...bootstrap(),
        '--topic',
        topic,
        '--from-beginning',
        '--max-messages',
        '50',
        '--group',
        uniqueName('console'),
      ],
      ...['--formatter-property', 'print.key=true', '--formatter-property', 'key.separator=:'],
    ]);
    expect(lines(consumed.stdout), consumed.stderr).toEqual([...sent].sort());
    const offsets = await runOfficialTool('kafka-get-offsets', [...bootstrap(), '--topic', topic]);
    const sum = lines(offsets.stdout).reduce((total, line) => total + Number(line.split(':')[2]), 0);
    expect(sum).toBe(50);
  });

  it('the topics tool makes, describes, alters and deletes', async () => {
    const topic = uniqueName('tool');
    const made = await runOfficialTool('kafka-topics', [
      ...[
        ...bootstrap(),
        '--create',
        '--topic',
        topic,
        '--partitions',
        '3',
        '--config',
        'retention.ms=86400000',
      ],
    ]);
    expect(made.stdout).toContain(`Created topic ${topic}.`);
    const described = await runOfficialTool('kafka-topics', [...bootstrap(), '--describe', '--topic', topic]);
    expect(described.stdout).toMatch(
      /PartitionCount: 3\s+ReplicationFactor: \d+\s+Configs: .*retention\.ms=86400000/,
    );
    const altered = await runOfficialTool('kafka-topics', [
      ...bootstrap(),
      '--alter',
      '--topic',
      topic,
      '--partitions',
      '4',
    ]);
    expect(altered.status, altered.stdout + altered.stderr).toBe(0);
    const again = await runOfficialTool('kafka-topics', [...bootstrap(), '--create', '--topic', topic]);
    expect(again.status).toBe(1);
    expect(again.stdout + again.stderr).toContain(`Topic '${topic}' already exists.`);
    const deleted = await runOfficialTool('kafka-topics', [...bootstrap(), '--delete', '--topic', topic]);
    expect(deleted.status).toBe(0);
    const listed = await runOfficialTool('kafka-topics', [...bootstrap(), '--list']);
    expect(lines(listed.stdout)).not.toContain(topic);
  });

  it('the other administration tools', async () => {
    const topic = await newTopic('admin');
    await runOfficialTool('kafka-console-producer', [...bootstrap(), '--topic', topic], {
      input: 'one\ntwo\nthree\n',
    });
    const configs = await runOfficialTool('kafka-configs', [
      ...[...bootstrap(), '--alter', '--topic', topic, '--add-config', 'retention.ms=1000000'],
    ]);
    expect(configs.stdout, configs.stderr).toContain(`Completed updating config for topic ${topic}.`);
    const dirs = await runOfficialTool('kafka-log-dirs', [
      ...bootstrap(),
      '--describe',
      '--topic-list',
      topic,
    ]);
    expect(dirs.stdout).toContain(`"partition":"${topic}-0"`);
    const election = await runOfficialTool('kafka-leader-election', [
      ...[...bootstrap(), '--election-type', 'preferred', '--all-topic-partitions'],
    ]);
    expect(election.status, election.stdout + election.stderr).toBe(0);
    const versions = await runOfficialTool('kafka-broker-api-versions', bootstrap());
    expect(versions.status, versions.stderr).toBe(0);
    expect(versions.stdout).toContain('Metadata(3)');
    const groups = await runOfficialTool('kafka-consumer-groups', [...bootstrap(), '--list']);
    expect(groups.status, groups.stderr).toBe(0);
  });
});
