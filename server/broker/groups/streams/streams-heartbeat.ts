import { isDeepStrictEqual } from 'node:util';
import { ERROR } from '../../../protocol/errors.ts';
import type {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
} from '../../../protocol/messages/streams-group-heartbeat.ts';
import type { StreamsGroupTopologyValue } from '../../../protocol/messages/streams-group-topology-value.ts';
import type { Input } from '../../../protocol/schema.ts';
import type { GroupTable } from '../any-group.ts';
import type { TaskAssignment } from '../assignors/sticky.ts';
import type { GroupRecord } from '../group-home.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { GroupClient } from '../join-group.ts';
import { sameEpochs, samePartitions, withoutEpochs } from '../topic-partitions.ts';
import { hashOfTopics } from '../topics-view.ts';
import {
  type ConfiguredTopology,
  configureTopology,
  type InternalTopic,
  STATUS,
} from './configured-topology.ts';
import { reconcileTasks } from './reconcile-tasks.ts';
import { leaveStreamsGroup, watchRevocation, watchStreamsMember } from './streams-departures.ts';
import { partitionsByEndpoint } from './streams-endpoints.ts';
import {
  isReconciledTo,
  newStreamsMember,
  requiredTopics,
  type StreamsGroup,
  type StreamsMember,
} from './streams-group.ts';
import { openStreamsGroup, streamsMember, throwIfTasksAreUnknown } from './streams-membership.ts';
import {
  listedTasks,
  streamsCurrentRecord,
  streamsEpochRecord,
  streamsMemberRecord,
  tasksIn,
  topologyRecord,
} from './streams-records.ts';
import { streamsTarget, waitForFirstMembers, watchFirstAssignment } from './streams-target.ts';

type Answer = Input<StreamsGroupHeartbeatResponse>;
type Status = { statusCode: number; statusDetail: string };

export interface StreamsHeartbeat {
  readonly answer: Answer;
  /** Internal topics that the application needs and nobody has made. */
  readonly missingTopics: readonly InternalTopic[];
}

/** Serves StreamsGroupHeartbeat (KIP-1071) for a group that is led here. @throws GroupRefusal */
export async function streamsHeartbeat(
  shard: GroupTable,
  request: StreamsGroupHeartbeatRequest,
  client: GroupClient,
): Promise<StreamsHeartbeat> {
  const { groupId, memberId, memberEpoch } = request;
  if (memberEpoch < 0) return { answer: await leaveStreamsGroup(shard, request), missingTopics: [] };
  const isJoining = memberEpoch === 0;
  const records: GroupRecord[] = [];
  const group = openStreamsGroup(shard, groupId, isJoining, records);
  const owned = ownedTasks(request);
  const member = streamsMember(group, memberId, memberEpoch, owned) ?? newStreamsMember(memberId);
  const updated = withProfile(member, request, client);
  const status: Status[] = [];

  let isBumped = false;
  if (!sameProfile(member, updated)) {
    records.push(streamsMemberRecord(groupId, updated));
    isBumped = true;
  }
  const topology = takeTopology(group, request, records);
  if (group.topology !== null && updated.topologyEpoch < group.topology.epoch) {
    const statusDetail = `The member's topology epoch ${updated.topologyEpoch} is behind the group's topology epoch ${group.topology.epoch}.`;
    status.push({ statusCode: STATUS.staleTopology, statusDetail });
  }
  const { configured, metadataHash } = configure(group, topology, shard);
  if (metadataHash !== group.metadataHash) isBumped = true;
  const validatedTopologyEpoch = configured.problem === null ? topology.epoch : -1;
  if (configured.problem === null) throwIfTasksAreUnknown(configured, owned);
  if (validatedTopologyEpoch !== group.validatedTopologyEpoch) isBumped = true;
  const assignmentConfigs = new Map([
    ['num.standby.replicas', String(shard.groupNumber(groupId, 'streams.num.standby.replicas'))],
  ]);
  if (!isDeepStrictEqual(assignmentConfigs, group.assignmentConfigs)) isBumped = true;
  const epoch = isBumped ? group.epoch + 1 : group.epoch;
  if (isBumped) {
    records.push(
      streamsEpochRecord(groupId, { epoch, metadataHash, validatedTopologyEpoch, assignmentConfigs }),
    );
  }
  const waits = group.waitsForMembers || (group.isEmpty && waitForFirstMembers(group) > 0);
  const target = streamsTarget(group, epoch, updated, configured, assignmentConfigs, waits, records);
  if (target.delay !== null) {
    status.push({ statusCode: STATUS.assignmentDelayed, statusDetail: target.delay });
  }
  const settled = progress(group, updated, target, owned, records);

  const errorCode = await shard.write(records, () => {
    const now = shard.groups.get(groupId);
    if (now?.type !== 'streams') return;
    now.configured = configured;
    now.needsRefresh = false;
    if (waits) watchFirstAssignment(shard, now);
    watchStreamsMember(shard, now, memberId);
    watchRevocation(shard, now, settled);
    if (request.shutdownApplication) now.shutdownRequestedBy ??= memberId;
  });
  if (errorCode !== ERROR.NONE) throw new GroupRefusal(errorCode, '');
  const now = shard.groups.get(groupId);
  const current = now?.type === 'streams' ? now : group;
  if (configured.problem !== null) {
    status.push({ statusCode: configured.problem.status, statusDetail: configured.problem.detail });
  }
  if (current.shutdownRequestedBy !== null) {
    const statusDetail = `Streams group member ${current.shutdownRequestedBy} encountered a fatal error and requested a shutdown for the entire application.`;
    status.push({ statusCode: STATUS.shutdownApplication, statusDetail });
  }
  const answer = answerFor(shard, current, request, member, settled, status);
  return { answer, missingTopics: configured.missingTopics };
}

