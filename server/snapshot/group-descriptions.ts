import { Failure } from '../../lib/contract/failure.ts';
import type { GroupMember } from '../../lib/contract/groups.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { decode } from '../protocol/codec.ts';
import { ERROR } from '../protocol/errors.ts';
import { consumerGroupDescribeApi } from '../protocol/messages/consumer-group-describe.ts';
import { consumerProtocolAssignment } from '../protocol/messages/consumer-protocol-assignment.ts';
import { type DescribedGroup, describeGroupsApi } from '../protocol/messages/describe-groups.ts';
import { shareGroupDescribeApi } from '../protocol/messages/share-group-describe.ts';
import {
  type DescribedGroup as DescribedStreamsGroup,
  streamsGroupDescribeApi,
} from '../protocol/messages/streams-group-describe.ts';
import { type ClusterLink, groupBy, keyOf, pieces } from './cluster-link.ts';
import type { GroupType, ListedGroup } from './group-list.ts';
import { type Known, OnDemand, type Settle } from './on-demand.ts';
import { asFailure } from './read-problem.ts';

export interface GroupDescription {
  readonly state: string;
  /** Null where the group has none at the moment. */
  readonly assignor: string | null;
  readonly members: readonly GroupMember[];
}

const GROUPS_PER_REQUEST = 200;

/** State, assignor and members of groups, asked of their coordinators many at a time. */
export class GroupDescriptions {
  readonly #link: ClusterLink;
  readonly #known: OnDemand<GroupDescription>;

  constructor(link: ClusterLink) {
    this.#link = link;
    this.#known = new OnDemand({
      freshMs: 1000,
      most: 10_000,
      load: (keys, settle) => this.#load(keys, settle),
    });
  }

  async read(
    groups: readonly ListedGroup[],
    until: number,
  ): Promise<(group: ListedGroup) => Known<GroupDescription>> {
    const known = await this.#known.read(groups.map(groupKey), until);
    return (group) => known(groupKey(group));
  }

  forget(groupId: string): void {
    this.#known.forget((key) => groupOfKey(key).groupId === groupId);
  }

  async #load(keys: readonly string[], settle: Settle<GroupDescription>): Promise<void> {
    const wanted = keys.map((key) => ({ key, ...groupOfKey(key) }));
    const byRequest = groupBy(wanted, ({ coordinator, type }) => keyOf(coordinator, type));
    await Promise.all(
      [...byRequest.values()].map(async (together) => {
        const { coordinator, type } = together[0]!;
        for (const some of pieces(together, GROUPS_PER_REQUEST)) {
          try {
            const groupIds = some.map(({ groupId }) => groupId);
            const described = await this.#describe(type, groupIds, coordinator);
            for (const { key, groupId } of some) {
              const outcome =
                described.get(groupId) ?? new Failure('not_found', say('group.unknown', { group: groupId }));
              settle(key, outcome instanceof Failure ? { failure: outcome } : { value: outcome });
            }
          } catch (error) {
            for (const { key } of some) settle(key, { failure: asFailure(error) });
          }
        }
      }),
    );
  }

  async #describe(
    type: GroupType,
    groupIds: readonly string[],
    coordinator: number,
  ): Promise<Map<string, GroupDescription | Failure>> {
    const { client } = this.#link;
    const to = { broker: coordinator };
    switch (type) {
      case 'classic': {
        const { groups } = await client.send(describeGroupsApi, { groups: groupIds }, { to });
        return byId(groups, ofClassic);
      }
      case 'consumer': {
        const { groups } = await client.send(consumerGroupDescribeApi, { groupIds }, { to });
        return byId(groups, ({ groupState, assignorName, members }) => ({
          state: groupState,
          assignor: assignorName || null,
          members: members.map((member) => ({
            memberId: member.memberId,
            groupInstanceId: member.instanceId,
            clientId: member.clientId,
            host: plainHost(member.clientHost),
            assignment: member.assignment.topicPartitions.map(assigned),
          })),
        }));
      }
      case 'share': {
        const { groups } = await client.send(shareGroupDescribeApi, { groupIds }, { to });
        return byId(groups, ({ groupState, assignorName, members }) => ({
          state: groupState,
          assignor: assignorName || null,
          members: members.map((member) => ({
            memberId: member.memberId,
            groupInstanceId: null,
            clientId: member.clientId,
            host: plainHost(member.clientHost),
            assignment: member.assignment.topicPartitions.map(assigned),
          })),
        }));
      }
      case 'streams': {
        const { groups } = await client.send(streamsGroupDescribeApi, { groupIds }, { to });
        return byId(groups, ofStreams);
      }
    }
  }
}

function byId<Described extends { groupId: string; errorCode: number; errorMessage: string | null }>(
  groups: readonly Described[],
  toDescription: (group: Described) => GroupDescription,
): Map<string, GroupDescription | Failure> {
  return new Map(
    groups.map((group) => [
      group.groupId,
      group.errorCode === ERROR.NONE
        ? toDescription(group)
        : kafkaFailure(group.errorCode, say('kafka.group', { group: group.groupId }), group.errorMessage),
    ]),
  );
}

/** Host as brokers tell it starts with a slash (java.net.InetAddress). */
function plainHost(host: string): string {
  return host.replace(/^\//, '');
}

function assigned({ topicName, partitions }: { topicName: string; partitions: number[] }): {
  topic: string;
  partitions: number[];
} {
  return { topic: topicName, partitions };
}

function ofClassic({ groupState, protocolType, protocolData, members }: DescribedGroup): GroupDescription {
  return {
    state: groupState,
    assignor: protocolData || null,
    members: members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      host: plainHost(member.clientHost),
      assignment: protocolType === 'consumer' ? classicAssignment(member.memberAssignment) : [],
    })),
  };
}

const VERSION_BYTES = 2;

/** What the group's leader wrote: a version, then the assignment. Other kinds of members write what they like. */
function classicAssignment(bytes: Buffer): GroupMember['assignment'] {
  if (bytes.length < VERSION_BYTES) return [];
  try {
    const version = Math.min(bytes.readInt16BE(0), consumerProtocolAssignment.maxVersion);
    return decode(consumerProtocolAssignment, version, bytes, VERSION_BYTES).assignedPartitions;
  } catch {
    return [];
  }
}

/** A task is a subtopology and a partition; it reads this partition of each of the subtopology's source topics (KIP-1071). */
function ofStreams({ groupState, topology, members }: DescribedStreamsGroup): GroupDescription {
  const sources = new Map(
    (topology?.subtopologies ?? []).map(({ subtopologyId, sourceTopics, repartitionSourceTopics }) => [
      subtopologyId,
      [...sourceTopics, ...repartitionSourceTopics.map(({ name }) => name)],
    ]),
  );
  return {
    state: groupState,
    assignor: null,
    members: members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      host: plainHost(member.clientHost),
      assignment: member.assignment.activeTasks.flatMap(({ subtopologyId, partitions }) =>
        (sources.get(subtopologyId) ?? []).map((topic) => ({ topic, partitions })),
      ),
    })),
  };
}

/** Group ids may hold any character, so they stand last. */
export function groupKey({ coordinator, type, groupId }: ListedGroup): string {
  return keyOf(coordinator, type, groupId);
}

export function groupOfKey(key: string): { coordinator: number; type: GroupType; groupId: string } {
  const [coordinator, type, ...rest] = key.split('\0');
  return { coordinator: Number(coordinator), type: type as GroupType, groupId: rest.join('\0') };
}
