/**
 * Writes messages/*.ts, apis.ts and api-keys.ts from the message definitions inside Kafka's jars: names, types and versions only.
 *
 *   npm run protocol:generate [-- <jar or folder of definitions>…]
 *
 * Without arguments the jars come from Maven Central.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MessageDefinition, readDefinitions } from './definitions.ts';
import { apiName, camelCase, kebabCase, renderApi, renderMessage } from './render.ts';

const KAFKA_VERSION = '4.3.1';
const ARTIFACTS = [
  'kafka-clients',
  'kafka-group-coordinator',
  'kafka-share-coordinator',
  'kafka-transaction-coordinator',
  'kafka-metadata',
];
const PROTOCOL_FOLDER = join(import.meta.dirname, '..');

const scratch = mkdtempSync(join(tmpdir(), 'kafka-messages-'));
try {
  const sources = process.argv.length > 2 ? process.argv.slice(2) : fetchJars();
  const definitions = sources.flatMap((source, index) => readDefinitions(unpacked(source, index)));
  write(definitions);
} finally {
  rmSync(scratch, { recursive: true });
}

function fetchJars(): string[] {
  const folder = join(scratch, 'jars');
  for (const artifact of ARTIFACTS) {
    const coordinates = `org.apache.kafka:${artifact}:${KAFKA_VERSION}`;
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
    execFileSync('mvn', ['-q', '-B', goal, `-Dartifact=${coordinates}`, `-DoutputDirectory=${folder}`], {
      cwd: scratch,
      stdio: 'inherit',
    });
  }
  return ARTIFACTS.map((artifact) => join(folder, `${artifact}-${KAFKA_VERSION}.jar`));
}

/** The folder itself, or the definitions of a jar unpacked into the scratch folder. */
function unpacked(source: string, index: number): string {
  if (statSync(source).isDirectory()) return source;
  const folder = join(scratch, String(index));
  mkdirSync(folder);
  execFileSync('unzip', ['-q', source, 'common/*.json', '-d', folder], { stdio: 'inherit' });
  return folder;
}

function write(definitions: MessageDefinition[]): void {
  const requests = definitions.filter(({ type }) => type === 'request').sort((a, b) => a.apiKey! - b.apiKey!);
  const messagesFolder = join(PROTOCOL_FOLDER, 'messages');
  mkdirSync(messagesFolder, { recursive: true });
  for (const file of readdirSync(messagesFolder)) rmSync(join(messagesFolder, file));

  const current = requests.filter(({ validVersions }) => validVersions !== 'none');
  for (const request of current) {
    const response = definitions.find(
      ({ type, apiKey }) => type === 'response' && apiKey === request.apiKey,
    )!;
    if (
      response.validVersions !== request.validVersions ||
      response.flexibleVersions !== request.flexibleVersions
    )
      throw new Error(`${request.name} and ${response.name} differ in versions`);
    writeFileSync(join(messagesFolder, `${kebabCase(apiName(request))}.ts`), renderApi(request, response));
  }
  const others = definitions.filter(({ type }) => type !== 'request' && type !== 'response');
  for (const message of others)
    writeFileSync(join(messagesFolder, `${kebabCase(message.name)}.ts`), renderMessage(message));

  writeFileSync(join(PROTOCOL_FOLDER, 'apis.ts'), renderApis(current.map(apiName)));
  writeFileSync(join(PROTOCOL_FOLDER, 'api-keys.ts'), renderApiKeys(requests));
  console.log(`${current.length} APIs and ${others.length} other messages`);
}

function renderApis(names: string[]): string {
  const imports = names
    .map((name) => ({ name, file: kebabCase(name) }))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .map(({ name, file }) => `import { ${camelCase(name)}Api } from './messages/${file}.ts';\n`);
  return (
    `${imports.join('')}import type { Api } from './schema.ts';\n\n` +
    `/** Every API of Kafka ${KAFKA_VERSION}, by its key. Written by generate/main.ts. */\n` +
    'export const apiByKey: ReadonlyMap<number, Api<unknown, unknown>> = new Map(\n' +
    `  [\n${names.map((name) => `    ${camelCase(name)}Api,\n`).join('')}  ].map((api) => [api.key, api]),\n);\n`
  );
}

function renderApiKeys(requests: MessageDefinition[]): string {
  return (
    `/** The key of every API that Kafka has had up to ${KAFKA_VERSION}, the removed ones too. Written by generate/main.ts. */\n` +
    `export const API_KEY = {\n${requests.map((request) => `  ${apiName(request)}: ${request.apiKey},\n`).join('')}} as const;\n\n` +
    'const names = new Map<number, string>(Object.entries(API_KEY).map(([name, key]) => [key, name]));\n\n' +
    '/** The name of an API for people to read; of a key that is not known, the number. */\n' +
    `export function apiName(key: number): string {\n  return names.get(key) ?? \`api key \${key}\`;\n}\n`
  );
}
