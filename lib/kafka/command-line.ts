/**
 * Changes as the command lines of Kafka's own tools that do the same (Kafka 4; those of 3.x take them too). Where a tool
 * reads a file, its content comes along.
 */
import { type ConnectionSecurity, clientProperties } from './client-properties.ts';
import type { PartitionReplicas } from './topology.ts';

/** The cluster that the tools are to connect to. */
export interface CommandTarget {
  readonly bootstrapServers: readonly string[];
  /** Null where brokers take plain connections; otherwise the tools read `client.properties`. */
  readonly security: ConnectionSecurity | null;
}

export interface CommandFile {
  readonly name: string;
  readonly content: string;
}

/** Commands to run in turn, in a POSIX shell, with the files in the current folder. */
export interface OfficialCommands {
  readonly commands: string[];
  readonly files: CommandFile[];
}

export interface NewTopic {
  readonly name: string;
  /** Absent: the cluster's default. */
  readonly partitionCount?: number;
  readonly replicationFactor?: number;
  /** Brokers of each partition, instead of the two counts. */
  readonly assignment?: readonly (readonly number[])[];
  readonly configs: Readonly<Record<string, string>>;
}

export function createTopicCommands(target: CommandTarget, topic: NewTopic): OfficialCommands {
  const words = [...tool('kafka-topics.sh', target), '--create', ...option('--topic', topic.name)];
  if (topic.assignment) words.push('--replica-assignment', replicaAssignment(topic.assignment));
  if (topic.partitionCount !== undefined) words.push('--partitions', `${topic.partitionCount}`);
  if (topic.replicationFactor !== undefined) words.push('--replication-factor', `${topic.replicationFactor}`);
  const later: Record<string, string> = {};
  for (const [name, value] of Object.entries(topic.configs)) {
    // kafka-topics.sh splits at every "=" and takes no empty value; kafka-configs.sh does better.
    if (value.includes('=') || value.trim() === '') later[name] = value;
    else words.push('--config', `${name}=${value}`);
  }
  if (Object.keys(later).length === 0) return official(target, [shellLine(words)]);
  const configured = alterConfigsCommands(target, { type: 'topics', name: topic.name }, later);
  return { commands: [shellLine(words), ...configured.commands], files: configured.files };
}

export function deleteTopicCommands(target: CommandTarget, topic: string): OfficialCommands {
  const words = [...tool('kafka-topics.sh', target), '--delete', ...option('--topic', topicPattern(topic))];
  return official(target, [shellLine(words)]);
}

/** `assignment`: brokers of every partition, those that exist already first, as the tool wants it. */
export function addPartitionsCommands(
  target: CommandTarget,
  topic: string,
  count: number,
  assignment?: readonly (readonly number[])[],
): OfficialCommands {
  const words = [...tool('kafka-topics.sh', target), '--alter', ...option('--topic', topicPattern(topic))];
  words.push('--partitions', `${count}`);
  if (assignment) words.push('--replica-assignment', replicaAssignment(assignment));
  return official(target, [shellLine(words)]);
}

export interface ConfigEntity {
  readonly type: 'topics' | 'brokers';
  readonly name: string;
}

/** A value sets, null goes back to the inherited value. */
export function alterConfigsCommands(
  target: CommandTarget,
  entity: ConfigEntity,
  changes: Readonly<Record<string, string | null>>,
): OfficialCommands {
  const set = Object.entries(changes).filter((entry): entry is [string, string] => entry[1] !== null);
  const unset = Object.keys(changes).filter((name) => changes[name] === null);
  const words = [...tool('kafka-configs.sh', target), '--alter', '--entity-type', entity.type];
  words.push(...option('--entity-name', entity.name));
  const files: CommandFile[] = [];
  if (set.every(([, value]) => canBeArgument(value))) {
    const added = set.map(([name, value]) => `${name}=${needsBrackets(value) ? `[${value}]` : value}`);
    if (added.length > 0) words.push('--add-config', added.join(','));
  } else {
    files.push({ name: 'configs.properties', content: propertiesFile(set) });
    words.push('--add-config-file', 'configs.properties');
  }
  if (unset.length > 0) words.push('--delete-config', unset.join(','));
  return official(target, [shellLine(words)], files);
}

