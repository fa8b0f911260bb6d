import { Failure } from '../../lib/contract/failure.ts';
import type { MessageQuery, MessageTests } from '../../lib/contract/message-query.ts';
import type { SerdeName } from '../../lib/contract/serdes.ts';
import type { Cluster } from '../cluster.ts';
import { type Masking, maskingFor } from '../masking/masking-rules.ts';
import { TopicMask } from '../masking/topic-mask.ts';
import { type Serde, SerdeError } from '../serdes/serde.ts';
import { compileMessageTest } from './filter/message-test.ts';
import { MergedSource } from './merged-source.ts';
import { MessageParts } from './message-parts.ts';
import { type PlannedPartition, parsePositions, planReading, type ReadingPlan } from './reading-plan.ts';
import { OPEN_GATE } from './record-gate.ts';
import { RemoteReading } from './scan/remote-reading.ts';
import { scanPool } from './scan/scan-pool.ts';
import { packFailure } from './scan/transfer.ts';
import { type MessageSource, TopicReading } from './topic-reading.ts';
import { serdesOfTopic } from './topic-serdes.ts';
import { TopicView } from './topic-view.ts';

/** How long leaders are looked for before the stream begins without some. */
const START_PATIENCE_MS = 2500;
/** Fewer than this are searched by one thread. */
const SHARED_FROM_RECORDS = 20_000;

export type WantedMessages = Omit<MessageQuery, 'partition' | 'partitions'> & {
  /** Null: all. */
  partitions: readonly number[] | null;
};

export interface OpenOptions {
  /** The field of the request that names partitions. */
  field: string;
  /** Each message says which topic it is of. */
  isNamed: boolean;
  signal: AbortSignal;
}

/**
 * What a request wants of one topic. Reading goes on in this thread; searching, which looks at many more records than it
 * tells of, in others. Throws what the request has wrong, and what keeps every partition from being read.
 */
export async function openSources(
  cluster: Cluster,
  topicName: string,
  wanted: WantedMessages,
  { field, isNamed, signal }: OpenOptions,
): Promise<MessageSource[]> {
  const positions = parsePositions(wanted);
  const isSearch = !compileMessageTest(wanted).isEverything;
  const topic = await TopicView.open(cluster, topicName, {
    partitions: positions.named ?? [],
    field: wanted.partitions === null ? 'from' : field,
  });
  const masking = maskingFor(cluster.masking, topicName);
  refuseOtherSerdes(masking, wanted);
  const [plan, names] = await Promise.all([
    planReading(topic, positions.named ?? topic.partitions, positions, wanted, {
      patienceMs: START_PATIENCE_MS,
      signal,
    }),
    serdeNames(cluster, topicName, wanted, signal),
  ]);
  const { limit, follow, maxBytes } = wanted;
  const { start, end } = positions;
  const gate = {
    fromTimestamp: start.kind === 'timestamp' ? start.timestamp : OPEN_GATE.fromTimestamp,
    untilTimestamp: end?.kind === 'timestamp' ? end.timestamp : OPEN_GATE.untilTimestamp,
    committedOnly: wanted.isolation === 'committed',
    wantsControl: wanted.control && !isSearch,
  };
  const inOrderOfTime = Number.isFinite(limit);
  const options = { positions, limit, follow, inOrderOfTime, maxBytes };
  if (!isSearch) {
    // Who reads is likely to search next.
    scanPool().warm();
    const serdes = {
      key: serdeOf(cluster, names.key, 'keySerde'),
      value: serdeOf(cluster, names.value, 'valueSerde'),
    };
    const parts = new MessageParts({ topic: topicName, isNamed, maxBytes, serdes, masking });
    return [
      new TopicReading({
        ...options,
        topic,
        plan,
        gate: { ...gate, search: null, matches: null },
        tell: (partition, record) => parts.tell(partition, record),
      }),
    ];
  }
  return shares(plan, scanPool().width).map(
    (share) =>
      new RemoteReading(scanPool(), topic, {
        ...options,
        cluster: { id: cluster.id, connection: cluster.client.settings },
        topic: { name: topicName, topicId: topic.topicId, isNamed },
        plan: { order: share.order, partitions: share.partitions },
        missing: [...share.missing].map(([partition, why]) => [partition, packFailure(why)]),
        gate,
        tests: testsOf(wanted),
        serdes: { source: cluster.serdes.source, ...names },
        masking,
      }),
  );
}

