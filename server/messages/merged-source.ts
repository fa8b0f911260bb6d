import { Failure } from '../../lib/contract/failure.ts';
import type { Message, MessageEnd, MessageProgress } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { asFailure } from '../snapshot/read-problem.ts';
import { addUnevaluated, tellUnevaluated, type Unevaluated } from './filter/unevaluated.ts';
import { pause } from './pause.ts';
import { sumOf } from './sum-of.ts';
import { sumUpProblems } from './sum-up-problems.ts';
import type { MessageSource, ToldMessage } from './topic-reading.ts';
import { turn } from './turn.ts';

/** For how long the others wait for one that may come up with an earlier message. */
const HOLD_MS = 1000;
/** Sources say without a message how far they are, so that is looked at now and then. */
const LOOK_EVERY_MS = 10;

export interface MergeOptions {
  readonly sources: readonly { readonly topic: string; readonly source: MessageSource }[];
  readonly order: 'oldest' | 'newest';
  /** Messages at most; infinity for all. */
  readonly limit: number;
  /** False: as they come, which is faster. */
  readonly inOrderOfTime: boolean;
  /** The end says where to go on in each topic. */
  readonly areTopicsNamed: boolean;
}

/** One of several that are merged, with the message it would give next. */
class Lane {
  readonly topic: string;
  readonly source: MessageSource;
  readonly messages: AsyncGenerator<ToldMessage, void>;
  head: ToldMessage | null = null;
  headSince = 0;
  isDone = false;
  failure: Failure | null = null;
  #pull: Promise<void> | null = null;

  constructor(topic: string, source: MessageSource, signal: AbortSignal) {
    this.topic = topic;
    this.source = source;
    this.messages = source.messages(signal);
  }

  /** It has given, or may give, more than was taken. */
  get isOpen(): boolean {
    return !this.isDone || this.head !== null;
  }

  /** Settles when it has a head, or will have none. Never rejects. */
  pulled(): Promise<void> {
    if (this.head || this.isDone) return Promise.resolve();
    this.#pull ??= this.#next().finally(() => {
      this.#pull = null;
    });
    return this.#pull;
  }

  async #next(): Promise<void> {
    try {
      const { value, done } = await this.messages.next();
      if (done) this.isDone = true;
      else this.head = value;
      this.headSince = performance.now();
    } catch (error) {
      this.isDone = true;
      this.failure = asFailure(error);
    }
  }
}

/** Several sources as one: in order of time where that is wanted, up to a limit for all together. */
export class MergedSource implements MessageSource {
  readonly #options: MergeOptions;
  #lanes: Lane[] = [];
  #sent = 0;
  #isLimited = false;

  constructor(options: MergeOptions) {
    this.#options = options;
  }

  get matched(): number {
    return this.#sources.reduce((sum, { matched }) => sum + matched, 0);
  }

