/**
 * `npm start`, `npm run dev`, `npm run build` and `npm run broker`: installs when the lock file says something else
 * than what is installed, builds when sources changed, then runs the program on the Node.js that the project brings.
 * Plain JavaScript for Node.js 20 without dependencies, for it runs before there are any.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIsCurrent, forgetBuild, markBuilt } from './build-stamp.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const NODE = join(ROOT, 'node_modules/node/bin/node');
const PROGRAMS = {
  start: ['<root>/server/start/main.mjs'],
  dev: ['<root>/server/start/main.mjs', '--dev'],
  broker: ['<root>/server/broker/main.mjs'],
};
/** node:sqlite is new to Node.js; kafkajs starts timers with times that have passed, which Node.js takes as 1 ms. */
const QUIET = ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];
/**
 * The young generation is kept small, but does not begin smaller: loading would collect it all the time. The old one is
 * collected before it has doubled: answers are short-lived (docs/decisions/0002).
 */
const NODE_FLAGS = {
  start: [...QUIET, '--min-semi-space-size=8', '--max-semi-space-size=8', '--heap-growing-percent=50'],
  dev: QUIET,
  broker: [...QUIET, '--max-semi-space-size=8'],
};
const [task = 'start', ...flags] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Kafdeck needs Node.js 20 or newer to start; this is ${process.versions.node}.`);
}
if (!isInstalled()) install();
if ((task === 'start' || task === 'build') && !buildIsCurrent(ROOT)) build();
if (task !== 'build') run();

/** Compares the lock file with npm's own record of what it installed. */
function isInstalled() {
  if (!existsSync(NODE)) return false;
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(join(ROOT, lockFile), 'utf8')).packages;
  } catch {
    return {};
  }
}

function install() {
  say('Installing packages (once, and after an update) …');
  // npm tells where it is; started without it, the one on the path is used.
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  step(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci did not succeed.');
  if (!existsSync(NODE))
    fail('The package "node" has no program for this system; Linux, macOS and Windows on x64 or arm64 do.');
}

function build() {
  forgetBuild(ROOT);
  say('Building (once, and after changes; about half a minute) …');
  step(NODE, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], 'The build did not succeed.');
  markBuilt(ROOT);
}

/** Runs one command; what it says is only shown when it fails. */
function step(command, args, failure) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: ROOT, env, maxBuffer: 1 << 28 });
  if (status === 0) return;
  process.stderr.write(stdout ?? '');
  process.stderr.write(stderr ?? '');
  fail(error ? `${failure} ${error.message}` : failure);
}

/** Hands over to the program: this process becomes it where Node.js can do that, and stands before it elsewhere. */
function run() {
  const args = [...NODE_FLAGS[task], ...PROGRAMS[task], ...flags].map((part) => part.replace('<root>', ROOT));
  if (task === 'start') say('Starting …');
  // glibc keeps a pool of memory for each thread; two are enough, and some 10 MB less.
  const env = { MALLOC_ARENA_MAX: '2', ...process.env };
  if (process.execve) process.execve(NODE, [NODE, ...args], env);
  const child = spawn(NODE, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code) => process.exit(code ?? 1));
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
