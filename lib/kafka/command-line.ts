/**
 * Changes as the command lines of Kafka's own tools that do the same (Kafka 4; those of 3.x take them too). Where a tool
 * reads a file, its content comes along.
 */
import type { PartitionReplicas } from './topology.ts';

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

export function createTopicCommands(servers: readonly string[], topic: NewTopic): OfficialCommands {
  const words = [...tool('kafka-topics.sh', servers), '--create', ...option('--topic', topic.name)];
  if (topic.assignment) words.push('--replica-assignment', replicaAssignment(topic.assignment));
  if (topic.partitionCount !== undefined) words.push('--partitions', `${topic.partitionCount}`);
  if (topic.replicationFactor !== undefined) words.push('--replication-factor', `${topic.replicationFactor}`);
  const later: Record<string, string> = {};
  for (const [name, value] of Object.entries(topic.configs)) {
    // kafka-topics.sh splits at every "=" and takes no empty value; kafka-configs.sh does better.
    if (value.includes('=') || value.trim() === '') later[name] = value;
    else words.push('--config', `${name}=${value}`);
  }
  const created: OfficialCommands = { commands: [shellLine(words)], files: [] };
  if (Object.keys(later).length === 0) return created;
  const configured = alterConfigsCommands(servers, { type: 'topics', name: topic.name }, later);
  return { commands: [...created.commands, ...configured.commands], files: configured.files };
}

export function deleteTopicCommands(servers: readonly string[], topic: string): OfficialCommands {
  const words = [...tool('kafka-topics.sh', servers), '--delete', ...option('--topic', topicPattern(topic))];
  return { commands: [shellLine(words)], files: [] };
}

/** `assignment`: brokers of every partition, those that exist already first, as the tool wants it. */
export function addPartitionsCommands(
  servers: readonly string[],
  topic: string,
  count: number,
  assignment?: readonly (readonly number[])[],
): OfficialCommands {
  const words = [...tool('kafka-topics.sh', servers), '--alter', ...option('--topic', topicPattern(topic))];
  words.push('--partitions', `${count}`);
  if (assignment) words.push('--replica-assignment', replicaAssignment(assignment));
  return { commands: [shellLine(words)], files: [] };
}

export interface ConfigEntity {
  readonly type: 'topics' | 'brokers';
  readonly name: string;
}

/** A value sets, null goes back to the inherited value. */
export function alterConfigsCommands(
  servers: readonly string[],
  entity: ConfigEntity,
  changes: Readonly<Record<string, string | null>>,
): OfficialCommands {
  const set = Object.entries(changes).filter((entry): entry is [string, string] => entry[1] !== null);
  const unset = Object.keys(changes).filter((name) => changes[name] === null);
  const words = [...tool('kafka-configs.sh', servers), '--alter', '--entity-type', entity.type];
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
  return { commands: [shellLine(words)], files };
}

/** Starts the reassignment and shows how far it is; `before` is what takes it back. */
export function reassignmentCommands(
  servers: readonly string[],
  targets: readonly PartitionReplicas[],
  before: readonly PartitionReplicas[],
): OfficialCommands {
  const words = tool('kafka-reassign-partitions.sh', servers);
  words.push('--reassignment-json-file', 'reassignment.json');
  return {
    commands: [shellLine([...words, '--execute']), shellLine([...words, '--verify'])],
    files: [
      { name: 'reassignment.json', content: reassignmentFile(targets) },
      { name: 'rollback.json', content: reassignmentFile(before) },
    ],
  };
}

/** Elects the preferred leaders of these partitions, or of all. */
export function electLeadersCommands(
  servers: readonly string[],
  partitions: 'all' | readonly { readonly topic: string; readonly partition: number }[],
): OfficialCommands {
  const words = [...tool('kafka-leader-election.sh', servers), '--election-type', 'PREFERRED'];
  if (partitions === 'all') return { commands: [shellLine([...words, '--all-topic-partitions'])], files: [] };
  const [first, ...others] = partitions;
  if (first && others.length === 0) {
    words.push(...option('--topic', first.topic), '--partition', `${first.partition}`);
    return { commands: [shellLine(words)], files: [] };
  }
  const content = jsonLines(partitions.map(({ topic, partition }) => ({ topic, partition })));
  return {
    commands: [shellLine([...words, '--path-to-json-file', 'election.json'])],
    files: [{ name: 'election.json', content: `{"partitions":${content}}\n` }],
  };
}

export interface ConsumeOptions {
  readonly topic: string;
  readonly partition?: number;
  /** An offset needs a partition. */
  readonly from: 'earliest' | 'latest' | number;
  readonly limit?: number;
}

/** Prints records with partition, offset, timestamp, key and headers. */
export function consumeCommand(servers: readonly string[], options: ConsumeOptions): string {
  const words = [...tool('kafka-console-consumer.sh', servers), ...option('--topic', options.topic)];
  if (options.partition !== undefined)
    words.push('--partition', `${options.partition}`, '--offset', `${options.from}`);
  else if (options.from === 'earliest') words.push('--from-beginning');
  if (options.limit !== undefined) words.push('--max-messages', `${options.limit}`);
  for (const part of ['partition', 'offset', 'timestamp', 'key', 'headers'])
    words.push('--property', `print.${part}=true`);
  return shellLine(words);
}

/** Reads lines of `key:value` from standard input, or of values without `keySeparator`. */
export function produceCommand(servers: readonly string[], topic: string, keySeparator?: string): string {
  const words = [...tool('kafka-console-producer.sh', servers), ...option('--topic', topic)];
  if (keySeparator !== undefined)
    words.push('--property', 'parse.key=true', '--property', `key.separator=${keySeparator}`);
  return shellLine(words);
}

function tool(name: string, servers: readonly string[]): string[] {
  return [name, '--bootstrap-server', servers.join(',')];
}

/** A value that begins with "-" would be taken for an option of its own. */
function option(name: string, value: string): string[] {
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

function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** One word for a POSIX shell: as it is where that is safe, in single quotes elsewhere. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
