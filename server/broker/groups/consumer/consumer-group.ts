import type { TopicPartitions } from '../assignors/assignor.ts';
import { NO_PARTITIONS } from '../assignors/assignor.ts';
import { ModernGroup, type Targets } from '../modern-group.ts';
import type { PartitionEpochs } from '../topic-partitions.ts';
import { type ConsumerMember, MEMBER_STATE } from './consumer-member.ts';

export type ConsumerGroupState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable';

/** The topics that a regular expression matched when it was last looked at. */
export interface ResolvedRegex {
  readonly topics: ReadonlySet<string>;
  /** Of the metadata it was matched against. */
  readonly version: number;
  readonly resolvedAtMs: number;
}

/** A group of the consumer protocol (KIP-848). Some of its members may still speak the classic one. */
export class ConsumerGroup extends ModernGroup<ConsumerMember> {
  readonly type = 'consumer';
  readonly protocolType = 'consumer';
  readonly targets: Targets = new Map();
  readonly regexes = new Map<string, ResolvedRegex>();
  /** An older Kafka wrote a record that nobody needs any more. */
  hasPartitionMetadataRecord = false;
  /** A look at the regular expressions is under way. */
  resolvesRegexes = false;
  readonly #staticMembers = new Map<string, string>();
  /** The epochs at which partitions are held, by topic id. */
  readonly #owned = new Map<string, Map<number, number>>();

  get state(): ConsumerGroupState {
    if (this.members.size === 0) return 'Empty';
    if (this.epoch > this.assignmentEpoch) return 'Assigning';
    for (const member of this.members.values()) {
      if (!isReconciledTo(member, this.assignmentEpoch)) return 'Reconciling';
    }
    return 'Stable';
  }

  staticMember(instanceId: string | null): ConsumerMember | undefined {
    const memberId = instanceId === null ? undefined : this.#staticMembers.get(instanceId);
    return memberId === undefined ? undefined : this.members.get(memberId);
  }

  /** The epoch at which a partition is held by somebody, -1 when it is free. */
  partitionEpoch(topicId: string, partition: number): number {
    return this.#owned.get(topicId)?.get(partition) ?? -1;
  }

  putMember(member: ConsumerMember): void {
    const old = this.members.get(member.id);
    if (old !== undefined) this.#release(old);
    this.members.set(member.id, member);
    this.#claim(member.assigned, member.epoch);
    this.#claim(member.pendingRevocation, member.epoch);
    if (member.instanceId !== null) this.#staticMembers.set(member.instanceId, member.id);
  }

  removeMember(memberId: string): void {
    const old = this.members.get(memberId);
    if (old === undefined) return;
    this.#release(old);
    this.members.delete(memberId);
    if (old.instanceId !== null && this.#staticMembers.get(old.instanceId) === memberId) {
      this.#staticMembers.delete(old.instanceId);
    }
  }

  /** What a member is to have; a static one that comes back inherits from its predecessor. */
  targetOf(member: ConsumerMember): TopicPartitions {
    const holder = this.staticMember(member.instanceId)?.id ?? member.id;
    return this.targets.get(holder) ?? this.targets.get(member.id) ?? NO_PARTITIONS;
  }

  /** How many members subscribe by a regular expression. */
  subscribersOf(regex: string): number {
    let count = 0;
    for (const member of this.members.values()) if (member.topicRegex === regex) count += 1;
    return count;
  }

  /** The names of topics that a member subscribes to, by itself or by its regular expression. */
  topicsOf({ topicNames, topicRegex }: ConsumerMember): ReadonlySet<string> {
    const matched = topicRegex === '' ? undefined : this.regexes.get(topicRegex)?.topics;
    if (matched === undefined || matched.size === 0) return topicNames;
    return topicNames.size === 0 ? matched : new Set([...topicNames, ...matched]);
  }

  /** The names of all topics that somebody subscribes to, with other members than there are if need be. */
  subscribedTopics(members: Iterable<ConsumerMember> = this.members.values()): Set<string> {
    const names = new Set<string>();
    for (const member of members) for (const name of this.topicsOf(member)) names.add(name);
    return names;
  }

  get classicMembers(): ConsumerMember[] {
    return [...this.members.values()].filter(({ classic }) => classic !== null);
  }

  /** Whether a member waits for partitions that others still hold. */
  waitsForOthers(member: ConsumerMember): boolean {
    if (member.state !== MEMBER_STATE.unreleased) return false;
    for (const [topicId, partitions] of this.targets.get(member.id) ?? NO_PARTITIONS) {
      const has = member.assigned.get(topicId);
      for (const partition of partitions) {
        if (!has?.has(partition) && this.partitionEpoch(topicId, partition) !== -1) return true;
      }
    }
    return false;
  }

  #claim(partitions: PartitionEpochs, epoch: number): void {
    for (const [topicId, numbers] of partitions) {
      let owned = this.#owned.get(topicId);
      if (owned === undefined) {
        owned = new Map();
        this.#owned.set(topicId, owned);
      }
      for (const partition of numbers.keys()) owned.set(partition, epoch);
    }
  }

  /** Not what another has meanwhile been given at a later epoch. */
  #release({ assigned, pendingRevocation, epoch }: ConsumerMember): void {
    for (const partitions of [assigned, pendingRevocation]) {
      for (const [topicId, numbers] of partitions) {
        const owned = this.#owned.get(topicId);
        for (const partition of numbers.keys()) if (owned?.get(partition) === epoch) owned.delete(partition);
        if (owned?.size === 0) this.#owned.delete(topicId);
      }
    }
  }
}

export function isReconciledTo({ state, epoch }: ConsumerMember, assignmentEpoch: number): boolean {
  return state === MEMBER_STATE.stable && epoch === assignmentEpoch;
}
