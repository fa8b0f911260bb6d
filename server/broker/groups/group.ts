import type { GroupOffsets } from './committed-offset.ts';
import type { GroupHome } from './group-home.ts';
import type { Member, MemberProtocol } from './member.ts';

export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

/**
 * A group of the classic protocol: its members, its generation and its committed offsets. Groups that only commit
 * offsets (no members, ever) are the same with no protocol type.
 */
export class Group {
  readonly type = 'classic';
  readonly id: string;
  readonly home: GroupHome;
  generation = 0;
  protocolType: string | null = null;
  /** The assignor of this generation. */
  protocol: string | null = null;
  leaderId: string | null = null;
  /** In the order they joined. */
  readonly members = new Map<string, Member>();
  /** Member ids given out that have not come back with them (KIP-394), with the clock that forgets them. */
  readonly pendingJoins = new Map<string, NodeJS.Timeout>();
  /** Members of this generation that have not asked for their assignment. */
  readonly pendingSyncs = new Set<string>();
  /** Ends the waiting for members of a rebalance. */
  joinClock: NodeJS.Timeout | null = null;
  /** Ends the waiting for `pendingSyncs`. */
  syncClock: NodeJS.Timeout | null = null;
  /** True while an empty group waits for more members (`group.initial.rebalance.delay.ms`). */
  inInitialDelay = false;
  joinedDuringDelay = false;
  /** By topic, then by partition. */
  readonly offsets: GroupOffsets;
  #state: GroupState = 'Empty';
  #stateSinceMs: number;
  readonly #staticMembers = new Map<string, string>();

  constructor(id: string, home: GroupHome, offsets: GroupOffsets = new Map()) {
    this.id = id;
    this.offsets = offsets;
    this.home = home;
    this.#stateSinceMs = home.now();
  }

  get state(): GroupState {
    return this.#state;
  }

  get isEmpty(): boolean {
    return this.members.size === 0;
  }

  /** Since when it is in its state, in milliseconds since the epoch. */
  get stateSinceMs(): number {
    return this.#stateSinceMs;
  }

  enter(state: GroupState, sinceMs = this.home.now()): void {
    this.#state = state;
    this.#stateSinceMs = sinceMs;
  }

  add(member: Member): void {
    if (this.members.size === 0) this.leaderId = null;
    this.leaderId ??= member.id;
    this.members.set(member.id, member);
    if (member.instanceId !== null) this.#staticMembers.set(member.instanceId, member.id);
  }

  /** Takes a member out; its open requests are the caller's to answer. */
  remove(member: Member): void {
    member.unwatch();
    this.members.delete(member.id);
    this.pendingSyncs.delete(member.id);
    if (member.instanceId !== null && this.#staticMembers.get(member.instanceId) === member.id) {
      this.#staticMembers.delete(member.instanceId);
    }
    if (this.leaderId === member.id) this.leaderId = this.members.keys().next().value ?? null;
  }

  /** Puts a member in the place of another, in its order and its leadership too. */
  replace(old: Member, successor: Member): void {
    const wasLeader = this.leaderId === old.id;
    const members = [...this.members.values()].map((member) => (member === old ? successor : member));
    old.unwatch();
    this.members.clear();
    for (const member of members) this.members.set(member.id, member);
    if (this.pendingSyncs.delete(old.id)) this.pendingSyncs.add(successor.id);
    if (successor.instanceId !== null) this.#staticMembers.set(successor.instanceId, successor.id);
    if (wasLeader) this.leaderId = successor.id;
  }

  /** The member id that holds a static member's place. */
  staticMemberId(instanceId: string): string | undefined {
    return this.#staticMembers.get(instanceId);
  }

  isPendingJoin(memberId: string): boolean {
    return this.pendingJoins.has(memberId);
  }

  forgetPendingJoin(memberId: string): void {
    clearTimeout(this.pendingJoins.get(memberId));
    this.pendingJoins.delete(memberId);
  }

  /** How long a rebalance waits for members: the longest that one of them may take. */
  get rebalanceTimeoutMs(): number {
    let longest = 0;
    for (const member of this.members.values()) longest = Math.max(longest, member.rebalanceTimeoutMs);
    return longest;
  }

  /** Whether a member could take part: same kind of group and an assignor that all members have, the one that asks included. */
  accepts(protocolType: string, protocols: readonly MemberProtocol[]): boolean {
    if (protocolType === '' || protocols.length === 0) return false;
    if (this.#state === 'Empty' || this.members.size === 0) return true;
    if (protocolType !== this.protocolType) return false;
    const common = this.#commonProtocols([...this.members.values()]);
    return protocols.some(({ name }) => common.has(name));
  }

  /** The assignor that all members have and most of them like best; ties go to the one first voted for. */
  selectProtocol(): string | null {
    const members = [...this.members.values()];
    const candidates = this.#commonProtocols(members);
    const votes = new Map<string, number>();
    for (const member of members) {
      const favourite = member.protocols.find(({ name }) => candidates.has(name))?.name;
      if (favourite !== undefined) votes.set(favourite, (votes.get(favourite) ?? 0) + 1);
    }
    let winner: string | null = null;
    for (const [name, count] of votes) if (winner === null || count > votes.get(winner)!) winner = name;
    return winner;
  }

  /** Stops all its clocks: it is deleted, or led elsewhere from now on. */
  stopClocks(): void {
    if (this.joinClock !== null) clearTimeout(this.joinClock);
    if (this.syncClock !== null) clearTimeout(this.syncClock);
    this.joinClock = null;
    this.syncClock = null;
    for (const member of this.members.values()) member.unwatch();
    for (const clock of this.pendingJoins.values()) clearTimeout(clock);
    this.pendingJoins.clear();
  }

  #commonProtocols(members: readonly Member[]): Set<string> {
    const [first, ...rest] = members;
    const names = (first?.protocols ?? []).map(({ name }) => name);
    return new Set(
      names.filter((name) => rest.every((member) => member.protocols.some((own) => own.name === name))),
    );
  }
}
