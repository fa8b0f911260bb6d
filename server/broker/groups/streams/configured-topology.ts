import { ERROR } from '../../../protocol/errors.ts';
import type {
  StreamsGroupTopologyValue,
  Subtopology,
} from '../../../protocol/messages/streams-group-topology-value.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { TopicsView } from '../topics-view.ts';

/** What a streams member is told beside its tasks, as StreamsGroupHeartbeat numbers it. */
export const STATUS = {
  staleTopology: 0,
  missingSourceTopics: 1,
  incorrectlyPartitionedTopics: 2,
  missingInternalTopics: 3,
  shutdownApplication: 4,
  assignmentDelayed: 5,
} as const;

export interface InternalTopic {
  readonly name: string;
  readonly partitionCount: number;
  /** -1: the broker's default. */
  readonly replicationFactor: number;
  readonly configs: ReadonlyMap<string, string>;
}

export interface ConfiguredSubtopology {
  readonly id: string;
  readonly taskCount: number;
  readonly isStateful: boolean;
  readonly sourceTopics: readonly string[];
  readonly repartitionSourceTopics: readonly InternalTopic[];
  readonly repartitionSinkTopics: readonly string[];
  readonly stateChangelogTopics: readonly InternalTopic[];
}

/** A topology with what follows from the topics that there are. */
export interface ConfiguredTopology {
  readonly epoch: number;
  /** In the order of their ids; null when the source topics are not right. */
  readonly subtopologies: readonly ConfiguredSubtopology[] | null;
  readonly missingTopics: readonly InternalTopic[];
  /** Why no tasks can be given out; null when they can. */
  readonly problem: { readonly status: number; readonly detail: string } | null;
}

