import { type MessageQuery, type MessageTests, messageTests } from '../../lib/contract/message-query.ts';
import type { SerdeName } from '../../lib/contract/serdes.ts';
import type { Cluster } from '../cluster.ts';
import { type Masking, maskingFor } from '../masking/masking-rules.ts';
import { TopicMask } from '../masking/topic-mask.ts';
import { compileMessageTest } from './filter/message-test.ts';
import { MessageParts } from './message-parts.ts';
import { sizeOf } from './offset-windows.ts';
import { type PlannedPartition, parsePositions, planReading, type ReadingPlan } from './reading-plan.ts';
import { OPEN_GATE } from './record-gate.ts';
import type { ScanWish } from './scan/order.ts';
import { scanPool } from './scan/scan-pool.ts';
import { packFailure } from './scan/transfer.ts';
import { TopicReading } from './topic-reading.ts';
import { checkSerde, serdesOfTopic } from './topic-serdes.ts';
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

/** A topic, and what a request wants of it. */
export class OpenedTopic {
  readonly topic: TopicView;
  readonly plan: ReadingPlan;
  /** Not every message is wanted. */
  readonly isSearch: boolean;
  readonly #cluster: Cluster;
  readonly #wanted: WantedMessages;
  readonly #isNamed: boolean;
  readonly #serdes: { readonly key: SerdeName; readonly value: SerdeName };
  readonly #masking: Masking | null;

  private constructor(
    cluster: Cluster,
    topic: TopicView,
    wanted: WantedMessages,
    opened: Pick<OpenedTopic, 'plan' | 'isSearch'> & {
      isNamed: boolean;
      serdes: { key: SerdeName; value: SerdeName };
      masking: Masking | null;
    },
  ) {
    this.#cluster = cluster;
    this.topic = topic;
    this.#wanted = wanted;
    this.plan = opened.plan;
    this.isSearch = opened.isSearch;
    this.#isNamed = opened.isNamed;
    this.#serdes = opened.serdes;
    this.#masking = opened.masking;
  }

  /** Throws what the request has wrong, and what keeps every partition from being read. */
  static async open(
    cluster: Cluster,
    name: string,
    wanted: WantedMessages,
    { field, isNamed, signal }: OpenOptions,
  ): Promise<OpenedTopic> {
    const positions = parsePositions(wanted);
    const isSearch = !compileMessageTest(wanted).isEverything;
    const topic = await TopicView.open(cluster, name, {
      partitions: positions.named ?? [],
      field: wanted.partitions === null ? 'from' : field,
    });
    const masking = maskingFor(cluster.masking, name);
    refuseOtherSerdes(masking, wanted);
    const [plan, serdes] = await Promise.all([
      planReading(topic, positions.named ?? topic.partitions, positions, wanted, {
        patienceMs: START_PATIENCE_MS,
        signal,
      }),
      serdeNames(cluster, name, wanted, signal),
    ]);
    return new OpenedTopic(cluster, topic, wanted, { plan, isSearch, isNamed, serdes, masking });
  }

  /** A reading in this thread, of everything there is. */
  reading(): TopicReading {
    const { topic, plan } = this;
    const { serdes } = this.#cluster.serdes;
    const parts = new MessageParts({
      topic: topic.name,
      isNamed: this.#isNamed,
      maxBytes: this.#wanted.maxBytes,
      serdes: {
        key: serdes.serde(this.#serdes.key),
        value: serdes.serde(this.#serdes.value),
      },
      masking: this.#masking,
    });
    return new TopicReading({
      ...this.#options,
      topic,
      plan,
      gate: { ...this.#gate, search: null, matches: null },
      tell: (partition, record) => parts.tell(partition, record),
    });
  }

  /**
   * Scans for as many threads as it is worth.
   *
   * @param sink what becomes of what is found
   * @param plan another one than its own
   */
  scans(sink: ScanWish['sink'], plan = this.plan): ScanWish[] {
    const [cluster, { name, topicId }] = [this.#cluster, this.topic];
    return shares(plan, scanPool().width).map(({ order, partitions, missing }) => ({
      ...this.#options,
      cluster: { id: cluster.id, connection: cluster.client.settings },
      topic: { name, topicId, isNamed: this.#isNamed },
      plan: { order, partitions },
      missing: [...missing].map(([partition, why]) => [partition, packFailure(why)] as const),
      gate: this.#gate,
      tests: testsOf(this.#wanted),
      serdes: { source: cluster.serdes.source, ...this.#serdes },
      masking: this.#masking,
      sink,
    }));
  }

  get #options() {
    const { limit, follow, maxBytes } = this.#wanted;
    const positions = parsePositions(this.#wanted);
    return { positions, limit, follow, inOrderOfTime: Number.isFinite(limit), maxBytes };
  }

  get #gate(): ScanWish['gate'] {
    const { start, end } = parsePositions(this.#wanted);
    const { isolation, control } = this.#wanted;
    return {
      fromTimestamp: start.kind === 'timestamp' ? start.timestamp : OPEN_GATE.fromTimestamp,
      untilTimestamp: end?.kind === 'timestamp' ? end.timestamp : OPEN_GATE.untilTimestamp,
      committedOnly: isolation === 'committed',
      wantsControl: control && !this.isSearch,
    };
  }
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
  if (keySerde) await checkSerde(cluster.serdes, keySerde, 'keySerde');
  if (valueSerde) await checkSerde(cluster.serdes, valueSerde, 'valueSerde');
  if (keySerde && valueSerde) return { key: keySerde, value: valueSerde };
  const { key, value } = await serdesOfTopic(cluster, topic, signal);
  return { key: keySerde ?? key, value: valueSerde ?? value };
}

/** The partitions shared out among threads, so that each has about as many records to look at. */
function shares(plan: ReadingPlan, width: number): ReadingPlan[] {
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

/** Only what is asked of a single message, as threads are given it. */
function testsOf(wanted: MessageTests): MessageTests {
  const names = Object.keys(messageTests) as (keyof MessageTests)[];
  return Object.fromEntries(names.map((name) => [name, wanted[name]])) as unknown as MessageTests;
}