/** Starts the reassignment and shows how far it is; `before` is what takes it back. */
export function reassignmentCommands(
  target: CommandTarget,
  targets: readonly PartitionReplicas[],
  before: readonly PartitionReplicas[],
): OfficialCommands {
  const words = tool('kafka-reassign-partitions.sh', target);
  words.push('--reassignment-json-file', 'reassignment.json');
  return official(
    target,
    [shellLine([...words, '--execute']), shellLine([...words, '--verify'])],
    [
      { name: 'reassignment.json', content: reassignmentFile(targets) },
      { name: 'rollback.json', content: reassignmentFile(before) },
    ],
  );
}

/** Elects the preferred leaders of these partitions, or of all. */
export function electLeadersCommands(
  target: CommandTarget,
  partitions: 'all' | readonly { readonly topic: string; readonly partition: number }[],
): OfficialCommands {
  const words = [...tool('kafka-leader-election.sh', target), '--election-type', 'PREFERRED'];
  if (partitions === 'all') return official(target, [shellLine([...words, '--all-topic-partitions'])]);
  const [first, ...others] = partitions;
  if (first && others.length === 0) {
    words.push(...option('--topic', first.topic), '--partition', `${first.partition}`);
    return official(target, [shellLine(words)]);
  }
  const content = jsonLines(partitions.map(({ topic, partition }) => ({ topic, partition })));
  return official(
    target,
    [shellLine([...words, '--path-to-json-file', 'election.json'])],
    [{ name: 'election.json', content: `{"partitions":${content}}\n` }],
  );
}

/** Deletes the records before an offset, partition by partition. */
export function deleteRecordsCommands(
  target: CommandTarget,
  partitions: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[],
): OfficialCommands {
  const words = [...tool('kafka-delete-records.sh', target), '--offset-json-file', 'offsets.json'];
  const content = jsonLines(partitions.map(({ topic, partition, offset }) => ({ topic, partition, offset })));
  return official(
    target,
    [shellLine(words)],
    [{ name: 'offsets.json', content: `{"version":1,"partitions":${content}}\n` }],
  );
}

export interface ConsumeOptions {
  readonly topic: string;
  readonly partition?: number;
  /** An offset needs a partition, and so does `latest` to be told from what a group has committed. */
  readonly from: 'earliest' | 'latest' | number;
  readonly limit?: number;
}

/** Prints records with partition, offset, timestamp, key and headers. */
export function consumeCommands(target: CommandTarget, options: ConsumeOptions): OfficialCommands {
  const words = [...tool('kafka-console-consumer.sh', target), ...option('--topic', options.topic)];
  if (options.partition !== undefined)
    words.push('--partition', `${options.partition}`, '--offset', `${options.from}`);
  else if (options.from === 'earliest') words.push('--from-beginning');
  if (options.limit !== undefined) words.push('--max-messages', `${options.limit}`);
  for (const part of ['partition', 'offset', 'timestamp', 'key', 'headers'])
    words.push('--property', `print.${part}=true`);
  return official(target, [shellLine(words)]);
}

/**
 * Reads one record with kcat, librdkafka's own tool: its key, a tab and its value. What stands in angle brackets is to be
 * filled in.
 */
export function kcatMessageCommand(
  { bootstrapServers, security }: CommandTarget,
  topic: string,
  partition: number,
  offset: number,
): string {
  const words = ['kcat', '-C', '-b', bootstrapServers.join(',')];
  for (const property of librdkafkaProperties(security)) words.push('-X', property);
  words.push('-t', topic, '-p', `${partition}`, '-o', `${offset}`, '-c', '1', '-f', '%k\\t%s\\n');
  return shellLine(words);
}

