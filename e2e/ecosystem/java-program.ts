import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from '../harness/child.ts';
import { resultsDir } from '../harness/folders.ts';
import { ecosystemJars } from '../harness/kafka-jars.ts';

const LOG4J = `<Configuration status="error"><Appenders><Console name="out"><PatternLayout pattern="%p %c: %m%n%ex"/></Console></Appenders>
<Loggers><Root level="warn"><AppenderRef ref="out"/></Root></Loggers></Configuration>`;

/** A program from Kafka's jars, whose log has warnings and errors only. */
export class JavaProgram {
  readonly child: Child;

  constructor(name: string, mainClass: string, args: string[], folder: string) {
    const log4j = join(folder, 'log4j2.xml');
    writeFileSync(log4j, LOG4J);
    const jvm = ['-Xmx384m', '-XX:+UseSerialGC', `-Dlog4j2.configurationFile=${log4j}`];
    this.child = new Child('java', [...jvm, '-cp', `${ecosystemJars()}/*`, mainClass, ...args], {
      cwd: folder,
      logFile: join(resultsDir, `${name}.log`),
    });
  }

  /** Lines of its log that tell of errors. */
  get errors(): string[] {
    return this.child.output
      .split('\n')
      .filter((line) => line.startsWith('ERROR') || line.includes('Exception'));
  }
}

/** A properties file in the folder; gives its path. */
export function propertiesFile(folder: string, name: string, properties: Record<string, string>): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  return file;
}
