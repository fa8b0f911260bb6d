import type { Failure } from '../../../lib/contract/failure.ts';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import type { ResendBody, ResendPlan, ResendPlanLine } from '../../../lib/contract/resend.ts';
import type { MessageAddress } from '../../../lib/contract/sending.ts';
import type { Sentence, Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { resendCommands } from '../../../lib/kafka/resend-commands.ts';
import type { Cluster } from '../../cluster.ts';
import type { Registry } from '../../registry.ts';
import { asFailure } from '../../snapshot/read-problem.ts';
import { bytesOf } from '../sending/sending.ts';
import { FoundRuns } from './found-runs.ts';
import { targetCluster } from './resend-messages.ts';
import { openSelection, type Selected, type Selection, timeText } from './selection.ts';
import { type TargetContents, targetWarnings } from './target-warnings.ts';
import { Targets } from './targets.ts';

const SAMPLES = 3;
/** Of a key or value of a sample. */
const SAMPLE_CHARACTERS = 4096;
/** Topics whose configs are looked at. */
const MOST_TARGETS_CHECKED = 20;
/** Reasons why messages would be refused, told one by one. */
const MOST_REASONS = 10;
const PROGRESS_EVERY_MS = 500;

/**
 * What sending messages again will do: how many there are, where they go, what would be lost. Reads all of them; nothing is
 * sent. Throws what sending them would throw at once.
 */
export async function previewResend(
  cluster: Cluster,
  clusters: Registry['clusters'],
  body: ResendBody,
  signal: AbortSignal,
): Promise<AsyncIterable<Unspoken<ResendPlanLine>>> {
  const stop = new AbortController();
  const targets = new Targets(cluster, await targetCluster(cluster, clusters, body), body);
  await targets.open();
  const selection = await openSelection(cluster, body, AbortSignal.any([signal, stop.signal]));
  const preview = new ResendPreview(cluster, targets, body);
  const lines = preview.lines(selection);
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => lines.next(),
      return: () => {
        stop.abort();
        return lines.return();
      },
    }),
  };
}

class ResendPreview {
  readonly #source: Cluster;
  readonly #targets: Targets;
  readonly #body: ResendBody;
  readonly #found = new FoundRuns();
  readonly #contents = new Map<string, TargetContents>();
  readonly #refusals = new Map<string, { reason: Sentence; count: number }>();
  readonly #samples: Unspoken<Message>[] = [];
  #count = 0;
  #bytes = 0;

  constructor(source: Cluster, targets: Targets, body: ResendBody) {
    this.#source = source;
    this.#targets = targets;
    this.#body = body;
  }

  async *lines(selection: Selection): AsyncGenerator<Unspoken<ResendPlanLine>, void> {
    const { max = Number.POSITIVE_INFINITY } = this.#body;
    const items = selection.items();
    let toldAt = performance.now();
    yield this.#progress(selection);
    try {
      for await (const selected of items) {
        if (selected.kind !== 'progress') await this.#look(selected);
        if (performance.now() - toldAt >= PROGRESS_EVERY_MS) {
          yield this.#progress(selection);
          toldAt = performance.now();
        }
        if (this.#count >= max) break;
      }
    } finally {
      await items.return();
    }
    yield this.#progress(selection);
    yield await this.#plan(selection);
  }

  #progress(selection: Selection): Unspoken<ResendPlanLine> {
    return { type: 'progress', given: this.#count, bytes: this.#bytes, ...selection.scan() };
  }

  async #look(selected: Exclude<Selected, { kind: 'progress' }>): Promise<void> {
    if (selected.kind === 'missing') {
      this.#refuse(selected.failure);
      return;
    }
    const { topic, message } = selected;
    const source = { topic, partition: message.partition, offset: message.offset };
    this.#count += 1;
    this.#found.add(source);
    // What is sent is whole; what is masked is not shown for that.
    const isShown = this.#samples.length < SAMPLES && !this.#targets.isMasked(topic);
    if (isShown) this.#samples.push({ ...cut(message), topic });
    try {
      const target = await this.#targets.of(source, message, Date.now());
      const bytes = bytesOf(target.record);
      this.#bytes += bytes;
      this.#takeIn(target.topic, source, message, bytes);
    } catch (error) {
      this.#refuse(asFailure(error));
    }
  }