/** librdkafka has names of its own for some of Kafka's settings. */
function librdkafkaProperties(security: ConnectionSecurity | null): string[] {
  if (!security) return [];
  const { tls, clientCertificate, mechanism } = security;
  const properties = [`security.protocol=${mechanism ? 'SASL_' : ''}${tls ? 'SSL' : 'PLAINTEXT'}`];
  if (tls) properties.push('ssl.ca.location=<ca.pem>');
  if (tls && clientCertificate)
    properties.push('ssl.certificate.location=<client.pem>', 'ssl.key.location=<client.key>');
  if (mechanism === 'oauthbearer')
    properties.push(
      'sasl.mechanisms=OAUTHBEARER',
      'sasl.oauthbearer.method=oidc',
      'sasl.oauthbearer.token.endpoint.url=<token endpoint>',
      'sasl.oauthbearer.client.id=<client>',
      'sasl.oauthbearer.client.secret=<secret>',
    );
  else if (mechanism)
    properties.push(
      `sasl.mechanisms=${mechanism.toUpperCase()}`,
      'sasl.username=<user>',
      'sasl.password=<password>',
    );
  return properties;
}

/** Reads lines of `key:value` from standard input, or of values without `keySeparator`. */
export function produceCommands(
  target: CommandTarget,
  topic: string,
  keySeparator?: string,
): OfficialCommands {
  const words = [...tool('kafka-console-producer.sh', target), ...option('--topic', topic)];
  if (keySeparator !== undefined)
    words.push('--property', 'parse.key=true', '--property', `key.separator=${keySeparator}`);
  return official(target, [shellLine(words)]);
}

/** What a tool calls the file of its client's settings, where it is not `--command-config`: KIP-1147 gives all that name, but only from 4.2 on. */
const CONFIG_OPTIONS: Readonly<Record<string, string>> = {
  'kafka-leader-election.sh': '--admin.config',
  'kafka-console-consumer.sh': '--consumer.config',
  'kafka-console-producer.sh': '--producer.config',
};

/** The first words of a command; `file` is what it reads of a cluster that asks who one is. */
export function tool(
  name: string,
  { bootstrapServers, security }: CommandTarget,
  file: string = CLIENT_FILE,
): string[] {
  const words = [name, '--bootstrap-server', bootstrapServers.join(',')];
  return security ? [...words, CONFIG_OPTIONS[name] ?? '--command-config', file] : words;
}

const CLIENT_FILE = 'client.properties';

/** The commands with the files they read; that of a cluster that asks who one is comes last. */
function official(
  { security }: CommandTarget,
  commands: string[],
  files: readonly CommandFile[] = [],
): OfficialCommands {
  const client = security ? [{ name: CLIENT_FILE, content: clientProperties(security) }] : [];
  return { commands, files: [...files, ...client] };
}

/** A value that begins with "-" would be taken for an option of its own. */
export function option(name: string, value: string): string[] {
  return value.startsWith('-') ? [`${name}=${value}`] : [name, value];
}

/** kafka-topics.sh takes the topic to alter or delete as a regular expression: an open dot would match more topics. */
function topicPattern(topic: string): string {
  return topic.replaceAll('.', '\\.');
}

function replicaAssignment(assignment: readonly (readonly number[])[]): string {
  return assignment.map((replicas) => replicas.join(':')).join(',');
}

/** kafka-configs.sh splits its argument at commas and equals signs that are not in brackets, and trims. */
function needsBrackets(value: string): boolean {
  return /[,=]/.test(value);
}

/** It takes every bracket for such a one, so that values with brackets or spaces at the ends need a file. */
function canBeArgument(value: string): boolean {
  return !/[[\]]/.test(value) && value === value.trim();
}

/** java.util.Properties: backslash escapes; spaces only matter where a value starts with them. */
function propertiesFile(entries: readonly (readonly [string, string])[]): string {
  const escaped = (text: string): string =>
    text
      .replace(/[\\=:#!]/g, '\\$&')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')
      .replaceAll('\t', '\\t')
      .replace(/^ /, '\\ ')
      .replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return entries.map(([name, value]) => `${escaped(name)}=${escaped(value)}\n`).join('');
}

function reassignmentFile(targets: readonly PartitionReplicas[]): string {
  const partitions = targets.map(({ topic, partition, replicas }) => ({ topic, partition, replicas }));
  return `{"version":1,"partitions":${jsonLines(partitions)}}\n`;
}

/** A JSON array with one element a line, to be read and edited. */
function jsonLines(values: readonly unknown[]): string {
  return `[\n${values.map((value) => `  ${JSON.stringify(value)}`).join(',\n')}\n]`;
}

export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** One word for a POSIX shell: as it is where that is safe, in single quotes elsewhere. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
