import { flushCompileCache } from 'node:module';
import type { ControlMessage, ControlRequest, EmbeddedStatus } from '../../lib/kafka/embedded-control.ts';
import { openAccess, portInBlock } from './access-settings.ts';
import { servedApis } from './apis/served.ts';
import { scheduleChaos } from './chaos.ts';
import { Cluster } from './cluster.ts';
import { createConfigRules } from './config/rules.ts';
import { firstTakenPort, freePortBlock } from './net/free-ports.ts';
import { stderrLog } from './net/log.ts';
import { createListen } from './net/serve.ts';
import { BrokerSettingError, type BrokerSettings, readSettings, USAGE } from './settings.ts';

/** The embedded cluster's program: brokers on loopback, alone by hand or as the console's child. Says what went wrong itself. */
export async function run(): Promise<void> {
  try {
    await start();
    flushCompileCache();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.error(`The embedded cluster cannot start: ${text}`);
    process.exitCode = 1;
    tell({ type: 'failed', error: text }, () => process.disconnect());
  }
}

async function start(): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const settings = readSettings(process.argv.slice(2), process.env);
  const problem = problemWithConfigs(settings);
  if (problem !== null) throw new BrokerSettingError(problem);
  const firstPort = await choosePort(settings);
  const indexOf = (id: number) => settings.brokers.findIndex((place) => place.id === id);
  const access =
    settings.access.listeners.length === 0
      ? null
      : await openAccess(settings.access, {
          host: settings.host,
          firstPort,
          brokerCount: settings.brokers.length,
          indexOf,
          dataDir: settings.dataDir,
          now: Date.now(),
        });
  const cluster = new Cluster({
    dataDir: settings.dataDir,
    brokers: settings.brokers,
    brokerConfigs: settings.brokerConfigs,
    configRules: createConfigRules(settings.brokerConfigs),
    listen: createListen({
      handlers: servedApis,
      host: settings.host,
      portOf: (id) => portInBlock(firstPort, indexOf(id)),
      ...(access === null ? {} : { access }),
      now: Date.now,
      log: stderrLog,
    }),
    log: (message) => stderrLog.info(message),
  });
  const stop = stopOnSignals(cluster);
  await cluster.start();
  if (process.connected) followParent(cluster, stop);
  scheduleChaos(cluster, settings.chaos, stderrLog);
  const addresses = [...cluster.brokers.values()].map(
    ({ listener }) => `${listener?.host}:${listener?.port}`,
  );
  for (const { protocol } of access?.listeners ?? []) {
    const places = [...cluster.brokers.values()].map(
      ({ listener }) => listener?.furtherListeners?.[protocol],
    );
    stderrLog.info(
      `${protocol} listens on ${places.map((place) => `${place?.host}:${place?.port}`).join(',')}`,
    );
  }
  console.log(`Kafka brokers are ready: ${addresses.join(',')} (data: ${settings.dataDir ?? 'in memory'})`);
}

function problemWithConfigs({ brokerConfigs }: BrokerSettings): string | null {
  const rules = createConfigRules();
  for (const [name, value] of Object.entries(brokerConfigs)) {
    const problem = rules.problemWith('broker', name, value);
    if (problem !== null) return `--config: ${problem}`;
  }
  return null;
}

async function choosePort({ host, port, portIsFixed, brokers }: BrokerSettings): Promise<number> {
  if (port === 0) return 0;
  const taken = await firstTakenPort(host, port, brokers.length);
  if (taken === null) return port;
  if (portIsFixed) {
    throw new BrokerSettingError(
      `port ${taken} is in use; choose others with --port or KAFDECK_EMBEDDED_PORT`,
    );
  }
  const free = await freePortBlock(host, port + brokers.length, brokers.length);
  if (free === null) throw new BrokerSettingError(`no ${brokers.length} free ports in a row after ${port}`);
  return free;
}

function stopOnSignals(cluster: Cluster): () => Promise<void> {
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= cluster.close().then(
      () => process.exit(0),
      (error: unknown) => {
        stderrLog.error('the brokers did not stop cleanly', error);
        process.exit(1);
      },
    );
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  process.on('disconnect', () => void stop());
  return stop;
}

function statusOf(cluster: Cluster): EmbeddedStatus {
  return {
    clusterId: cluster.clusterId,
    dataDir: cluster.options.dataDir,
    memoryBytes: process.memoryUsage.rss(),
    brokers: [...cluster.brokers.values()].map(({ id, rack, state, listener }) => {
      const registration = cluster.image.brokers.get(id);
      const place = listener ?? registration;
      return {
        id,
        host: place?.host ?? '',
        port: place?.port ?? 0,
        rack,
        state,
        fenced: registration?.fenced ?? true,
        partitioned: cluster.faults.isCut(id),
        slowFollowerMs: cluster.faults.delayMs(id),
      };
    }),
  };
}

function tell(message: ControlMessage, done = () => {}): void {
  // A parent that has gone is no failure: 'disconnect' follows.
  if (process.connected) process.send?.(message, undefined, {}, done);
}

function followParent(cluster: Cluster, stop: () => Promise<void>): void {
  cluster.onBrokerState(() => tell({ type: 'status', status: statusOf(cluster) }));
  process.on('message', (message) => {
    void answer(cluster, stop, message);
  });
  tell({ type: 'ready', status: statusOf(cluster) });
}

async function answer(cluster: Cluster, stop: () => Promise<void>, message: unknown): Promise<void> {
  // Only a child of the console needs the schemas: left out at start, they cost no time there.
  const { controlRequest } = await import('../../lib/kafka/embedded-control.ts');
  const parsed = controlRequest.safeParse(message);
  if (!parsed.success) return;
  const request = parsed.data;
  try {
    await perform(cluster, request);
    tell({ type: 'reply', id: request.id, ok: true, status: statusOf(cluster) });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    tell({ type: 'reply', id: request.id, ok: false, error: text });
  }
  if (request.op === 'shutdown') await stop();
}

async function perform(cluster: Cluster, request: ControlRequest): Promise<void> {
  switch (request.op) {
    case 'stop-broker':
      return cluster.stopBroker(request.broker, request.mode);
    case 'start-broker':
      return cluster.startBroker(request.broker);
    case 'add-broker':
      await cluster.addBroker(request.rack);
      return;
    case 'remove-broker':
      return cluster.removeBroker(request.broker);
    case 'slow-follower':
      return cluster.slowDown(request.broker, request.delayMs);
    case 'partition-broker':
      return cluster.cutOff(request.broker);
    case 'heal-broker':
      return cluster.mend(request.broker);
    case 'status':
    case 'shutdown':
  }
}
