import { isUtf8 } from 'node:buffer';
import { Failure } from '../../lib/contract/failure.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { SerdeName, TopicSerdes } from '../../lib/contract/serdes.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { maskingFor } from '../masking/masking-rules.ts';
import { TopicMask } from '../masking/topic-mask.ts';
import type { ClusterSerdes, RecordPart } from '../serdes/cluster-serdes.ts';
import { type Detected, detectSerde, type SampledRecord } from '../serdes/detect-serde.ts';
import { SeenFields } from '../serdes/seen-fields.ts';
import { type Plain, SchemaNeeded, SerdeError } from '../serdes/serde.ts';
import { serdeByTopic } from '../serdes/serde-by-topic.ts';
import { asFailure } from '../snapshot/read-problem.ts';
import { sampleRecords } from './sample-records.ts';
import { TopicView } from './topic-view.ts';

/** How long it is believed what a topic holds; less where that is not certain. */
const BELIEVED_MS = 5 * 60_000;
const UNSETTLED_MS = 3000;
const MOST_TOPICS = 2000;

type PartSerde = Unspoken<TopicSerdes['key']>;

interface Looked {
  readonly topicId: string | null;
  readonly until: number;
  readonly records: readonly SampledRecord[];
  readonly key: Detected;
  readonly value: Detected;
}

const looked = new WeakMap<ClusterSerdes, Map<string, Looked>>();

/**
 * How a topic's keys and values are read: as somebody chose, else as the settings say, else as its newest records look.
 * Throws `not_found` for the topic only: what cannot be read for the moment is taken for text.
 */
export async function serdesOfTopic(
  cluster: Cluster,
  topicName: string,
  signal: AbortSignal,
): Promise<{ key: SerdeName; value: SerdeName }> {
  const mask = maskOf(cluster, topicName);
  const said = (part: RecordPart) =>
    cluster.serdes.choiceFor(topicName, part, !mask.masks(part))?.serde ?? certainSerde(topicName);
  const [key, value] = [said('key'), said('value')];
  if (key && value) return { key, value };
  const topic = await TopicView.open(cluster, topicName, { partitions: [], field: 'topic' });
  const known = await lookAt(cluster.serdes, topic, signal);
  return { key: key ?? known.key.serde, value: value ?? known.value.serde };
}

/** The same with reasons, what else can be chosen, and the fields of some messages. Throws `not_found` for the topic. */
export async function readTopicSerdes(
  cluster: Cluster,
  topicName: string,
  signal: AbortSignal,
): Promise<Unspoken<TopicSerdes>> {
  const { serdes } = cluster;
  const topic = await TopicView.open(cluster, topicName, { partitions: [], field: 'topic' });
  const known = await lookAt(serdes, topic, signal, { isFresh: true });
  const mask = maskOf(cluster, topicName);
  const told = (part: RecordPart): PartSerde =>
    serdes.choiceFor(topicName, part, !mask.masks(part)) ?? {
      serde: known[part].serde,
      source: 'detected',
      reason: known[part].reason,
    };
  const [key, value] = [told('key'), told('value')];
  const names = { key: key.serde, value: value.serde };
  const fields = await fieldsOf(serdes, known.records, names, mask);
  return {
    key,
    value,
    available: await serdes.serdes.available(),
    lookedAt: known.records.length,
    fields: fields.list(),
  };
}

/**
 * Remembers how a topic's keys or values are to be read from now on. Throws `invalid_request` for a serde that is not there,
 * `forbidden` for a part that is masked.
 */
export async function setTopicSerdes(
  cluster: Cluster,
  topicName: string,
  body: { key?: SerdeName | null | undefined; value?: SerdeName | null | undefined },
  signal: AbortSignal,
): Promise<Unspoken<TopicSerdes>> {
  await TopicView.open(cluster, topicName, { partitions: [], field: 'topic' });
  const parts = ['key', 'value'] as const;
  for (const part of parts) {
    const name = body[part];
    if (name) {
      maskOf(cluster, topicName).refuseOtherSerde(part);
      await checkSerde(cluster.serdes, name, part);
    }
  }
  for (const part of parts) {
    const name = body[part];
    if (name !== undefined) cluster.serdes.choose(topicName, part, name);
  }
  return readTopicSerdes(cluster, topicName, signal);
}