  #takeIn(
    { name, partitionCount }: { name: string; partitionCount: number },
    source: MessageAddress,
    { key, timestamp }: Unspoken<Message>,
    bytes: number,
  ): void {
    let contents = this.#contents.get(name);
    if (!contents) {
      contents = {
        topic: name,
        partitionCount,
        count: 0,
        withoutKey: 0,
        lastPartition: 0,
        largest: 0,
        oldest: null,
        isSource: false,
      };
      this.#contents.set(name, contents);
    }
    contents.count += 1;
    if (key === null || !this.#body.keep.key) contents.withoutKey += 1;
    contents.lastPartition = Math.max(contents.lastPartition, source.partition);
    contents.largest = Math.max(contents.largest, bytes);
    if (timestamp !== null) {
      contents.oldest = Math.min(contents.oldest ?? Number.POSITIVE_INFINITY, Date.parse(timestamp));
    }
    contents.isSource ||= source.topic === name && this.#targets.cluster.id === this.#source.id;
  }

  #refuse({ said: { detail } }: Failure): void {
    const known = this.#refusals.get(`${detail}`);
    if (known) known.count += 1;
    else this.#refusals.set(`${detail}`, { reason: detail, count: 1 });
  }

  async #plan(selection: Selection): Promise<Unspoken<ResendPlan>> {
    const contents = [...this.#contents.values()].sort((one, other) => other.count - one.count);
    const warned = await Promise.all(
      contents
        .slice(0, MOST_TARGETS_CHECKED)
        .map((target) => targetWarnings(this.#targets.cluster, target, this.#body)),
    );
    return {
      type: 'plan',
      operation: 'resend',
      changes: await this.#changes(contents),
      warnings: [...this.#refusedWarnings(), ...this.#unreadWarnings(selection), ...warned.flat()],
      ...this.#commands(contents),
      moves: [],
      bytesToMove: null,
      brokers: [],
      count: this.#count,
      bytes: this.#bytes,
      targets: contents.map(({ topic, count }) => ({ topic, count })),
      samples: this.#samples,
      request: this.#request(),
    };
  }

  async #changes(contents: readonly TargetContents[]) {
    const { cluster } = this.#targets;
    const wanted = contents.flatMap(({ topic, partitionCount }) =>
      Array.from({ length: partitionCount }, (_, partition) => ({ topic, partition })),
    );
    const offsetsOf = await cluster.reads.offsets.read(wanted, Date.now() + 2000);
    return contents.map(({ topic, partitionCount, count }) => {
      let held: number | null = 0;
      for (let partition = 0; partition < partitionCount && held !== null; partition++) {
        const offsets = offsetsOf(topic, partition);
        const isKnown = offsets && 'value' in offsets;
        held = isKnown ? held + offsets.value.logEndOffset - offsets.value.logStartOffset : null;
      }
      const isElsewhere = cluster.id !== this.#source.id;
      return {
        subject: isElsewhere
          ? say('plan.topicOfCluster', { topic, cluster: cluster.name })
          : say('plan.topic', { topic }),
        before: held === null ? say('plan.unknown') : say('count.messages', { count: held }),
        after:
          held === null
            ? say('plan.moreMessages', { count })
            : say('count.messages', { count: held + count }),
      };
    });
  }

  #refusedWarnings() {
    return [...this.#refusals.values()].slice(0, MOST_REASONS).map(({ reason, count }) => ({
      code: 'refused-messages',
      detail: say('warn.notSent', { count, reason }),
    }));
  }

  #unreadWarnings(selection: Selection) {
    return selection.problems().map(({ subject, detail }) => ({
      code: 'not-read',
      subject,
      detail: say('about', { subject, reason: detail }),
    }));
  }

  /** Kafka's tools send what lies between two offsets: what has gaps they cannot. */
  #commands(contents: readonly TargetContents[]) {
    const { runs } = this.#found;
    const [only, ...others] = contents;
    if (!runs || !only || others.length > 0) return { commands: [], files: [] };
    const { headers, key } = this.#body.keep;
    return resendCommands(this.#source, this.#targets.cluster, runs, { topic: only.topic, headers, key });
  }

  /** The same with its bounds fixed: what has been written since is not meant. */
  #request(): Unspoken<ResendPlan>['request'] {
    const { search, max: _, ...rest } = this.#body;
    if (!search) return rest as never;
    const from = this.#found.from;
    const fixed = {
      ...search,
      topics: search.topics.filter((topic) => from[topic] !== undefined),
      from,
      until: this.#found.until,
      partitions: undefined,
      ...timesOf(search),
    };
    return { ...rest, search: fixed } as never;
  }
}

type Search = NonNullable<ResendBody['search']>;

/** Times that the bounds were given by: between the offsets there may be messages of other times. */
function timesOf({ from, until, notBefore, before }: Search): Pick<Search, 'notBefore' | 'before'> {
  const first = notBefore ?? timeText(from);
  const end = before ?? timeText(until);
  return { ...(first ? { notBefore: first } : {}), ...(end ? { before: end } : {}) };
}

function cut(message: Unspoken<Message>): Unspoken<Message> {
  const { key, value, headers } = message;
  return {
    ...message,
    key: cutPayload(key),
    value: cutPayload(value),
    headers: headers.map((header) => ({ key: header.key, value: cutPayload(header.value) })),
  };
}

function cutPayload(payload: Unspoken<Payload> | null): Unspoken<Payload> | null {
  if (payload === null || payload.data.length <= SAMPLE_CHARACTERS) return payload;
  const { decoded: _, data, ...rest } = payload;
  return { ...rest, data: data.slice(0, SAMPLE_CHARACTERS), isTruncated: true };
}
