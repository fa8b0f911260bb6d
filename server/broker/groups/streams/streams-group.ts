import type { StreamsGroupTopologyValue } from '../../../protocol/messages/streams-group-topology-value.ts';
import { NO_PARTITIONS, type TopicPartitions } from '../assignors/assignor.ts';
import type { TaskAssignment } from '../assignors/sticky.ts';
import { ModernGroup } from '../modern-group.ts';
import { NO_EPOCHS, type PartitionEpochs } from '../topic-partitions.ts';
import type { ConfiguredTopology } from './configured-topology.ts';

/** Tasks that a member has, by subtopology; the active ones with the epoch in which it got them. */
export interface HeldTasks {
  readonly active: PartitionEpochs;
  readonly standby: TopicPartitions;
  readonly warmup: TopicPartitions;
}

export const NO_TASKS: HeldTasks = { active: NO_EPOCHS, standby: NO_PARTITIONS, warmup: NO_PARTITIONS };

/** The states of a member's reconciliation as its records number them (KIP-1071). */
export const STREAMS_MEMBER_STATE = { stable: 1, unrevoked: 2, unreleased: 3, unknown: 127 } as const;

/** A client of a streams application. Never changed: a change is another value. */
export interface StreamsMember {
  readonly id: string;
  readonly epoch: number;
  readonly previousEpoch: number;
  readonly state: number;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly topologyEpoch: number;
  /** Members of one process share its state directory. */
  readonly processId: string;
  /** Where the application answers interactive queries. */
  readonly userEndpoint: { readonly host: string; readonly port: number } | null;
  readonly clientTags: ReadonlyMap<string, string>;
  readonly assigned: HeldTasks;
  readonly pendingRevocation: HeldTasks;
}

export function newStreamsMember(id: string): StreamsMember {
  return {
    id,
    epoch: 0,
    previousEpoch: -1,
    state: STREAMS_MEMBER_STATE.stable,
    instanceId: null,
    rackId: null,
    clientId: '',
    clientHost: '',
    rebalanceTimeoutMs: -1,
    topologyEpoch: -1,
    processId: '',
    userEndpoint: null,
    clientTags: new Map(),
    assigned: NO_TASKS,
    pendingRevocation: NO_TASKS,
  };
}

/** The clock of a group whose first assignment waits for more members. */
export const FIRST_ASSIGNMENT = 'first assignment';

export type StreamsGroupState = 'Empty' | 'NotReady' | 'Assigning' | 'Reconciling' | 'Stable';

/** A streams group (KIP-1071): the clients of a Kafka Streams application, which the broker gives tasks. */
export class StreamsGroup extends ModernGroup<StreamsMember> {
  readonly type = 'streams';
  readonly protocolType = 'streams';
  readonly targets = new Map<string, TaskAssignment>();
  topology: StreamsGroupTopologyValue | null = null;
  /** The topology's epoch when all its topics were last found right, -1 when they were not. */
  validatedTopologyEpoch = -1;
  /** The settings that the last assignment was made with. */
  assignmentConfigs: ReadonlyMap<string, string> = new Map();
  /** The topology with what is known of its topics; null until somebody has looked. Not written down. */
  configured: ConfiguredTopology | null = null;
  /** The member that wants the whole application to stop. Not written down. */
  shutdownRequestedBy: string | null = null;
  /** Grows whenever a member that answers queries gets other tasks. Not written down. */
  endpointEpoch = 0;

  /** The first assignment waits for more members. */
  get waitsForMembers(): boolean {
    return this.clocks.isSet(FIRST_ASSIGNMENT);
  }

  get state(): StreamsGroupState {
    if (this.isEmpty) return 'Empty';
    if (this.topology === null || this.topology.epoch !== this.validatedTopologyEpoch) return 'NotReady';
    if (this.epoch > this.assignmentEpoch) return 'Assigning';
    for (const member of this.members.values()) {
      if (!isReconciledTo(member, this.assignmentEpoch)) return 'Reconciling';
    }
    return 'Stable';
  }

  /** The names of all topics that the topology reads. */
  subscribedTopics(): Set<string> {
    const names = new Set<string>();
    for (const subtopology of this.topology?.subtopologies ?? []) {
      for (const name of subtopology.sourceTopics) names.add(name);
      for (const { name } of subtopology.repartitionSourceTopics) names.add(name);
    }
    return names;
  }

  /** The subtopology that reads a topic. */
  subtopologyReading(topic: string): string | undefined {
    return this.topology?.subtopologies.find(
      ({ sourceTopics, repartitionSourceTopics }) =>
        sourceTopics.includes(topic) || repartitionSourceTopics.some(({ name }) => name === topic),
    )?.subtopologyId;
  }

  /** Whose processes hold a task in a role, given up ones included until they are gone. */
  processesWith(role: keyof HeldTasks, subtopology: string, partition: number): Set<string> {
    const processes = new Set<string>();
    for (const { processId, assigned, pendingRevocation } of this.members.values()) {
      const isHeld = [assigned, pendingRevocation].some((tasks) =>
        tasks[role].get(subtopology)?.has(partition),
      );
      if (isHeld) processes.add(processId);
    }
    return processes;
  }
}

export function isReconciledTo({ state, epoch }: StreamsMember, assignmentEpoch: number): boolean {
  return state === STREAMS_MEMBER_STATE.stable && epoch === assignmentEpoch;
}

/** Every topic that a topology reads or keeps state in. */
export function requiredTopics({ subtopologies }: StreamsGroupTopologyValue): Set<string> {
  const names = new Set<string>();
  for (const { sourceTopics, repartitionSourceTopics, stateChangelogTopics } of subtopologies) {
    for (const name of sourceTopics) names.add(name);
    for (const { name } of [...repartitionSourceTopics, ...stateChangelogTopics]) names.add(name);
  }
  return names;
}
