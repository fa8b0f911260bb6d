import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from './child.ts';
import { cacheDir, resultsDir } from './folders.ts';
import { registryArchive } from './kafka-jars.ts';
import { freePortBlock } from './ports.ts';

export interface Apicurio {
  /** Where it answers as Confluent's registry does. */
  readonly url: string;
  close(): Promise<void>;
}

const START_MS = 120_000;

/** Starts an Apicurio Registry that keeps everything in memory. */
export async function startApicurio(): Promise<Apicurio> {
  const folder = unpacked();
  const port = await freePortBlock(1);
  const jar = readdirSync(folder).find((name) => name.endsWith('-runner.jar'));
  if (!jar) throw new Error(`There is no registry in ${folder}`);
  mkdirSync(resultsDir, { recursive: true });
  const options = [
    `-Dquarkus.http.port=${port}`,
    '-Dquarkus.http.host=127.0.0.1',
    '-Xmx384m',
    '-XX:+UseSerialGC',
  ];
  const child = new Child('java', [...options, '-jar', join(folder, jar)], {
    cwd: folder,
    logFile: join(resultsDir, 'apicurio.log'),
  });
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
  const deadline = Date.now() + START_MS;
  for (;;) {
    const answer = await fetch(`${url}/subjects`).catch(() => null);
    if (answer?.ok) break;
    if (!child.isRunning || Date.now() > deadline)
      throw new Error(`The registry did not start:\n${child.output}`);
    await new Promise((resume) => setTimeout(resume, 200));
  }
  return {
    url,
    async close() {
      await child.stop();
    },
  };
}

function unpacked(): string {
  const archive = registryArchive();
  const folder = join(cacheDir, 'registry');
  if (existsSync(folder)) return folder;
  const incoming = `${folder}.incoming`;
  mkdirSync(incoming, { recursive: true });
  execFileSync('tar', ['--extract', '--gzip', '--file', archive, '--directory', incoming]);
  renameSync(incoming, folder);
  return folder;
}
