import { Failure } from '../../../lib/contract/failure.ts';
import type {
  SendingEnd,
  SendingFailure,
  SendingLine,
  SendingProgress,
} from '../../../lib/contract/sending.ts';
import type { Sentence, Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { ClusterClient } from '../../client/cluster-client.ts';
import type { CompressionType } from '../../protocol/records/compression.ts';
import type { RecordToEncode } from '../../protocol/records/record-batch.ts';
import { asFailure, type MissingPart, problemOf } from '../../snapshot/read-problem.ts';
import { sumUpProblems } from '../sum-up-problems.ts';
import type { TopicView } from '../topic-view.ts';
import { RecordSender } from './record-sender.ts';
import { rememberSending } from './running-sendings.ts';
import { SettledPrefix } from './settled-prefix.ts';
import { WrittenRanges } from './written-ranges.ts';

/** Where a message comes from, as the contract names it. */
export type Origin = Pick<SendingFailure, 'index' | 'line' | 'source'>;

/** A message to be sent, or one that cannot be. */
export type SendingItem = { readonly origin: Origin } & (
  | {
      readonly topic: TopicView;
      readonly partition: number;
      readonly record: RecordToEncode;
      readonly compression?: CompressionType;
    }
  | { readonly refused: Failure }
);

export interface SendingSource {
  /** What is to be sent, in order. Ends early when the signal fires. */
  items(signal: AbortSignal): AsyncIterable<SendingItem>;
  /** How many there will be; null where that is not known. */
  readonly total: number | null;
  /** What counts as settled before anything was given: the number before the first one. */
  readonly settledBefore: number;
  /** Where the messages are read from, how far that is; absent where they are made. */
  scan?(): Pick<SendingProgress, 'scanned' | 'remaining'>;
  /** Where to go on after an early end. */
  next(): SendingEnd['next'];
  /** What could not be read. */
  problems?(): readonly MissingPart[];
  /** Whether the source ended because of a limit that was asked for. */
  isLimited?(): boolean;
}

/** What the audit log keeps. */
export interface SendingNote {
  reason: SendingEnd['reason'];
  acknowledged: number;
  refused: number;
  unsent: number;
  unknown: number;
  bytes: number;
  ranges: SendingEnd['ranges'];
  /** How many ranges there are, where these are not all. */
  rangeCount?: number;
}

interface Token {
  readonly origin: Origin;
  settle(): void;
}

/** With so many messages refused something is wrong with all of them, and every one is to be told. */
const MOST_REFUSED = 1000;
const NOTED_RANGES = 200;
/** How long others wait at most while messages are made. */
const YIELD_AFTER_MS = 8;
const PROGRESS_EVERY_MS = 500;
const CANCEL_CHECK_MS = 100;
/** For how long, after no more is wanted, what was handed over is still sent. */
const FLUSH_PATIENCE_MS = 3000;

/** One sending, from its first message until every one is acknowledged or told why not. */
export class Sending {
  readonly #source: SendingSource;
  readonly #subject: Sentence;
  readonly #begunAt = performance.now();
  readonly #ranges = new WrittenRanges();
  readonly #failures: Unspoken<SendingFailure>[] = [];
  readonly #prefix: SettledPrefix;
  readonly #stop = new AbortController();
  /** Fires when nothing more can be sent: the source need not go on. */
  readonly #enough = new AbortController();
  #sender!: RecordSender<Token>;
  #id = '';
  #given = 0;
  #acknowledged = 0;
  #refused = 0;
  #unsent = 0;
  #unknown = 0;
  #bytes = 0;
  #endedAt: number | null = null;

  private constructor(source: SendingSource, subject: Sentence) {
    this.#source = source;
    this.#subject = subject;
    this.#prefix = new SettledPrefix(source.settledBefore);
  }

  /**
   * Begins to send. The lines tell how it goes; it goes on whether somebody reads them or not, until it is done, the
   * signal fires, or the lines are left.
   *
   * @param subject what is sent, for problems
   * @param note told when it is over
   * @throws Failure when the cluster gives no producer id
   */
  static async begin(
    client: ClusterClient,
    source: SendingSource,
    options: { subject: Sentence; signal: AbortSignal; note: (note: SendingNote) => void },
  ): Promise<AsyncIterable<Unspoken<SendingLine>>> {
    const sending = new Sending(source, options.subject);
    sending.#sender = await RecordSender.open<Token>(client, sending.#events(), options.signal);
    const remembered = rememberSending();
    sending.#id = remembered.id;
    const stops = [options.signal, sending.#stop.signal, remembered.signal];
    const done = sending.#run(AbortSignal.any(stops)).then((end) => {
      remembered.forget();
      options.note(sending.#noteOf(end.reason));
      return end;
    });
    return sending.#lines(done);
  }

  #events() {
    return {
      acknowledged: (
        { topic, partition }: { topic: TopicView; partition: number },
        items: readonly { bytes: number; token: Token }[],
        firstOffset: number | null,
      ) => {
        this.#acknowledged += items.length;
        this.#ranges.add(topic.name, partition, firstOffset, items.length);
        for (const { bytes, token } of items) {
          this.#bytes += bytes;
          token.settle();
        }
      },
      lost: (
        items: readonly { token: Token }[],
        state: SendingFailure['state'],
        { code, said: { detail } }: Failure,
      ) => {
        if (state !== 'refused') this.#enough.abort();
        if (state === 'unsent') this.#unsent += items.length;
        else if (state === 'unknown') this.#unknown += items.length;
        for (const { token } of items) {
          this.#failures.push({ ...token.origin, state, code, detail });
          if (state === 'refused') this.#countRefused(token.settle);
        }
      },
    };
  }

  #countRefused(settle: () => void): void {
    this.#refused += 1;
    settle();
    if (this.#refused < MOST_REFUSED) return;
    this.#enough.abort();
    this.#sender.stop();
  }

  async #run(signal: AbortSignal): Promise<Unspoken<SendingEnd>> {
    let failure: Failure | null = null;
    try {
      await this.#give(signal);
    } catch (error) {
      failure = asFailure(error);
    }
    await this.#untilSettled(signal);
    this.#endedAt = performance.now();
    return this.#end(this.#sender.failure ?? failure, signal.aborted);
  }

  /** What was handed over is sent even when no more is wanted: then what was sent is what was given. */
  async #untilSettled(signal: AbortSignal): Promise<void> {
    const settled = this.#sender.settled();
    while (!signal.aborted) {
      if (
        (await within(
          settled.then(() => true),
          CANCEL_CHECK_MS,
        )) !== null
      )
        return;
    }
    if (
      (await within(
        settled.then(() => true),
        FLUSH_PATIENCE_MS,
      )) === null
    )
      this.#sender.stop();
    await settled;
  }

  /** Hands the messages over one by one, no faster than they are taken, and lets others have their turn. */
  async #give(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    let turnEndsAt = performance.now() + YIELD_AFTER_MS;
    const items = this.#source.items(AbortSignal.any([signal, this.#enough.signal]));
    for await (const item of items) {
      this.#given += 1;
      const { origin } = item;
      const settle = this.#prefix.begin(origin.line ?? this.#source.settledBefore + this.#given);
      if ('refused' in item) {
        const { code, said } = item.refused;
        this.#failures.push({ ...origin, state: 'refused', code, detail: said.detail });
        this.#countRefused(settle);
      } else {
        const { topic, partition, record, compression = 'none' } = item;
        const bytes = bytesOf(record);
        this.#sender.add(topic, partition, { record, bytes, compression, token: { origin, settle } });
      }
      if (signal.aborted || this.#enough.signal.aborted) return;
      if (this.#sender.isFull) await this.#sender.room(signal);
      if (performance.now() < turnEndsAt) continue;
      await new Promise((resolve) => setImmediate(resolve));
      turnEndsAt = performance.now() + YIELD_AFTER_MS;
    }
  }

  #lines(done: Promise<Unspoken<SendingEnd>>): AsyncIterable<Unspoken<SendingLine>> {
    const progress = () => this.#progress();
    async function* lines(): AsyncGenerator<Unspoken<SendingLine>, void> {
      yield progress();
      for (;;) {
        const end = await within(done, PROGRESS_EVERY_MS);
        yield progress();
        if (end) {
          yield end;
          return;
        }
      }
    }
    const generator = lines();
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => generator.next(),
        // Whoever leaves ends the sending; what became of it is noted before this is through.
        return: async () => {
          this.#stop.abort();
          await done;
          return { done: true, value: undefined };
        },
      }),
    };
  }

  #counts() {
    return {
      given: this.#given,
      acknowledged: this.#acknowledged,
      refused: this.#refused,
      bytes: this.#bytes,
      elapsedMs: Math.round((this.#endedAt ?? performance.now()) - this.#begunAt),
      settledUpTo: this.#prefix.upTo,
    };
  }

  #progress(): Unspoken<SendingProgress> {
    return {
      type: 'progress',
      id: this.#id,
      ...this.#counts(),
      total: this.#source.total,
      ...this.#source.scan?.(),
    };
  }

  #end(failure: Failure | null, isAborted: boolean): Unspoken<SendingEnd> {
    const reason = this.#reason(failure, isAborted);
    const problems = [...(this.#source.problems?.() ?? [])];
    if (failure && reason === 'failed') problems.push(problemOf(this.#subject, failure));
    else if (this.#refused >= MOST_REFUSED) problems.push(problemOf(this.#subject, tooManyRefused()));
    const scanned = this.#source.scan?.().scanned;
    return {
      type: 'end',
      reason,
      ...this.#counts(),
      ...(scanned === undefined ? {} : { scanned }),
      unsent: this.#unsent,
      unknown: this.#unknown,
      ranges: this.#ranges.all(),
      failures: this.#failures,
      problems: sumUpProblems(problems),
      ...(reason === 'done' ? {} : { next: this.#source.next() }),
    };
  }

  #reason(failure: Failure | null, isAborted: boolean): SendingEnd['reason'] {
    if (failure && failure.code !== 'cancelled') return 'failed';
    if (isAborted) return 'cancelled';
    const isLacking = (this.#source.problems?.() ?? []).length > 0;
    if (isLacking || this.#refused >= MOST_REFUSED) return 'failed';
    return this.#source.isLimited?.() ? 'limit' : 'done';
  }

  #noteOf(reason: SendingEnd['reason']): SendingNote {
    const ranges = this.#ranges.all();
    return {
      reason,
      acknowledged: this.#acknowledged,
      refused: this.#refused,
      unsent: this.#unsent,
      unknown: this.#unknown,
      bytes: this.#bytes,
      ranges: ranges.slice(0, NOTED_RANGES),
      ...(ranges.length > NOTED_RANGES ? { rangeCount: ranges.length } : {}),
    };
  }
}

function tooManyRefused(): Failure {
  return new Failure('refused_by_kafka', say('send.tooManyRefused', { count: MOST_REFUSED }), {
    action: say('send.tooManyRefused.do'),
  });
}

/** Bytes of key, value and headers. */
export function bytesOf({ key, value, headers = [] }: RecordToEncode): number {
  let bytes = lengthOf(key) + lengthOf(value);
  for (const header of headers) bytes += Buffer.byteLength(header.key) + lengthOf(header.value);
  return bytes;
}

function lengthOf(part: Uint8Array | string | null | undefined): number {
  if (part == null) return 0;
  return typeof part === 'string' ? Buffer.byteLength(part) : part.length;
}

/** What `done` gives, or null when it takes longer. */
async function within<Value>(done: Promise<Value>, milliseconds: number): Promise<Value | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, milliseconds, null);
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
