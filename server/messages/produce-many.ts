import { randomBytes } from 'node:crypto';
import { Failure } from '../../lib/contract/failure.ts';
import type { FieldError } from '../../lib/contract/problem.ts';
import type { ProduceManyBody, SendingLine } from '../../lib/contract/sending.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import {
  compileMessage,
  type MessageTemplateError,
  type RenderedMessage,
  templateErrors,
} from '../../lib/kafka/message-template/message-template.ts';
import { lineAndColumnOf } from '../../lib/kafka/message-template/template-error.ts';
import type { Cluster } from '../cluster.ts';
import { Pace } from './pace.ts';
import type { RecordToProduce } from './record-to-produce.ts';
import { PartitionChooser } from './sending/partition-chooser.ts';
import { Sending, type SendingItem, type SendingNote, type SendingSource } from './sending/sending.ts';
import { seriesEncoder } from './series-encoder.ts';
import { TopicView } from './topic-view.ts';

export interface Sent {
  signal: AbortSignal;
  /** Told when it is over: what the audit log keeps. */
  note: (note: SendingNote) => void;
}

/**
 * Makes a series of messages of a template and writes them, no faster than wanted. Throws `not_found` for the topic or the
 * field `partition`, `invalid_request` with the field and place of a mistake in a template, before anything is written.
 */
export async function produceMany(
  cluster: Cluster,
  topicName: string,
  body: ProduceManyBody,
  { signal, note }: Sent,
): Promise<AsyncIterable<Unspoken<SendingLine>>> {
  const topic = await TopicView.open(cluster, topicName, {
    partitions: body.partition === undefined ? [] : [body.partition],
    field: 'partition',
  });
  const series = new Series(cluster, topic, body);
  // What the first message cannot be made of is told before the stream begins.
  await series.message(body.first, Date.now());
  return Sending.begin(cluster.client, series, {
    subject: say('part.topic', { topic: topicName }),
    signal,
    note,
  });
}

class Series implements SendingSource {
  readonly total: number;
  readonly settledBefore: number;
  readonly #topic: TopicView;
  readonly #body: ProduceManyBody;
  readonly #render: (index: number, now: number) => RenderedMessage;
  readonly #encode: ReturnType<typeof seriesEncoder>;
  readonly #chooser: PartitionChooser;
  #index: number;

  constructor({ serdes }: Cluster, topic: TopicView, body: ProduceManyBody) {
    this.#topic = topic;
    this.#body = body;
    this.total = body.count;
    this.settledBefore = body.first;
    this.#index = body.first;
    this.#encode = seriesEncoder(serdes, topic.name, body);
    this.#render = rendererOf(body);
    this.#chooser = new PartitionChooser(topic);
  }

  next() {
    return { index: this.#index };
  }

  async *items(signal: AbortSignal): AsyncGenerator<SendingItem, void> {
    const { first, count, rate } = this.#body;
    const pace = new Pace(rate);
    while (this.#index < first + count) {
      const wait = pace.next(signal);
      if (wait) await wait;
      if (signal.aborted) return;
      const index = this.#index;
      this.#index += 1;
      yield await this.#itemOf({ index });
    }
  }

  async #itemOf(origin: { index: number }): Promise<SendingItem> {
    const { partition, compression } = this.#body;
    try {
      const record = await this.message(origin.index, Date.now());
      const to = partition ?? this.#chooser.choose(record.key);
      return { origin, topic: this.#topic, partition: to, record, compression };
    } catch (error) {
      if (error instanceof Failure) return { origin, refused: error };
      throw error;
    }
  }

  /** @throws Failure `invalid_request` when what was rendered cannot be written */
  async message(index: number, now: number): Promise<RecordToProduce> {
    try {
      const { timestamp, ...texts } = this.#render(index, now);
      const encoded = this.#encode(texts);
      const record = encoded instanceof Promise ? await encoded : encoded;
      return { ...record, timestamp: timestamp === null ? now : timeOf(timestamp) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new Failure('invalid_request', say('template.tooLong'), { cause: error });
    }
  }
}

/** Without templates every message is the same text. */
function rendererOf(body: ProduceManyBody): (index: number, now: number) => RenderedMessage {
  const texts = textsOf(body);
  if (!body.templates) return (index) => ({ ...texts, index });
  const errors = templateErrors(texts);
  if (errors.length > 0) throw invalidTemplates(errors);
  return compileMessage(texts, body.seed ?? randomBytes(16).toString('hex'));
}

function textsOf({ key, value, headers, timestamp }: ProduceManyBody) {
  return {
    key: key?.data ?? null,
    value: value?.data ?? null,
    headers: headers.map((header) => ({ key: header.key, value: header.value?.data ?? null })),
    timestamp: timestamp ?? null,
  };
}

function invalidTemplates(errors: readonly MessageTemplateError[]): Failure {
  const fields = errors.map(fieldOf);
  const { field, message } = fields[0]!;
  return new Failure('invalid_request', say('ofField', { field, message }), { fields });
}

function fieldOf({ field, template, reason }: MessageTemplateError): Unspoken<FieldError> {
  const { code, position, length, found, wanted } = reason;
  const { line, column } = lineAndColumnOf(template, position);
  const message = say('template.at', {
    line,
    column,
    reason: say(`template.${code}`, { found, wanted }),
  });
  return { field: field === 'timestamp' ? field : `${field}.data`, message, at: { line, column, length } };
}

/** Milliseconds of ISO 8601, in UTC where it names no zone, or of a number. */
function timeOf(text: string): number {
  const time = /^-?\d{1,15}$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isNaN(time)) return time;
  const message = say('template.badTimestamp', { text: text.slice(0, 80) });
  throw new Failure('invalid_request', say('ofField', { field: 'timestamp', message }), {
    fields: [{ field: 'timestamp', message }],
  });
}