/** Rejects with `invalid_request` and the field that names a serde which cannot be used on the cluster. */
export async function checkSerde({ serdes }: ClusterSerdes, name: SerdeName, field: string): Promise<void> {
  try {
    await serdes.check(name);
  } catch (error) {
    if (!(error instanceof SerdeError)) throw error;
    const message = error.sentence;
    throw new Failure('invalid_request', message, { fields: [{ field, message }] });
  }
}

function certainSerde(topic: string): SerdeName | null {
  const known = serdeByTopic(topic);
  return known?.isCertain ? known.serde : null;
}

async function lookAt(
  serdes: ClusterSerdes,
  topic: TopicView,
  signal: AbortSignal,
  { isFresh = false } = {},
): Promise<Looked> {
  const topics = looked.get(serdes) ?? new Map<string, Looked>();
  looked.set(serdes, topics);
  const kept = topics.get(topic.name);
  if (kept && kept.topicId === topic.topicId && kept.until > Date.now() && !isFresh) return kept;
  const found = await looksLike(serdes, topic, signal);
  if (!topics.has(topic.name) && topics.size >= MOST_TOPICS) topics.delete(topics.keys().next().value!);
  // The records are for whoever asked: of each topic that is read they would fill the memory.
  topics.set(topic.name, { ...found, records: [] });
  return found;
}

async function looksLike(serdes: ClusterSerdes, topic: TopicView, signal: AbortSignal): Promise<Looked> {
  try {
    const records = await sampleRecords(topic, signal);
    const detect = (part: RecordPart) => detectSerde(serdes.serdes, topic.name, part, records);
    const [key, value] = await Promise.all([detect('key'), detect('value')]);
    const isSettled = key.isSettled && value.isSettled;
    const until = Date.now() + (isSettled ? BELIEVED_MS : UNSETTLED_MS);
    return { topicId: topic.topicId, until, records, key, value };
  } catch (error) {
    const failure = asFailure(error);
    if (signal.aborted) throw failure;
    const reason = say('detect.unread', { reason: failure.said.detail });
    const unknown: Detected = {
      serde: certainSerde(topic.name) ?? 'text',
      reason,
      isSettled: false,
    };
    const until = Date.now() + UNSETTLED_MS;
    return { topicId: topic.topicId, until, records: [], key: unknown, value: unknown };
  }
}

function maskOf({ masking }: Cluster, topic: string): TopicMask {
  return new TopicMask(maskingFor(masking, topic));
}

async function fieldsOf(
  serdes: ClusterSerdes,
  records: readonly SampledRecord[],
  names: { key: SerdeName; value: SerdeName },
  mask: TopicMask,
): Promise<SeenFields> {
  const fields = new SeenFields();
  for (const record of records) {
    const [key, value] = [
      await partValue(serdes, names.key, 'key', record, mask),
      await partValue(serdes, names.value, 'value', record, mask),
    ];
    const headers = mask.headers(record.headers).map((header) => ({
      key: header.key,
      value: header.value && (isUtf8(header.value) ? header.value.toString('utf8') : header.value),
    }));
    fields.add({ key, value, headers });
  }
  return fields;
}

/** A part's value as it is shown; undefined where there is none, it cannot be read, or is hidden. */
async function partValue(
  serdes: ClusterSerdes,
  name: SerdeName,
  part: RecordPart,
  record: SampledRecord,
  mask: TopicMask,
): Promise<Plain | undefined> {
  const bytes = record[part];
  if (bytes === null) return undefined;
  for (;;) {
    try {
      const decode = () => serdes.serdes.serde(name).decode(bytes, { part, ...record });
      return mask.masks(part) ? mask.shown(part, bytes, decode).plain : decode().value;
    } catch (error) {
      if (error instanceof SerdeError) return undefined;
      if (!(error instanceof SchemaNeeded)) throw error;
      await error.ready;
    }
  }
}