class TopicProblem extends Error {
  override name = 'TopicProblem';
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/**
 * Looks at the topics of a topology: how many partitions its internal ones need, which of them are missing, how many tasks
 * there are (Kafka's InternalTopicManager).
 * @throws GroupRefusal STREAMS_INVALID_TOPOLOGY
 */
export function configureTopology(topology: StreamsGroupTopologyValue, view: TopicsView): ConfiguredTopology {
  const { epoch } = topology;
  try {
    throwIfSourcesAreMissing(topology, view);
    const counts = partitionCounts(topology, view);
    const subtopologies = topology.subtopologies
      .map((subtopology) => configured(subtopology, counts))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const missingTopics = missingInternalTopics(subtopologies, view);
    const problem =
      missingTopics.length === 0
        ? null
        : {
            status: STATUS.missingInternalTopics,
            detail: `Internal topics are missing: ${summary(missingTopics.map(({ name }) => name))}`,
          };
    return { epoch, subtopologies, missingTopics, problem };
  } catch (error) {
    if (!(error instanceof TopicProblem)) throw error;
    const problem = { status: error.status, detail: error.message };
    return { epoch, subtopologies: null, missingTopics: [], problem };
  }
}

type Counts = (topic: string) => number | undefined;

function throwIfSourcesAreMissing({ subtopologies }: StreamsGroupTopologyValue, view: TopicsView): void {
  const missing = new Set<string>();
  for (const { sourceTopics } of subtopologies) {
    for (const name of sourceTopics) if (view.topic(name) === undefined) missing.add(name);
  }
  if (missing.size === 0) return;
  throw new TopicProblem(
    STATUS.missingSourceTopics,
    `Source topics ${summary([...missing].sort())} are missing.`,
  );
}

function partitionCounts({ subtopologies }: StreamsGroupTopologyValue, view: TopicsView): Counts {
  const decided = new Map<string, number>();
  const countOf: Counts = (topic) => view.topic(topic)?.partitions.length ?? decided.get(topic);
  decideRepartitionTopics(subtopologies, decided, countOf);
  const fixed = new Set<string>();
  for (const { repartitionSourceTopics } of subtopologies) {
    for (const { name, partitions } of repartitionSourceTopics) if (partitions !== 0) fixed.add(name);
  }
  const internal = new Set(
    subtopologies.flatMap((each) => each.repartitionSourceTopics.map(({ name }) => name)),
  );
  for (const subtopology of subtopologies) {
    for (const group of subtopology.copartitionGroups) {
      const names = [
        ...group.sourceTopics.map((index) => subtopology.sourceTopics[index]!),
        ...group.repartitionSourceTopics.map((index) => subtopology.repartitionSourceTopics[index]!.name),
      ];
      copartition(new Set(names), fixed, internal, decided, countOf);
    }
  }
  for (const subtopology of subtopologies) {
    const most = mostPartitions(subtopology, countOf);
    for (const { name } of subtopology.stateChangelogTopics) decided.set(name, most);
  }
  return (topic) => decided.get(topic) ?? countOf(topic);
}

/** A repartition topic that says no number has as many partitions as the widest topic that is read to write it. */
function decideRepartitionTopics(
  subtopologies: readonly Subtopology[],
  decided: Map<string, number>,
  countOf: Counts,
): void {
  for (const { repartitionSourceTopics } of subtopologies) {
    for (const { name, partitions } of repartitionSourceTopics)
      if (partitions !== 0) decided.set(name, partitions);
  }
  for (let isOpen = true; isOpen; ) {
    isOpen = false;
    let advanced = false;
    for (const { repartitionSinkTopics, repartitionSourceTopics, sourceTopics } of subtopologies) {
      for (const sink of repartitionSinkTopics) {
        if (decided.has(sink)) continue;
        const known = [
          ...repartitionSourceTopics.map(({ name }) => decided.get(name)),
          ...sourceTopics.map((name) => countOf(name)),
        ].filter((count) => count !== undefined);
        if (known.length > 0) {
          decided.set(sink, Math.max(...known));
          advanced = true;
        } else isOpen = true;
      }
    }
    if (isOpen && !advanced) {
      throw new GroupRefusal(
        ERROR.STREAMS_INVALID_TOPOLOGY,
        'Failed to compute number of partitions for all repartition topics. There may be loops in the topology that cannot be resolved.',
      );
    }
  }
  const isUndecided = subtopologies.some((each) =>
    each.repartitionSourceTopics.some(({ name }) => !decided.has(name)),
  );
  if (!isUndecided) return;
  throw new GroupRefusal(
    ERROR.STREAMS_INVALID_TOPOLOGY,
    'Failed to compute number of partitions for all repartition topics, because a repartition source topic is never used as a sink topic.',
  );
}

/** Topics that are joined need the same number of partitions: repartition topics follow the others. */
function copartition(
  names: ReadonlySet<string>,
  fixed: ReadonlySet<string>,
  internal: ReadonlySet<string>,
  decided: Map<string, number>,
  countOf: Counts,
): void {
  if (names.size === 0) return;
  const count = (name: string) => decided.get(name) ?? countOf(name) ?? 0;
  const repartition = [...names].filter((name) => internal.has(name));
  const external = [...names].filter((name) => !internal.has(name));
  const unequal = (some: readonly string[]) => {
    const shown = [...some].sort().map((name) => `${name}=${count(name)}`);
    const detail = `Following topics do not have the same number of partitions: [{${shown.join(', ')}}]`;
    return new TopicProblem(STATUS.incorrectlyPartitionedTopics, detail);
  };
  const fixedHere = repartition.filter((name) => fixed.has(name));
  let wanted: number;
  if (external.length > 0) {
    wanted = count(external[0]!);
    if (external.some((name) => count(name) !== wanted)) throw unequal(external);
  } else if (fixedHere.length > 0) {
    wanted = count(fixedHere[0]!);
    if (fixedHere.some((name) => count(name) !== wanted)) throw unequal(repartition);
  } else wanted = Math.max(...repartition.map(count));
  for (const name of repartition) {
    if (fixed.has(name) && count(name) !== wanted) {
      throw new TopicProblem(
        STATUS.incorrectlyPartitionedTopics,
        `Number of partitions [${count(name)}] of repartition topic [${name}] doesn't match number of partitions [${wanted}] of the source topic.`,
      );
    }
    decided.set(name, wanted);
  }
}

function mostPartitions(
  { subtopologyId, sourceTopics, repartitionSourceTopics }: Subtopology,
  countOf: Counts,
) {
  const names = [...sourceTopics, ...repartitionSourceTopics.map(({ name }) => name)];
  if (names.length === 0) {
    throw new GroupRefusal(
      ERROR.STREAMS_INVALID_TOPOLOGY,
      `No source topics found for subtopology ${subtopologyId}`,
    );
  }
  return Math.max(...names.map((name) => countOf(name) ?? 0));
}

function configured(subtopology: Subtopology, countOf: Counts): ConfiguredSubtopology {
  const internal = ({
    name,
    partitions,
    replicationFactor,
    topicConfigs,
  }: Subtopology['stateChangelogTopics'][number]): InternalTopic => ({
    name,
    partitionCount: partitions === 0 ? (countOf(name) ?? 1) : partitions,
    replicationFactor: replicationFactor === 0 ? -1 : replicationFactor,
    configs: new Map(topicConfigs.map(({ key, value }) => [key, value])),
  });
  return {
    id: subtopology.subtopologyId,
    taskCount: mostPartitions(subtopology, countOf),
    isStateful: subtopology.stateChangelogTopics.length > 0,
    sourceTopics: subtopology.sourceTopics,
    repartitionSourceTopics: subtopology.repartitionSourceTopics.map(internal),
    repartitionSinkTopics: subtopology.repartitionSinkTopics,
    stateChangelogTopics: subtopology.stateChangelogTopics.map(internal),
  };
}

function missingInternalTopics(
  subtopologies: readonly ConfiguredSubtopology[],
  view: TopicsView,
): InternalTopic[] {
  const missing = new Map<string, InternalTopic>();
  for (const { repartitionSourceTopics, stateChangelogTopics } of subtopologies) {
    for (const topic of [...repartitionSourceTopics, ...stateChangelogTopics]) {
      const found = view.topic(topic.name)?.partitions.length;
      if (found === undefined) missing.set(topic.name, topic);
      else if (found !== topic.partitionCount) {
        throw new TopicProblem(
          STATUS.incorrectlyPartitionedTopics,
          `Existing topic ${topic.name} has different number of partitions: expected ${topic.partitionCount}, found ${found}`,
        );
      }
    }
  }
  return [...missing.values()];
}

function summary(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} additional topics` : shown;
}
