import { NO_PARTITIONS, type TopicPartitions } from '../assignors/assignor.ts';
import { ModernGroup, type Targets } from '../modern-group.ts';

/** A member of a share group. Never changed: a change is another value. */
export interface ShareMember {
  readonly id: string;
  readonly epoch: number;
  readonly previousEpoch: number;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly topicNames: ReadonlySet<string>;
  readonly assigned: TopicPartitions;
}

export function newShareMember(id: string): ShareMember {
  return {
    id,
    epoch: 0,
    previousEpoch: -1,
    rackId: null,
    clientId: '',
    clientHost: '',
    topicNames: new Set(),
    assigned: NO_PARTITIONS,
  };
}

/** Partitions of a topic whose state the share coordinator keeps, or is about to. */
export interface StateTopic {
  readonly name: string;
  readonly partitions: ReadonlySet<number>;
  /** When that was written, in milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** By topic id. */
export type StateTopics = ReadonlyMap<string, StateTopic>;

/** For which partitions the group has a state in `__share_group_state`. */
export interface ShareStateTopics {
  readonly initializing: StateTopics;
  readonly initialized: StateTopics;
  /** Names by id. */
  readonly deleting: ReadonlyMap<string, string>;
}

/** A share group (KIP-932): its members get records of the same partitions, each record one of them at a time. */
export class ShareGroup extends ModernGroup<ShareMember> {
  readonly type = 'share';
  readonly protocolType = 'share';
  readonly targets: Targets = new Map();
  /** Null until something of it was written. */
  stateTopics: ShareStateTopics | null = null;

  get state(): 'Empty' | 'Stable' {
    return this.isEmpty ? 'Empty' : 'Stable';
  }

  /** The names of all topics that somebody subscribes to, with other members than there are if need be. */
  subscribedTopics(members: Iterable<ShareMember> = this.members.values()): Set<string> {
    const names = new Set<string>();
    for (const { topicNames } of members) for (const name of topicNames) names.add(name);
    return names;
  }
}
