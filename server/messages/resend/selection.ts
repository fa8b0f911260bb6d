import { Failure } from '../../../lib/contract/failure.ts';
import type { MessageQuery } from '../../../lib/contract/message-query.ts';
import type { Message, MessageEnd, MessageLine, MessageProgress } from '../../../lib/contract/messages.ts';
import type { ResendBody } from '../../../lib/contract/resend.ts';
import type { MessageAddress, SendingProgress } from '../../../lib/contract/sending.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../../cluster.ts';
import { maskingFor, NO_MASKING } from '../../masking/masking-rules.ts';
import { asFailure, type MissingPart } from '../../snapshot/read-problem.ts';
import { compileMessageTest } from '../filter/message-test.ts';
import { readMessages } from '../read-messages.ts';
import { parseStartPosition } from '../start-position.ts';

type Search = NonNullable<ResendBody['search']>;
/** By topic and partition. */
export type OffsetsByTopic = Record<string, Record<string, number>>;

/** What a selection gives, one by one; `missing` was named and is not there, `progress` tells that `scan()` has changed. */
export type Selected =
  | { readonly kind: 'message'; readonly topic: string; readonly message: Unspoken<Message> }
  | { readonly kind: 'missing'; readonly source: MessageAddress; readonly failure: Failure }
  | { readonly kind: 'progress' };

/** The messages of a re-sending, each partition's oldest first, topic by topic. */
export interface Selection {
  items(): AsyncGenerator<Selected, void>;
  scan(): Pick<SendingProgress, 'scanned' | 'remaining'>;
  problems(): readonly MissingPart[];
  /** What of a body asks for those that were not given; null when all were. */
  rest(): Pick<ResendBody, 'search' | 'messages'> | null;
}

/**
 * Throws what reading the first topic throws before its first message, and `forbidden` for a search in what is masked. Ends
 * when the signal fires. The messages are whole: where rules hide something of them, that is for the caller to look after.
 */
export async function openSelection(
  cluster: Cluster,
  { search, messages }: ResendBody,
  signal: AbortSignal,
): Promise<Selection> {
  const unmasked = { ...cluster, masking: NO_MASKING };
  if (messages) return new NamedMessages(unmasked, messages, signal);
  const isSearch = !compileMessageTest(search!).isEverything;
  if (isSearch && search!.topics.some((topic) => maskingFor(cluster.masking, topic) !== null)) {
    throw new Failure('forbidden', say('resend.maskedSearch'), { action: say('resend.maskedSearch.do') });
  }
  const found = new FoundMessages(unmasked, { ...search!, ...(isSearch ? {} : UNREAD) }, signal);
  await found.open();
  return found;
}

const WHOLE = { limit: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY } as const;
/** Nobody looks at what is in them, so no schema has to be fetched. */
const UNREAD = { keySerde: 'text', valueSerde: 'text' } as const;

class FoundMessages implements Selection {
  readonly #cluster: Cluster;
  readonly #search: Search;
  readonly #signal: AbortSignal;
  readonly #problems: MissingPart[] = [];
  readonly #given = new Map<string, Map<number, number>>();
  readonly #progress = new Map<string, Unspoken<MessageProgress>>();
  readonly #isThrough = new Set<string>();
  #first: AsyncIterable<Unspoken<MessageLine>> | null = null;

  constructor(cluster: Cluster, search: Search, signal: AbortSignal) {
    this.#cluster = cluster;
    this.#search = search;
    this.#signal = signal;
  }

  async open(): Promise<void> {
    this.#first = await this.#read(this.#topics[0]!);
  }

