import type { TopicPartitions } from './assignors/assignor.ts';
import { Clocks } from './clocks.ts';
import type { GroupOffsets } from './committed-offset.ts';
import type { GroupHome } from './group-home.ts';

/** What groups of the new protocols (KIP-848, KIP-932, KIP-1071) have in common: everything in it comes from records. */
export abstract class ModernGroup<Member> {
  readonly id: string;
  readonly home: GroupHome;
  readonly offsets: GroupOffsets;
  readonly members = new Map<string, Member>();
  readonly clocks = new Clocks();
  /** Grows whenever an assignment has to be made anew. */
  epoch = 1;
  /** The epoch that the target assignment was made for. */
  assignmentEpoch = 1;
  /** When it was made, in milliseconds since the epoch; 0 when that is not known. */
  assignedAtMs = 0;
  /** See `hashOfTopics`. */
  metadataHash = 0n;
  /** Topics have changed, or the group has just been loaded. */
  needsRefresh = true;

  constructor(id: string, home: GroupHome, offsets: GroupOffsets = new Map()) {
    this.id = id;
    this.home = home;
    this.offsets = offsets;
  }

  get isEmpty(): boolean {
    return this.members.size === 0;
  }

  /** Whether some time has to pass before a new target assignment may be made (`*.assignment.interval.ms`). */
  mayAssignNow(intervalMs: number): boolean {
    return this.assignedAtMs === 0 || intervalMs === 0 || this.home.now() >= this.assignedAtMs + intervalMs;
  }

  stopClocks(): void {
    this.clocks.clear();
  }
}

/** The target assignment of a group whose members are given partitions. */
export type Targets = Map<string, TopicPartitions>;