function answerFor(
  shard: GroupTable,
  group: StreamsGroup,
  { groupId, memberEpoch, endpointInformationEpoch }: StreamsGroupHeartbeatRequest,
  member: StreamsMember,
  settled: StreamsMember,
  status: Status[],
): Answer {
  const { assigned } = settled;
  const tellsTasks = memberEpoch === 0 || !sameTasks(member, settled);
  if (tellsTasks && settled.userEndpoint !== null) group.endpointEpoch += 1;
  const tasks = tellsTasks
    ? {
        activeTasks: listedTasks(withoutEpochs(assigned.active)),
        standbyTasks: listedTasks(assigned.standby),
        warmupTasks: listedTasks(assigned.warmup),
      }
    : {};
  return {
    errorCode: ERROR.NONE,
    memberId: settled.id,
    memberEpoch: settled.epoch,
    heartbeatIntervalMs: shard.groupNumber(groupId, 'streams.heartbeat.interval.ms'),
    status,
    ...tasks,
    endpointInformationEpoch: group.endpointEpoch,
    partitionsByUserEndpoint:
      group.endpointEpoch === endpointInformationEpoch ? null : partitionsByEndpoint(group, shard.topics),
  };
}

function ownedTasks({
  activeTasks,
  standbyTasks,
  warmupTasks,
}: StreamsGroupHeartbeatRequest): TaskAssignment | null {
  if (activeTasks === null || standbyTasks === null || warmupTasks === null) return null;
  return { active: tasksIn(activeTasks), standby: tasksIn(standbyTasks), warmup: tasksIn(warmupTasks) };
}

function withProfile(
  member: StreamsMember,
  request: StreamsGroupHeartbeatRequest,
  { clientId, clientHost }: GroupClient,
): StreamsMember {
  const { rackId, rebalanceTimeoutMs, topology, processId, userEndpoint, clientTags } = request;
  return {
    ...member,
    rackId: rackId ?? member.rackId,
    rebalanceTimeoutMs: rebalanceTimeoutMs === -1 ? member.rebalanceTimeoutMs : rebalanceTimeoutMs,
    topologyEpoch: topology?.epoch ?? member.topologyEpoch,
    processId: processId ?? member.processId,
    userEndpoint: userEndpoint ?? member.userEndpoint,
    clientTags:
      clientTags === null ? member.clientTags : new Map(clientTags.map(({ key, value }) => [key, value])),
    clientId,
    clientHost,
  };
}

function sameProfile(a: StreamsMember, b: StreamsMember): boolean {
  const profile = ({ rackId, rebalanceTimeoutMs, topologyEpoch, processId, ...rest }: StreamsMember) => {
    const { userEndpoint, clientTags, clientId, clientHost } = rest;
    return {
      rackId,
      rebalanceTimeoutMs,
      topologyEpoch,
      processId,
      userEndpoint,
      clientTags,
      clientId,
      clientHost,
    };
  };
  return isDeepStrictEqual(profile(a), profile(b));
}

function sameTasks(a: StreamsMember, b: StreamsMember): boolean {
  return (
    sameEpochs(a.assigned.active, b.assigned.active) &&
    samePartitions(a.assigned.standby, b.assigned.standby) &&
    samePartitions(a.assigned.warmup, b.assigned.warmup)
  );
}

/** The group's topology: the first member's, which the others have to have too. */
function takeTopology(
  group: StreamsGroup,
  { topology }: StreamsGroupHeartbeatRequest,
  records: GroupRecord[],
): StreamsGroupTopologyValue {
  if (topology === null) {
    if (group.topology !== null) return group.topology;
    throw new GroupRefusal(
      ERROR.UNKNOWN_SERVER_ERROR,
      'The topology is null and the group topology is also null.',
    );
  }
  if (group.topology === null) {
    records.push(topologyRecord(group.id, topology));
    return topology;
  }
  if (group.topology.epoch > topology.epoch) return group.topology;
  if (!isDeepStrictEqual(bySubtopology(group.topology), bySubtopology(topology))) {
    throw new GroupRefusal(ERROR.INVALID_REQUEST, 'Topology updates are not supported yet.');
  }
  return group.topology;
}

function bySubtopology({ epoch, subtopologies }: StreamsGroupTopologyValue) {
  return { epoch, subtopologies: new Map(subtopologies.map((each) => [each.subtopologyId, each])) };
}

function configure(
  group: StreamsGroup,
  topology: StreamsGroupTopologyValue,
  { topics }: GroupTable,
): { configured: ConfiguredTopology; metadataHash: bigint } {
  if (group.configured !== null && !group.needsRefresh) {
    return { configured: group.configured, metadataHash: group.metadataHash };
  }
  const metadataHash = hashOfTopics(requiredTopics(topology), topics);
  const isSame = group.configured !== null && metadataHash === group.metadataHash;
  return { configured: isSame ? group.configured! : configureTopology(topology, topics), metadataHash };
}

function progress(
  group: StreamsGroup,
  member: StreamsMember,
  { epoch, tasks }: { epoch: number; tasks: TaskAssignment },
  owned: TaskAssignment | null,
  records: GroupRecord[],
): StreamsMember {
  if (isReconciledTo(member, epoch)) return member;
  const settled = reconcileTasks(member, {
    targetEpoch: epoch,
    target: tasks,
    owned,
    processesWith: (role, subtopology, partition) => group.processesWith(role, subtopology, partition),
  });
  if (settled !== member) records.push(streamsCurrentRecord(group.id, settled));
  return settled;
}
