import { sameStrings } from '../assignors/assignor.ts';
import { NO_EPOCHS, type PartitionEpochs, sameEpochs } from '../topic-partitions.ts';

/** The states of a member's reconciliation as its records number them (KIP-848). */
export const MEMBER_STATE = {
  stable: 0,
  /** It has not given up what it has to. */
  unrevoked: 1,
  /** Others have not given up what it is to get. */
  unreleased: 2,
  unknown: 127,
} as const;

/** Heartbeats with these epochs are farewells: for good, and of a static member that will be back. */
export const LEAVE_EPOCH = -1;
export const STATIC_LEAVE_EPOCH = -2;

/** What a member that speaks the classic protocol has told when it joined. */
export interface ClassicSide {
  readonly sessionTimeoutMs: number;
  readonly supportedProtocols: readonly { readonly name: string; readonly metadata: Buffer }[];
}

/** A member of a consumer group. Never changed: a change is another value. */
export interface ConsumerMember {
  readonly id: string;
  readonly epoch: number;
  readonly previousEpoch: number;
  readonly state: number;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly rebalanceTimeoutMs: number;
  readonly clientId: string;
  readonly clientHost: string;
  readonly topicNames: ReadonlySet<string>;
  /** Empty when it subscribes by names only. */
  readonly topicRegex: string;
  readonly serverAssignor: string | null;
  readonly assigned: PartitionEpochs;
  readonly pendingRevocation: PartitionEpochs;
  /** Null for members of the new protocol. */
  readonly classic: ClassicSide | null;
}

export function newConsumerMember(id: string): ConsumerMember {
  return {
    id,
    epoch: 0,
    previousEpoch: -1,
    state: MEMBER_STATE.stable,
    instanceId: null,
    rackId: null,
    rebalanceTimeoutMs: -1,
    clientId: '',
    clientHost: '',
    topicNames: new Set(),
    topicRegex: '',
    serverAssignor: null,
    assigned: NO_EPOCHS,
    pendingRevocation: NO_EPOCHS,
    classic: null,
  };
}

/** Whether the record of what the member says of itself would be the same. */
export function sameProfile(a: ConsumerMember, b: ConsumerMember): boolean {
  return (
    a.instanceId === b.instanceId &&
    a.rackId === b.rackId &&
    a.rebalanceTimeoutMs === b.rebalanceTimeoutMs &&
    a.clientId === b.clientId &&
    a.clientHost === b.clientHost &&
    a.topicRegex === b.topicRegex &&
    a.serverAssignor === b.serverAssignor &&
    sameStrings(a.topicNames, b.topicNames) &&
    sameClassicSide(a.classic, b.classic)
  );
}

/** Whether the record of where the member's reconciliation stands would be the same. */
export function sameProgress(a: ConsumerMember, b: ConsumerMember): boolean {
  return (
    a.epoch === b.epoch &&
    a.previousEpoch === b.previousEpoch &&
    a.state === b.state &&
    sameEpochs(a.assigned, b.assigned) &&
    sameEpochs(a.pendingRevocation, b.pendingRevocation)
  );
}

function sameClassicSide(a: ClassicSide | null, b: ClassicSide | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.sessionTimeoutMs === b.sessionTimeoutMs &&
    a.supportedProtocols.length === b.supportedProtocols.length &&
    a.supportedProtocols.every(({ name, metadata }, index) => {
      const other = b.supportedProtocols[index]!;
      return name === other.name && metadata.equals(other.metadata);
    })
  );
}
