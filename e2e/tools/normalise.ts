import type { ToolResult } from '../harness/official-tool.ts';

/** Makes alike what differs from run to run: ids, ports, times, and the order of what has none. */
export type Normaliser = (text: string) => string;

/** Which ids and addresses a cluster has. */
export interface ClusterFacts {
  /** `host:port` of each broker, in the order of their ids. */
  readonly addresses: readonly string[];
  /** The same of the listeners that ask for a name and a password. */
  readonly saslAddresses: readonly string[];
  /** All that it keeps on disk is below. */
  readonly dir: string;
}

const replaced =
  (pattern: RegExp, by: string): Normaliser =>
  (text) =>
    text.replace(pattern, by);

/** Kafka's own ids of topics, clusters, directories and clients, where they follow a name that says so. */
const everywhere: readonly Normaliser[] = [
  replaced(/(TopicId: |Cluster ID: |ClusterId: +|DirectoryId: |"directoryId": ?")[\w-]{22}/g, '$1<id>'),
  replaced(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>'),
  // How ToolRunner.java came to call the tool.
  replaced(/^\tat (java\.base\/)?(jdk\.internal\.reflect|java\.lang\.(reflect|Thread)|ToolRunner).*\n/gm, ''),
  // Brokers print the whole request, with addresses and memory, that lacks a permission.
  replaced(/Request Request\(.*\) needs /g, 'Request <request> needs '),
  replaced(/\.\.\. \d+ more/g, '... more'),
  replaced(/\$\$Lambda[^)(]*/g, '$$$$Lambda'),
];

/** Replicas that the controller chose: how many there are is compared, not which. */
export const placement: Normaliser = replaced(/(Leader: |Replicas: |Isr: |Elr: )([\d,]+)/g, '$1<brokers>');

export const sortedLines: Normaliser = (text) => text.split('\n').sort().join('\n');

/** Ids that members of the newer protocols give themselves, in a column. */
export const memberIds: Normaliser = replaced(/(?<= )[\w-]{22}(?= )/g, '<member>');

/** A list with commas that the tool took from a hash set; the pattern finds just the list. */
export const sortedList =
  (list: RegExp): Normaliser =>
  (text) =>
    text.replace(list, (found) => found.split(', ').sort().join(', '));

/** A group's coordinator leads a partition that the controller placed. */
export const coordinator: Normaliser = replaced(/127\.0\.0\.1:<p\d> +\(\d\)/g, '<coordinator>');

/** Every number of the text, where speeds and times are measured. */
export const numbers: Normaliser = replaced(/\d+(\.\d+)?/g, '<n>');

/** The same, but for those that have to be what they are. */
export const numbersBut =
  (...kept: string[]): Normaliser =>
  (text) =>
    text.replace(/\d+(\.\d+)?/g, (number) => (kept.includes(number) ? number : '<n>'));

export const matching =
  (pattern: RegExp, by: string): Normaliser =>
  (text) =>
    text.replace(pattern, by);

/** A tool's result as it is compared. */
export function normalised(
  result: ToolResult,
  facts: ClusterFacts,
  alike: readonly Normaliser[] = [],
  without?: RegExp,
): ToolResult {
  const all = [ofCluster(facts), ...everywhere, ...alike, withoutLines(without)];
  const clean = (text: string) => all.reduce((before, normalise) => normalise(before), text);
  return { status: result.status, stdout: clean(result.stdout), stderr: clean(result.stderr) };
}

function ofCluster({ addresses, saslAddresses, dir }: ClusterFacts): Normaliser {
  const ports = [
    ...addresses.map((address, index) => [portIn(address), `<p${index + 1}>`] as const),
    ...saslAddresses.map((address, index) => [portIn(address), `<s${index + 1}>`] as const),
  ];
  return (text) =>
    ports.reduce((before, [port, name]) => before.replaceAll(port, name), text.replaceAll(dir, '<dir>'));
}

const portIn = (address: string) => address.split(':').at(-1)!;

const withoutLines =
  (pattern: RegExp | undefined): Normaliser =>
  (text) =>
    pattern
      ? text
          .split('\n')
          .filter((line) => !pattern.test(line))
          .join('\n')
      : text;
