import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, projectDir } from './folders.ts';

export const KAFKA_VERSION = '4.3.1';
const jarsDir = join(cacheDir, `kafka-${KAFKA_VERSION}`);

/** Class path of Apache Kafka and its tools; Maven brings the jars on the first call. */
export function kafkaClassPath(): string {
  if (!existsSync(jarsDir)) {
    mkdirSync(cacheDir, { recursive: true });
    const incoming = `${jarsDir}.incoming`;
    execFileSync(
      'mvn',
      [
        '--quiet',
        '--batch-mode',
        '--file',
        join(projectDir, 'e2e/pom.xml'),
        'dependency:copy-dependencies',
        `-DoutputDirectory=${incoming}`,
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    renameSync(incoming, jarsDir);
  }
  return `${jarsDir}/*`;
}
