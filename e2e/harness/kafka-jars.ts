import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, projectDir } from './folders.ts';

export const KAFKA_VERSION = '4.3.1';

/** Class path of Apache Kafka and its tools; Maven brings the jars on the first call. */
export function kafkaClassPath(): string {
  return `${jarsOf('e2e/pom.xml', `kafka-${KAFKA_VERSION}`)}/*`;
}

/** Folder with the jars of Connect, MirrorMaker 2 and the Streams examples; Maven brings them on the first call. */
export function ecosystemJars(): string {
  return jarsOf('e2e/ecosystem/pom.xml', `ecosystem-${KAFKA_VERSION}`);
}

/** A schema registry as it is released; Maven brings it on the first call. */
export function registryArchive(): string {
  const folder = jarsOf('e2e/registry/pom.xml', 'registry-archive');
  return join(folder, readdirSync(folder)[0]!);
}

/** The folder of the tests' cache that has what a pom names. */
function jarsOf(pom: string, folder: string): string {
  const jars = join(cacheDir, folder);
  if (existsSync(jars)) return jars;
  mkdirSync(cacheDir, { recursive: true });
  const incoming = `${jars}.incoming`;
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${incoming}`];
  execFileSync('mvn', ['--quiet', '--batch-mode', '--file', join(projectDir, pom), ...goal], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  renameSync(incoming, jars);
  return jars;
}
