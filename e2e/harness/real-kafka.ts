import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Child } from './child.ts';
import { resultsDir, scratchDir } from './folders.ts';
import { kafkaClassPath } from './kafka-jars.ts';
import { freePortBlock } from './ports.ts';
import type { TestCluster } from './test-cluster.ts';

const BROKER_IDS = [1, 2, 3];
/** Ten seconds on an idle machine with two cores; a crowded one has taken two minutes. */
const START_MS = 300_000;
const LOG4J = `<Configuration status="error"><Appenders><Console name="out"><PatternLayout pattern="%d %p %c: %m%n"/></Console></Appenders>
<Loggers><Root level="info"><AppenderRef ref="out"/></Root></Loggers></Configuration>`;

const SETTINGS = {
  'num.partitions': '1',
  'default.replication.factor': '3',
  'offsets.topic.num.partitions': '10',
  'offsets.topic.replication.factor': '3',
  'transaction.state.log.replication.factor': '3',
  'group.initial.rebalance.delay.ms': '0',
  'auto.leader.rebalance.enable': 'false',
  'broker.session.timeout.ms': '3000',
  'broker.heartbeat.interval.ms': '500',
  'replica.lag.time.max.ms': '5000',
};

/** What brokers need to know users by SASL PLAIN and SCRAM. */
function saslSettings(users: Readonly<Record<string, string>>): string[] {
  const module = 'org.apache.kafka.common.security';
  const passwords = Object.entries(users).map(([user, password]) => `user_${user}="${password}"`);
  const login = (mechanism: string, what: string) =>
    `listener.name.sasl_plaintext.${mechanism}.sasl.jaas.config=${what};`;
  return [
    'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    login('plain', `${module}.plain.PlainLoginModule required ${passwords.join(' ')}`),
    login('scram-sha-256', `${module}.scram.ScramLoginModule required`),
    login('scram-sha-512', `${module}.scram.ScramLoginModule required`),
  ];
}

function accepts(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      settle(true);
    });
    socket.once('error', () => settle(false));
  });
}

/**
 * Three combined KRaft nodes of Apache Kafka on loopback. Timeouts are short so that a killed broker is fenced in
 * seconds, and leaders are never rebalanced automatically: the tests elect them. `asReleased` leaves all that out.
 */
export async function startRealKafka(
  options: {
    heap?: string;
    settings?: Readonly<Record<string, string>>;
    /** With Apache Kafka's own defaults instead of what makes tests quick. */
    asReleased?: boolean;
    /** Passwords by user: there is a SASL_PLAINTEXT listener, too. */
    users?: Readonly<Record<string, string>>;
  } = {},
): Promise<TestCluster & { dir: string; saslServers: string; pids(): number[] }> {
  const classPath = kafkaClassPath();
  const dir = scratchDir('kafka');
  mkdirSync(resultsDir, { recursive: true });
  const firstPort = await freePortBlock(9);
  const brokerPort = (id: number) => firstPort + id - 1;
  const controllerPort = (id: number) => firstPort + 3 + id - 1;
  const saslPort = (id: number) => firstPort + 6 + id - 1;
  const voters = BROKER_IDS.map((id) => `${id}@127.0.0.1:${controllerPort(id)}`).join(',');
  const children = new Map<number, Child>();
  const log4j = join(dir, 'log4j2.xml');
  writeFileSync(log4j, LOG4J);

  const served = (id: number) => [
    `PLAINTEXT://127.0.0.1:${brokerPort(id)}`,
    ...(options.users ? [`SASL_PLAINTEXT://127.0.0.1:${saslPort(id)}`] : []),
  ];
  const format = async (id: number) => {
    const config = join(dir, `broker-${id}.properties`);
    writeFileSync(
      config,
      [
        'process.roles=broker,controller',
        `node.id=${id}`,
        `broker.rack=rack-${'abc'[id - 1]}`,
        `controller.quorum.voters=${voters}`,
        `listeners=${[...served(id), `CONTROLLER://127.0.0.1:${controllerPort(id)}`]}`,
        `advertised.listeners=${served(id)}`,
        'controller.listener.names=CONTROLLER',
        'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT',
        ...(options.users ? saslSettings(options.users) : []),
        `log.dirs=${join(dir, `broker-${id}`)}`,
        ...Object.entries({ ...(options.asReleased ? {} : SETTINGS), ...options.settings }).map(
          ([name, value]) => `${name}=${value}`,
        ),
        '',
      ].join('\n'),
    );
    await promisify(execFile)('java', [
      ...['-XX:TieredStopAtLevel=1', '-cp', classPath, 'kafka.tools.StorageTool', 'format'],
      ...['-t', 'a2FmZGVjay1lMmUtdGVzdA', '-c', config],
    ]);
  };
  await Promise.all(BROKER_IDS.map(format));

  const launch = (id: number) => {
    const jvm = [`-Xmx${options.heap ?? '512m'}`, '-XX:+UseSerialGC', `-Dlog4j2.configurationFile=${log4j}`];
    const child = new Child(
      'java',
      [...jvm, '-cp', classPath, 'kafka.Kafka', join(dir, `broker-${id}.properties`)],
      {
        logFile: join(resultsDir, `kafka-${id}.log`),
      },
    );
    children.set(id, child);
  };
  const waitUntilServing = async (id: number) => {
    const deadline = Date.now() + START_MS;
    while (!(await accepts(brokerPort(id)))) {
      if (!children.get(id)?.isRunning)
        throw new Error(`Kafka broker ${id} ended:\n${children.get(id)?.output}`);
      if (Date.now() > deadline) throw new Error(`Kafka broker ${id} did not start in ${START_MS / 1000} s`);
      await new Promise((resume) => setTimeout(resume, 100));
    }
  };

  const close = async () => {
    await Promise.all([...children.values()].map((child) => child.stop('SIGKILL')));
    rmSync(dir, { recursive: true, force: true });
  };
  for (const id of BROKER_IDS) launch(id);
  try {
    await Promise.all(BROKER_IDS.map(waitUntilServing));
  } catch (error) {
    await close();
    throw error;
  }

  return {
    kind: 'kafka',
    id: 'default',
    bootstrapServers: BROKER_IDS.map((id) => `127.0.0.1:${brokerPort(id)}`).join(','),
    saslServers: BROKER_IDS.map((id) => `127.0.0.1:${saslPort(id)}`).join(','),
    brokerIds: BROKER_IDS,
    dir,
    async stopBroker(id, mode) {
      await children.get(id)?.stop(mode === 'hard' ? 'SIGKILL' : 'SIGTERM', 60_000);
    },
    async startBroker(id) {
      if (children.get(id)?.isRunning) return;
      launch(id);
      await waitUntilServing(id);
    },
    pids: () => [...children.values()].map((child) => child.process.pid!),
    close,
  };
}