/** Of several topics, or several threads: one stream of messages. */
export function mergeSources(
  topics: readonly { topic: string; sources: readonly MessageSource[] }[],
  wanted: Pick<WantedMessages, 'from' | 'order' | 'follow' | 'limit'>,
  { isNamed }: Pick<OpenOptions, 'isNamed'>,
): MessageSource {
  const [only] = topics;
  if (topics.length === 1 && only!.sources.length === 1 && !isNamed) return only!.sources[0]!;
  const isNewest = (wanted.order ?? (wanted.from === 'latest' ? 'newest' : 'oldest')) === 'newest';
  return new MergedSource({
    sources: topics.flatMap(({ topic, sources }) => sources.map((source) => ({ topic, source }))),
    order: isNewest && !wanted.follow ? 'newest' : 'oldest',
    limit: wanted.follow ? Number.POSITIVE_INFINITY : wanted.limit,
    inOrderOfTime: Number.isFinite(wanted.limit) && !wanted.follow,
    areTopicsNamed: isNamed,
  });
}

/** What is masked can only be read as its topic says. */
function refuseOtherSerdes(masking: Masking | null, { keySerde, valueSerde }: WantedMessages): void {
  const mask = new TopicMask(masking);
  if (keySerde) mask.refuseOtherSerde('key');
  if (valueSerde) mask.refuseOtherSerde('value');
}

async function serdeNames(
  cluster: Cluster,
  topic: string,
  { keySerde, valueSerde }: WantedMessages,
  signal: AbortSignal,
): Promise<{ key: SerdeName; value: SerdeName }> {
  if (keySerde) serdeOf(cluster, keySerde, 'keySerde');
  if (valueSerde) serdeOf(cluster, valueSerde, 'valueSerde');
  if (keySerde && valueSerde) return { key: keySerde, value: valueSerde };
  const { key, value } = await serdesOfTopic(cluster, topic, signal);
  return { key: keySerde ?? key, value: valueSerde ?? value };
}

/** Throws `invalid_request` with the field that names a serde which is not there. */
function serdeOf({ serdes }: Cluster, name: SerdeName, field: 'keySerde' | 'valueSerde'): Serde {
  try {
    return serdes.serdes.serde(name);
  } catch (error) {
    if (!(error instanceof SerdeError)) throw error;
    const message = error.sentence;
    throw new Failure('invalid_request', message, { fields: [{ field, message }] });
  }
}

/** The partitions shared out among threads, so that each has about as many records to look at. */
function shares(plan: ReadingPlan, width: number): ReadingPlan[] {
  const sizeOf = ({ start, end }: PlannedPartition) => end - start;
  const total = plan.partitions.reduce((sum, planned) => sum + sizeOf(planned), 0);
  const count = total < SHARED_FROM_RECORDS ? 1 : Math.min(width, plan.partitions.length);
  const shared = Array.from({ length: count }, () => ({ size: 0, partitions: [] as PlannedPartition[] }));
  for (const planned of plan.partitions.toSorted((one, other) => sizeOf(other) - sizeOf(one))) {
    const least = shared.reduce((one, other) => (other.size < one.size ? other : one));
    least.partitions.push(planned);
    least.size += sizeOf(planned);
  }
  return shared.map(({ partitions }, index) => ({
    order: plan.order,
    partitions,
    missing: index === 0 ? plan.missing : new Map(),
  }));
}

function testsOf({
  search,
  in: where,
  matchCase,
  wholeWord,
  regex,
  key,
  header,
  filter,
  tombstones,
  minSize,
  maxSize,
}: MessageTests): MessageTests {
  return {
    search,
    in: where,
    matchCase,
    wholeWord,
    regex,
    key,
    header,
    filter,
    tombstones,
    minSize,
    maxSize,
  };
}