  get unevaluated(): Unevaluated {
    return addUnevaluated(this.#sources.map(({ unevaluated }) => unevaluated));
  }

  get timestamp(): number {
    const times = this.#sources.map(({ timestamp }) => timestamp);
    return this.#options.order === 'newest' ? Math.max(...times) : Math.min(...times);
  }

  async *messages(signal: AbortSignal): AsyncGenerator<ToldMessage, void> {
    const { sources, limit } = this.#options;
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    this.#lanes = sources.map(({ topic, source }) => new Lane(topic, source, both));
    try {
      for (;;) {
        const next = await this.#next(both);
        if (next === null) break;
        const told = next.head!;
        next.head = null;
        this.#sent += 1;
        yield told;
        if (this.#sent >= limit) {
          this.#isLimited = true;
          return;
        }
      }
    } finally {
      stop.abort();
      await Promise.all(this.#lanes.map((lane) => lane.messages.return().catch(() => {})));
    }
    const failures = this.#lanes.map(({ failure }) => failure);
    const refused = failures.find((failure) => failure?.code === 'invalid_request');
    if (refused) throw refused;
    const isCut = this.#lanes.some((lane) => lane.isOpen || lane.failure?.code === 'cancelled');
    if (signal.aborted && isCut) throw new Failure('cancelled', say('read.cancelled'));
    const [why] = failures;
    if (why && failures.every((failure) => failure !== null)) throw why;
  }

  progress(): Unspoken<MessageProgress> {
    const { areTopicsNamed } = this.#options;
    const all = this.#options.sources.map(({ topic, source }) => ({ topic, ...source.progress() }));
    const problems = sumUpProblems(all.flatMap((one) => one.problems ?? []));
    const isOpen = all.some(({ remaining }) => remaining === null);
    return {
      type: 'progress',
      scanned: sumOf(all, ({ scanned }) => scanned),
      matched: sumOf(all, ({ matched }) => matched),
      sent: this.#sent,
      bytes: sumOf(all, ({ bytes }) => bytes),
      elapsedMs: Math.max(0, ...all.map(({ elapsedMs }) => elapsedMs)),
      remaining: isOpen ? null : sumOf(all, ({ remaining }) => remaining ?? 0),
      partitions: all
        .flatMap(({ topic, partitions }) =>
          areTopicsNamed ? partitions.map((partition) => ({ topic, ...partition })) : partitions,
        )
        .toSorted((one, other) => (areTopicsNamed ? 0 : one.partition - other.partition)),
      ...tellUnevaluated(this.unevaluated),
      ...(problems.length > 0 ? { problems } : {}),
    };
  }

  end(error: unknown): Unspoken<MessageEnd> {
    const { order, areTopicsNamed, sources } = this.#options;
    const ends = sources.map(({ topic, source }, index) => {
      const lane = this.#lanes[index];
      const end = source.end(lane?.failure ?? (error === undefined ? undefined : error));
      return { topic, end, goOn: goOnOf(end, order, lane?.head?.message) };
    });
    const { scanned, matched } = this.progress();
    const reasons = ends.map(({ end }) => end.reason);
    const byPartition = Object.assign({}, ...ends.map(({ goOn }) => goOn)) as Record<string, number>;
    const byTopic: Record<string, Record<string, number>> = {};
    for (const { topic, goOn } of ends) byTopic[topic] = { ...byTopic[topic], ...goOn };
    return {
      type: 'end',
      reason: this.#isLimited ? 'limit' : reasonOf(reasons, error),
      scanned,
      matched,
      sent: this.#sent,
      nextFrom: order === 'newest' || areTopicsNamed ? {} : byPartition,
      ...(order === 'newest' && !areTopicsNamed ? { nextUntil: byPartition } : {}),
      ...(areTopicsNamed ? { next: byTopic } : {}),
      ...tellUnevaluated(this.unevaluated),
      problems: sumUpProblems(ends.flatMap(({ end }) => end.problems)),
    };
  }

  get #sources(): MessageSource[] {
    return this.#options.sources.map(({ source }) => source);
  }

  /** The lane whose message is next; null when all are done. */
  async #next(signal: AbortSignal): Promise<Lane | null> {
    for (;;) {
      const open = this.#lanes.filter((lane) => lane.isOpen);
      if (open.length === 0 || signal.aborted) return null;
      const pulls = open.map((lane) => lane.pulled());
      // What a source has on its way counts neither as told nor as still to come.
      if (this.#options.inOrderOfTime && open.some((lane) => !lane.head)) await turn();
      const refused = this.#lanes.some(({ failure }) => failure?.code === 'invalid_request');
      if (refused) return null;
      const first = this.#first(open);
      if (first) return first;
      const waiting = open.filter((lane) => lane.head === null);
      const isHolding = open.length > waiting.length;
      await Promise.race([
        ...pulls.filter((_, index) => open[index]!.head === null),
        ...(isHolding ? [pause(LOOK_EVERY_MS, signal)] : []),
      ]);
    }
  }

  /** The lane whose message goes before those of the others, as far as they have told. */
  #first(open: readonly Lane[]): Lane | null {
    const { order, inOrderOfTime } = this.#options;
    const sign = order === 'newest' ? -1 : 1;
    let first: Lane | null = null;
    for (const lane of open) {
      if (!lane.head) continue;
      if (!first || sign * lane.head.timestamp < sign * first.head!.timestamp) first = lane;
    }
    if (!first || !inOrderOfTime || performance.now() - first.headSince > HOLD_MS) return first;
    const { timestamp } = first.head!;
    const isBehind = open.some(
      (lane) => !lane.head && !lane.isDone && sign * lane.source.timestamp < sign * timestamp,
    );
    return isBehind ? null : first;
  }
}

/** Where to go on in the partitions of one source, with the message that was pulled and not given. */
function goOnOf(
  { nextFrom, nextUntil }: Unspoken<MessageEnd>,
  order: 'oldest' | 'newest',
  pulled: Unspoken<Message> | undefined,
): Record<string, number> {
  const goOn: Record<string, number> = { ...(order === 'newest' ? nextUntil : nextFrom) };
  if (!pulled) return goOn;
  const { partition, offset } = pulled;
  const at = goOn[partition] ?? offset;
  goOn[partition] = order === 'newest' ? Math.max(at, offset + 1) : Math.min(at, offset);
  return goOn;
}

function reasonOf(reasons: readonly MessageEnd['reason'][], error: unknown): MessageEnd['reason'] {
  if (error !== undefined) return asFailure(error).code === 'cancelled' ? 'cancelled' : 'failed';
  if (reasons.every((reason) => reason === 'failed')) return 'failed';
  return 'end-of-log';
}
