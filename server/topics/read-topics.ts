import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { TopicPage, TopicQuery } from '../../lib/contract/topics.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { answerBy } from '../snapshot/cluster-reads.ts';
import type { TopicConfigSummary } from '../snapshot/config-reader.ts';
import type { Known } from '../snapshot/on-demand.ts';
import { type Position, pageOf } from '../snapshot/page.ts';
import { type MissingPart, problemOf } from '../snapshot/read-problem.ts';
import type { SnapshotTopic } from '../snapshot/snapshot-topic.ts';
import { compareNames, orderValue, type TopicFilter } from '../snapshot/topic-index.ts';
import { topicRow } from './topic-row.ts';

/** Configs of the page's topics are waited for this long; the page is shown without them otherwise. */
const CONFIGS_WAIT_MS = 700;
/** How long an order by config counts is kept. */
const ORDER_KEPT_MS = 1000;

type SummaryOf = (topic: string) => Known<TopicConfigSummary>;

/** Topics, filtered, sorted and paged. Work grows with the page, not with the number of topics, once a filter was used. */
export async function readTopics(cluster: Cluster, query: TopicQuery): Promise<Unspoken<TopicPage>> {
  const snapshot = await cluster.snapshots.current();
  const { search = '', internal, health } = query;
  const filter: TopicFilter = { search, internal, health };
  const { items, total, nextCursor, summaryOf, problem } =
    query.sort === 'customConfigCount'
      ? await pageByConfigCount(cluster, snapshot.topics.list('name', filter), query)
      : await pageByOrder(cluster, snapshot.topics.list(query.sort, filter), query.sort, query);
  return {
    asOf: snapshot.asOf,
    problems: problem ? [...snapshot.problems, problem] : [...snapshot.problems],
    items: items.map((topic) => topicRow(topic, overridesOf(summaryOf(topic.name)))),
    total,
    nextCursor,
  };
}

interface TopicItems {
  items: SnapshotTopic[];
  total: number;
  nextCursor: string | null;
  summaryOf: SummaryOf;
  /** What is missing of the configs that the answer depends on. */
  problem: MissingPart | null;
}

async function pageByOrder(
  { reads }: Cluster,
  list: readonly SnapshotTopic[],
  sort: Exclude<TopicQuery['sort'], 'customConfigCount'>,
  query: TopicQuery,
): Promise<TopicItems> {
  const page = pageOf(list, query, (topic) => [orderValue(sort, topic), topic.name]);
  const names = page.items.map(({ name }) => name);
  const summaryOf = await reads.topicConfigs.read(names, Date.now() + CONFIGS_WAIT_MS);
  return { ...page, summaryOf, problem: configProblem(page.items, summaryOf) };
}

interface ConfigOrder {
  readonly at: number;
  readonly sorted: readonly { topic: SnapshotTopic; position: Position }[];
  readonly summaryOf: SummaryOf;
  readonly problem: MissingPart | null;
}

const configOrders = new WeakMap<readonly SnapshotTopic[], ConfigOrder>();

/** Needs the configs of every topic that matches; those not known yet stand before the others. */
async function pageByConfigCount(
  cluster: Cluster,
  list: readonly SnapshotTopic[],
  query: TopicQuery,
): Promise<TopicItems> {
  let order = configOrders.get(list);
  if (!order || Date.now() - order.at > ORDER_KEPT_MS) {
    const names = list.map(({ name }) => name);
    const summaryOf = await cluster.reads.topicConfigs.read(names, answerBy());
    const sorted = list
      .map((topic) => ({ topic, position: [overridesOf(summaryOf(topic.name)) ?? -1, topic.name] as const }))
      .sort((a, b) => a.position[0] - b.position[0] || compareNames(a.position[1], b.position[1]));
    order = { at: Date.now(), sorted, summaryOf, problem: configProblem(list, summaryOf) };
    configOrders.set(list, order);
  }
  const page = pageOf(order.sorted, query, ({ position }) => position);
  const items = page.items.map(({ topic }) => topic);
  return { ...page, items, summaryOf: order.summaryOf, problem: order.problem };
}

function overridesOf(summary: Known<TopicConfigSummary>): number | null {
  return summary && 'value' in summary ? summary.value.overrideCount : null;
}

/** One problem for all topics whose configs are missing. */
function configProblem(topics: readonly SnapshotTopic[], summaryOf: SummaryOf): MissingPart | null {
  const missing = topics.filter(({ name }) => overridesOf(summaryOf(name)) === null);
  const [first] = missing;
  if (!first) return null;
  const subject =
    missing.length === 1
      ? say('part.configsOfTopic', { topic: first.name })
      : say('part.configsOfTopics', { count: missing.length });
  for (const { name } of missing) {
    const summary = summaryOf(name);
    if (summary && 'failure' in summary) return problemOf(subject, summary.failure);
  }
  return {
    subject,
    code: 'broker_timeout',
    detail: say('reading.configs'),
    action: say('reading.configs.do'),
  };
}
