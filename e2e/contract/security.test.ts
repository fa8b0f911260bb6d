import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  Kafka,
  logLevel,
  ResourcePatternTypes,
  type SASLOptions,
} from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedBroker } from '../harness/embedded-broker.ts';
import { runOfficialTool } from '../harness/official-tool.ts';
import { startRealKafka } from '../harness/real-kafka.ts';
import { eventually, underTest } from '../harness/under-test.ts';

const USERS = { root: 'root-secret', ann: 'ann-secret', ben: 'ben-secret' } as const;
const SETTINGS = {
  'offsets.topic.num.partitions': '3',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS;User:root',
  'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
};
const TOPIC = 'orders';
const GROUP = 'readers';

/** A cluster of its own, of the kind under test, that asks clients who they are. */
let cluster: Awaited<ReturnType<typeof startEmbeddedBroker>> | Awaited<ReturnType<typeof startRealKafka>>;

const plain = (username: keyof typeof USERS, password: string = USERS[username]): SASLOptions => ({
  mechanism: 'plain',
  username,
  password,
});

function kafka(sasl: SASLOptions): Kafka {
  return new Kafka({
    brokers: cluster.saslServers.split(','),
    sasl,
    logLevel: logLevel.NOTHING,
    retry: { retries: 8 },
  });
}

async function asAdmin<T>(sasl: SASLOptions, work: (admin: ReturnType<Kafka['admin']>) => Promise<T>) {
  const admin = kafka(sasl).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function send(sasl: SASLOptions, value: string) {
  const producer = kafka(sasl).producer();
  try {
    await producer.connect();
    await producer.send({ topic: TOPIC, messages: [{ value }] });
  } finally {
    await producer.disconnect();
  }
}

/** The first message that the group gets. */
async function receive(sasl: SASLOptions): Promise<string> {
  const consumer = kafka(sasl).consumer({ groupId: GROUP, sessionTimeout: 10_000 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
    return await new Promise<string>((settle, reject) => {
      // It restarts by itself after what passes, such as a coordinator that is still loading.
      consumer.on('consumer.crash', ({ payload }) => payload.restart || reject(payload.error));
      consumer
        .run({ eachMessage: async ({ message }) => settle(message.value?.toString() ?? '') })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}

/** Runs kcat to its end, or until it has said what is waited for: refused, it goes on trying. */
function kcat(user: string, password: string, args: string[], until?: RegExp) {
  const security = ['security.protocol=sasl_plaintext', 'sasl.mechanism=PLAIN'];
  const who = [`sasl.username=${user}`, `sasl.password=${password}`];
  const child = spawn(
    'kcat',
    ['-b', cluster.saslServers, ...[...security, ...who].flatMap((each) => ['-X', each]), ...args],
    { timeout: 30_000 },
  );
  return new Promise<{ stdout: string; stderr: string }>((settle, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (until?.test(stderr)) child.kill();
    });
    child.once('error', reject);
    child.once('close', () => settle({ stdout, stderr }));
  });
}

const rule = (
  principal: string,
  resourceType: AclResourceTypes,
  resourceName: string,
  operation: AclOperationTypes,
) => ({
  principal,
  host: '*',
  resourceType,
  resourceName,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  operation,
  permissionType: AclPermissionTypes.ALLOW,
});

describe('clients that have to say who they are', () => {
  beforeAll(async () => {
    const options = { settings: SETTINGS, users: USERS };
    cluster = underTest.kind === 'kafka' ? await startRealKafka(options) : await startEmbeddedBroker(options);
    await asAdmin(plain('root'), (admin) =>
      admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 1 }], waitForLeaders: true }),
    );
  }, 240_000);
  afterAll(() => cluster?.close());

  it('come in with the right password only', async () => {
    const { brokers } = await asAdmin(plain('ann'), (admin) => admin.describeCluster());
    expect(brokers.map(({ host, port }) => `${host}:${port}`).sort()).toEqual(
      cluster.saslServers.split(',').sort(),
    );
    await expect(asAdmin(plain('ann', 'guessed'), (admin) => admin.listTopics())).rejects.toThrow(
      'Authentication failed: Invalid username or password',
    );
    const refusal = /Authentication failed: Invalid username or password/;
    const { stderr } = await kcat('ann', 'guessed', ['-L', '-m', '20'], refusal);
    expect(stderr).toMatch(refusal);
  });

  it('may do nothing that nobody has allowed', async () => {
    expect(await asAdmin(plain('ann'), (admin) => admin.listTopics())).toEqual([]);
    await expect(send(plain('ann'), 'x')).rejects.toThrow(/[Nn]ot authorized to access topics/);
    const { stderr } = await kcat('ann', USERS.ann, ['-C', '-t', TOPIC, '-e']);
    expect(stderr).toContain('Topic authorization failed');
  });

  it('may do what they are allowed, until it is taken back', async () => {
    const rules = [
      rule('User:ann', AclResourceTypes.TOPIC, TOPIC, AclOperationTypes.WRITE),
      rule('User:ben', AclResourceTypes.TOPIC, TOPIC, AclOperationTypes.READ),
      rule('User:ben', AclResourceTypes.GROUP, GROUP, AclOperationTypes.READ),
    ];
    await asAdmin(plain('root'), (admin) => admin.createAcls({ acl: rules }));
    await eventually('ann may write', async () => {
      await send(plain('ann'), 'told');
      return true;
    });
    expect(await receive(plain('ben'))).toBe('told');
    await expect(send(plain('ben'), 'x')).rejects.toThrow(/[Nn]ot authorized to access topics/);
    const { stdout } = await kcat('ben', USERS.ben, ['-C', '-t', TOPIC, '-o', 'beginning', '-e', '-q']);
    expect(stdout).toContain('told');

    const ofAnn = {
      principal: 'User:ann',
      resourceType: AclResourceTypes.TOPIC,
      resourcePatternType: ResourcePatternTypes.ANY,
      operation: AclOperationTypes.ANY,
      permissionType: AclPermissionTypes.ANY,
    };
    const { resources } = await asAdmin(plain('root'), (admin) => admin.describeAcls(ofAnn));
    expect(resources).toMatchObject([{ resourceName: TOPIC, acls: [{ principal: 'User:ann' }] }]);
    await asAdmin(plain('root'), (admin) => admin.deleteAcls({ filters: [ofAnn] }));
    await eventually('ann may write no more', async () => {
      try {
        await send(plain('ann'), 'y');
        return false;
      } catch {
        return true;
      }
    });
  });

  it('come in by SCRAM when the cluster knows them', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'kafdeck-scram-'));
    const client = join(dir, 'client.properties');
    writeFileSync(
      client,
      `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="root" password="${USERS.root}";\n`,
    );
    const cleo = (password: string): SASLOptions => ({
      mechanism: 'scram-sha-512',
      username: 'cleo',
      password,
    });
    try {
      const { status, stderr } = await runOfficialTool(
        'kafka-configs',
        [
          ...['--bootstrap-server', cluster.saslServers, '--command-config', client],
          ...['--alter', '--entity-type', 'users', '--entity-name', 'cleo'],
          ...['--add-config', 'SCRAM-SHA-512=[iterations=4096,password=pencil]'],
        ],
        { timeoutMs: 110_000 },
      );
      expect(status, stderr).toBe(0);
      await eventually('cleo comes in', () =>
        asAdmin(cleo('pencil'), async (admin) => (await admin.listTopics()).length === 0),
      );
      await expect(asAdmin(cleo('pen'), (admin) => admin.listTopics())).rejects.toThrow(
        'Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512',
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
