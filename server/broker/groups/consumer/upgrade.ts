import { ERROR } from '../../../protocol/errors.ts';
import type { GroupTable } from '../any-group.ts';
import { NO_PARTITIONS } from '../assignors/assignor.ts';
import type { Group } from '../group.ts';
import type { GroupRecord } from '../group-home.ts';
import { groupTombstone } from '../group-records.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { Member } from '../member.ts';
import { dismiss } from '../rebalance.ts';
import { withEpoch } from '../topic-partitions.ts';
import { hashOfTopics } from '../topics-view.ts';
import { watchMember } from './consumer-departures.ts';
import { ConsumerGroup } from './consumer-group.ts';
import { type ConsumerMember, MEMBER_STATE, newConsumerMember } from './consumer-member.ts';
import { readAssignment, readSubscription } from './consumer-protocol.ts';
import {
  currentRecord,
  epochRecord,
  memberRecord,
  targetEpochRecord,
  targetRecord,
} from './consumer-records.ts';

export interface Upgraded {
  readonly group: ConsumerGroup;
  /** To be called when the records are written. */
  readonly afterwards?: () => void;
}

/**
 * Makes a consumer group of a classic group of consumers, whose members stay as they are and go on to speak the classic
 * protocol; the records for that are added to `records`.
 * @throws GroupRefusal GROUP_ID_NOT_FOUND: the policy forbids it, or it is no group of consumers
 */
export function upgrade(shard: GroupTable, classic: Group, records: GroupRecord[]): Upgraded {
  throwIfForbidden(shard, classic);
  for (const member of classic.members.values()) dismiss(member, ERROR.REBALANCE_IN_PROGRESS);
  const group = new ConsumerGroup(classic.id, shard, classic.offsets);
  group.epoch = classic.generation;
  group.assignmentEpoch = classic.generation;
  for (const member of classic.members.values()) takeOver(group, classic, member, shard);
  group.metadataHash = hashOfTopics(group.subscribedTopics(), shard.topics);
  const members = [...group.members.values()];
  records.push(
    groupTombstone(classic.id),
    ...members.map((member) => memberRecord(group.id, member)),
    epochRecord(group.id, group.epoch, group.metadataHash),
    ...members.map(({ id }) => targetRecord(group.id, id, group.targets.get(id) ?? NO_PARTITIONS)),
    targetEpochRecord(group.id, group.assignmentEpoch, 0),
    ...members.map((member) => currentRecord(group.id, member)),
  );
  const sessions = [...classic.members.values()].map(({ id, sessionTimeoutMs }) => ({
    id,
    sessionTimeoutMs,
  }));
  const afterwards = () => {
    classic.stopClocks();
    const now = shard.groups.get(group.id);
    if (now?.type !== 'consumer') return;
    for (const { id, sessionTimeoutMs } of sessions) watchMember(shard, now, id, sessionTimeoutMs);
  };
  return { group, afterwards };
}

function throwIfForbidden(shard: GroupTable, { id, protocolType, members }: Group): void {
  const because = (why: string) =>
    new GroupRefusal(
      ERROR.GROUP_ID_NOT_FOUND,
      `Cannot upgrade classic group ${id} to consumer group because ${why}.`,
    );
  const { consumerMigrationPolicy: policy, consumerMaxSize } = shard.settings;
  if (policy !== 'upgrade' && policy !== 'bidirectional') throw because('online upgrade is disabled');
  if (protocolType !== 'consumer') throw because('the group does not use the consumer embedded protocol');
  if (members.size > consumerMaxSize) throw because('the group size exceeds the consumer group maximum size');
}

function takeOver(group: ConsumerGroup, classic: Group, member: Member, shard: GroupTable): void {
  let taken: ConsumerMember;
  let hasUserData = false;
  let target = NO_PARTITIONS;
  try {
    const subscription = readSubscription(member.metadataFor(classic.protocol ?? ''));
    if (member.assignment.length > 0) {
      const assignment = readAssignment(member.assignment, shard.topics);
      hasUserData = assignment.hasUserData;
      target = assignment.partitions;
    }
    taken = {
      ...newConsumerMember(member.id),
      epoch: classic.generation,
      previousEpoch: classic.generation,
      state: MEMBER_STATE.stable,
      instanceId: member.instanceId,
      rackId: subscription.rackId || null,
      rebalanceTimeoutMs: member.rebalanceTimeoutMs,
      clientId: member.clientId,
      clientHost: member.clientHost,
      topicNames: new Set(subscription.topics),
      assigned: withEpoch(target, classic.generation),
      classic: { sessionTimeoutMs: member.sessionTimeoutMs, supportedProtocols: member.protocols },
    };
  } catch {
    throw new GroupRefusal(
      ERROR.GROUP_ID_NOT_FOUND,
      `Cannot upgrade classic group ${classic.id} to consumer group because the embedded consumer protocol is malformed.`,
    );
  }
  if (hasUserData) {
    throw new GroupRefusal(
      ERROR.GROUP_ID_NOT_FOUND,
      `Cannot upgrade classic group ${classic.id} to consumer group because an unsupported custom assignor is in use. ` +
        'Please refer to the documentation or switch to a default assignor before re-attempting the upgrade.',
    );
  }
  group.targets.set(member.id, target);
  group.putMember(taken);
}
