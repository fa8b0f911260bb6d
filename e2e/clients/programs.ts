import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir, projectDir } from '../harness/folders.ts';
import { kafkaClassPath } from '../harness/kafka-jars.ts';
import { underTest } from '../harness/under-test.ts';

const here = join(projectDir, 'e2e/clients');
const PATIENCE_MS = 280_000;
const executed = promisify(execFile);

/** Somebody's Kafka client, as a program: `<command> <scenario> <bootstrap> <topic> <group protocol>`. */
export interface ClientProgram {
  readonly name: string;
  readonly protocols: readonly ('classic' | 'consumer')[];
  /** Builds what has to be built, if it is not there yet. */
  prepare?(): Promise<void>;
  /** The program and its first arguments. */
  command(): [string, ...string[]];
}

const python = (script: string) => (): [string, string] => [
  join(underTest.pythonDir, 'bin/python'),
  join(here, script),
];

const quiet = ['-Dlog4j2.level=OFF', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const javaClasses = join(cacheDir, 'java-client');
const franzProgram = join(cacheDir, 'franz');

export const clientPrograms: readonly ClientProgram[] = [
  {
    name: 'Java',
    protocols: ['classic', 'consumer'],
    prepare: compileJava,
    command: () => ['java', ...quiet, '-cp', `${kafkaClassPath()}:${javaClasses}`, 'JavaClient'],
  },
  { name: 'librdkafka', protocols: ['classic', 'consumer'], command: python('confluent.py') },
  {
    name: 'franz-go',
    protocols: ['classic', 'consumer'],
    prepare: buildFranz,
    command: () => [franzProgram],
  },
  { name: 'kafka-python', protocols: ['classic'], command: python('kafka_python.py') },
  { name: 'kafkajs', protocols: ['classic'], command: () => [process.execPath, join(here, 'kafkajs.ts')] },
];

async function compileJava(): Promise<void> {
  if (existsSync(join(javaClasses, 'JavaClient.class'))) return;
  mkdirSync(javaClasses, { recursive: true });
  await executed('javac', ['-cp', kafkaClassPath(), '-d', javaClasses, join(here, 'JavaClient.java')]);
}

/** By the Go that comes with the Python environment. */
async function buildFranz(): Promise<void> {
  if (existsSync(franzProgram)) return;
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local' };
  await executed(join(underTest.pythonDir, 'bin/go'), ['build', '-o', franzProgram, '.'], {
    cwd: join(here, 'franz'),
    env,
  });
}

/** Runs one scenario. Rejects with what the program said when it fails or takes too long. */
export function runScenario(
  program: ClientProgram,
  scenario: string,
  topic: string,
  protocol: string,
): Promise<unknown> {
  const [command, ...args] = program.command();
  const asked = [...args, scenario, underTest.bootstrapServers, topic, protocol];
  return new Promise((settle, reject) => {
    const child = spawn(command, asked, { timeout: PATIENCE_MS, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = `${stderr}${text}`.slice(-4000);
    });
    child.once('error', reject);
    child.once('close', (status) => {
      const last = stdout.trim().split('\n').at(-1) ?? '';
      if (status === 0 && last.startsWith('{')) settle(JSON.parse(last));
      else reject(new Error(`${program.name} ended with ${status}\n${stdout}\n${stderr}`));
    });
  });
}
