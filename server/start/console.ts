import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { readSettings } from '../config/read-settings.ts';
import { SettingError } from '../config/setting-error.ts';
import type { Settings } from '../config/settings.ts';
import { EmbeddedCluster } from '../embedded/embedded-cluster.ts';
import { log } from '../http/log.ts';
import { projectRoot } from '../project-root.ts';
import { type ConsoleProcess, setConsoleProcess } from './console-process.ts';
import { HttpServer } from './http-server.ts';
import { closeOnSignals } from './shutdown.ts';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const DEV_FLAG = '--dev';

/**
 * Starts the console, and prints one line with its address when it is ready. What keeps it from starting is one line
 * too, and ends the process with 1.
 *
 * @param argv flags; `--dev` for hot reload
 */
export async function startConsole(argv: string[]): Promise<void> {
  try {
    await start(
      argv.filter((flag) => flag !== DEV_FLAG),
      argv.includes(DEV_FLAG),
    );
  } catch (error) {
    if (error instanceof SettingError) console.error(`Kafdeck cannot start. ${error.message}`);
    else console.error('Kafdeck cannot start.', error);
    process.exit(1);
  }
}

/** Settings → listen → the embedded cluster and Next.js side by side → ready. */
async function start(flags: string[], development: boolean): Promise<void> {
  const startedAt = Date.now();
  projectRoot(ROOT);
  Object.assign(process.env, { NODE_ENV: development ? 'development' : 'production' });
  const settings = readSettings(flags, process.env, process.cwd());
  log().level = settings.logLevel;
  prepareDataDir(settings.dataDir);

  const http = new HttpServer({ allowedHosts: allowedHosts(settings), development });
  const port = await http.listen(settings.host, settings.port);

  const embedded = settings.embedded.enabled ? startEmbedded(settings) : null;
  const made: ConsoleProcess = { version: version(), startedAt, settings, embedded };
  setConsoleProcess(made);
  const app = next({
    dev: development,
    dir: ROOT,
    hostname: settings.host,
    port,
    httpServer: http.server,
  });
  closeOnSignals({ http, app, embedded });
  await (development ? app.prepare() : quietly(() => app.prepare()));
  http.serve(app.getRequestHandler());
  await embedded?.ready().catch(() => exitWithoutEmbedded(embedded));
  console.log(`Kafdeck is ready: ${addressOf(settings.host, port)}`);
}

function startEmbedded(settings: Settings): EmbeddedCluster {
  const embedded = new EmbeddedCluster({
    program: join(ROOT, 'server/broker/main.mjs'),
    args: ['--data-dir', join(settings.dataDir, 'embedded'), '--port', String(settings.embedded.port)],
    execArgv: process.execArgv.filter((flag) => !/^--(?:min|max|heap)-/.test(flag)),
  });
  embedded.start();
  return embedded;
}

/** Its process has said on standard error why it cannot start. */
function exitWithoutEmbedded(embedded: EmbeddedCluster): void {
  if (embedded.state === 'failed') process.exit(1);
}

/** What is said by name is also what it is opened by: HOST=kafdeck.example.com needs no second setting. */
function allowedHosts({ host, allowedHosts: more }: Settings): string[] {
  return [host, ...more];
}

function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unusable';
    throw new SettingError(
      `The data folder ${dataDir} cannot be used (${code}); choose another with KAFDECK_DATA_DIR`,
    );
  }
}

/** Next.js tells how long its configuration took; who starts the console wants one line. Errors go their own way. */
async function quietly(action: () => Promise<void>): Promise<void> {
  const { log: print } = console;
  console.log = () => {};
  try {
    await action();
  } finally {
    console.log = print;
  }
}

function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}

function addressOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