  async *items(): AsyncGenerator<Selected, void> {
    for (const topic of this.#topics) {
      if (this.#signal.aborted) return;
      const lines = this.#first ?? (await this.#read(topic));
      this.#first = null;
      yield* this.#itemsOf(topic, lines);
    }
  }

  scan() {
    const told = [...this.#progress.values()];
    const remaining = told.map((progress) => progress.remaining);
    const isOpen = remaining.includes(null) || told.length < this.#topics.length;
    return {
      scanned: told.reduce((sum, { scanned }) => sum + scanned, 0),
      remaining: isOpen ? null : remaining.reduce<number>((sum, offsets) => sum + offsets!, 0),
    };
  }

  problems() {
    return this.#problems;
  }

  rest() {
    const topics = this.#topics.filter((topic) => !this.#isThrough.has(topic));
    if (topics.length === 0) return null;
    const from: OffsetsByTopic = {};
    for (const topic of topics) {
      const positions = this.#positionsOf(topic);
      if (positions) from[topic] = positions;
    }
    const notBefore = this.#search.notBefore ?? timeText(this.#search.from);
    return { search: { ...this.#search, topics, from, ...(notBefore ? { notBefore } : {}) } };
  }

  get #topics(): string[] {
    return [...new Set(this.#search.topics)];
  }

  async *#itemsOf(
    topic: string,
    lines: AsyncIterable<Unspoken<MessageLine>>,
  ): AsyncGenerator<Selected, void> {
    const given = new Map<number, number>();
    this.#given.set(topic, given);
    for await (const line of lines) {
      if (line.type === 'progress') {
        this.#progress.set(topic, line);
        yield { kind: 'progress' };
      } else if (line.type === 'end') this.#ended(topic, line);
      else {
        given.set(line.partition, line.offset);
        if (this.#isBetween(line)) yield { kind: 'message', topic, message: line };
      }
    }
  }

  #ended(topic: string, { reason, problems }: Unspoken<MessageEnd>): void {
    this.#problems.push(...problems);
    if (reason === 'end-of-log' && problems.length === 0) this.#isThrough.add(topic);
  }

  #isBetween({ timestamp }: Unspoken<Message>): boolean {
    const { notBefore, before } = this.#search;
    if (notBefore === undefined && before === undefined) return true;
    const time = timestamp === null ? -1 : Date.parse(timestamp);
    if (notBefore !== undefined && time < Date.parse(notBefore)) return false;
    return before === undefined || time < Date.parse(before);
  }

  /** Where to read on: after the last message that was given, or where reading began. Null: it did not begin. */
  #positionsOf(topic: string): Record<string, number> | null {
    const { from } = this.#search;
    const progress = this.#progress.get(topic);
    if (!progress) return typeof from === 'object' ? (from[topic] ?? null) : null;
    const given = this.#given.get(topic);
    return Object.fromEntries(
      progress.partitions.map(({ partition, logStartOffset }) => {
        const last = given?.get(partition);
        const start = typeof from === 'object' ? from[topic]?.[partition] : undefined;
        return [partition, last === undefined ? (start ?? logStartOffset) : last + 1];
      }),
    );
  }

  #read(topic: string): Promise<AsyncIterable<Unspoken<MessageLine>>> {
    const { topics: _, notBefore: _from, before: _to, from, until, ...tests } = this.#search;
    const query: MessageQuery = {
      ...tests,
      ...WHOLE,
      from: typeof from === 'string' ? (from === 'latest' ? 'earliest' : from) : offsetsText(from[topic]),
      until: until === undefined || typeof until === 'string' ? until : untilText(until[topic]),
      order: 'oldest',
      follow: false,
      control: false,
    };
    return readMessages(this.#cluster, topic, query, this.#signal);
  }
}

/** Offsets that lie no further apart are read in one go. */
const SMALL_GAP = 100;

class NamedMessages implements Selection {
  readonly #cluster: Cluster;
  readonly #signal: AbortSignal;
  /** By topic, partition and offset. */
  readonly #named: readonly MessageAddress[];
  #given = 0;

  constructor(cluster: Cluster, named: readonly MessageAddress[], signal: AbortSignal) {
    this.#cluster = cluster;
    this.#signal = signal;
    const byPlace = new Map(named.map((one) => [`${one.topic} ${one.partition} ${one.offset}`, one]));
    this.#named = [...byPlace.values()].sort(
      (one, other) =>
        one.topic.localeCompare(other.topic) || one.partition - other.partition || one.offset - other.offset,
    );
  }

  async *items(): AsyncGenerator<Selected, void> {
    for (const run of runsOf(this.#named)) {
      if (this.#signal.aborted) return;
      yield* this.#itemsOf(run);
    }
  }

  scan() {
    return { scanned: this.#given, remaining: this.#named.length - this.#given };
  }

  problems() {
    return [];
  }

  rest() {
    const messages = this.#named.slice(this.#given);
    return messages.length === 0 ? null : { messages };
  }

  async *#itemsOf(run: readonly MessageAddress[]): AsyncGenerator<Selected, void> {
    let at = 0;
    const missingUpTo = function* (offset: number, failure: Failure): Generator<Selected, void> {
      for (; at < run.length && run[at]!.offset < offset; at++)
        yield { kind: 'missing', source: run[at]!, failure };
    };
    try {
      for await (const line of await this.#read(run)) {
        if (line.type !== 'message') {
          const [problem] = line.type === 'end' ? line.problems : [];
          if (problem) throw new Failure(problem.code, problem.detail, { action: problem.action });
          continue;
        }
        for (const missing of missingUpTo(line.offset, gone())) yield this.#counted(missing);
        if (run[at]?.offset !== line.offset) continue;
        yield this.#counted({ kind: 'message', topic: run[at]!.topic, message: line });
        at += 1;
      }
    } catch (error) {
      const failure = asFailure(error);
      // Offsets that are not in the log, and topics that there are not: the others may still be there.
      if (failure.code !== 'invalid_request' && failure.code !== 'not_found') throw failure;
      for (const missing of missingUpTo(Number.POSITIVE_INFINITY, failure)) yield this.#counted(missing);
    }
    if (this.#signal.aborted) return;
    for (const missing of missingUpTo(Number.POSITIVE_INFINITY, gone())) yield this.#counted(missing);
  }

  #counted(selected: Selected): Selected {
    this.#given += 1;
    return selected;
  }

  #read(run: readonly MessageAddress[]): Promise<AsyncIterable<Unspoken<MessageLine>>> {
    const { topic, partition, offset } = run[0]!;
    const query: MessageQuery = {
      ...WHOLE,
      ...UNREAD,
      from: `offsets:${partition}=${offset}`,
      until: `offsets:${partition}=${run.at(-1)!.offset + 1}`,
      order: 'oldest',
      isolation: 'uncommitted',
      follow: false,
      control: false,
      in: 'any',
      matchCase: false,
      wholeWord: false,
      tombstones: 'include',
    };
    return readMessages(this.#cluster, topic, query, this.#signal);
  }
}

/** Messages of one partition that lie close together. */
function* runsOf(named: readonly MessageAddress[]): Generator<MessageAddress[], void> {
  let run: MessageAddress[] = [];
  for (const one of named) {
    const last = run.at(-1);
    const isNear =
      last?.topic === one.topic && last.partition === one.partition && one.offset - last.offset <= SMALL_GAP;
    if (last && !isNear) {
      yield run;
      run = [];
    }
    run.push(one);
  }
  if (run.length > 0) yield run;
}

function gone(): Failure {
  return new Failure('not_found', say('resend.gone'));
}

function offsetsText(offsets: Record<string, number> | undefined): string {
  return offsets === undefined ? 'earliest' : `offsets:${pairs(offsets)}`;
}

function untilText(offsets: Record<string, number> | undefined): string | undefined {
  return offsets === undefined ? undefined : `offsets:${pairs(offsets)}`;
}

function pairs(offsets: Record<string, number>): string {
  return Object.entries(offsets)
    .map(([partition, offset]) => `${partition}=${offset}`)
    .join(',');
}

/** A bound that is a time, as an instant; undefined for any other. */
export function timeText(bound: Search['from'] | Search['until']): string | undefined {
  if (typeof bound !== 'string') return undefined;
  const position = parseStartPosition(bound);
  return position.kind === 'timestamp' ? new Date(position.timestamp).toISOString() : undefined;
}
