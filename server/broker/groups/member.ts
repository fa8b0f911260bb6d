import type { JoinGroupResponse } from '../../protocol/messages/join-group.ts';
import type { SyncGroupResponse } from '../../protocol/messages/sync-group.ts';
import type { Input } from '../../protocol/schema.ts';

export type JoinAnswer = Input<JoinGroupResponse>;
export type SyncAnswer = Input<SyncGroupResponse>;

/** An assignor that a member offers, with what it tells that assignor (its subscription, for consumers). */
export interface MemberProtocol {
  readonly name: string;
  readonly metadata: Buffer;
}

export interface MemberProfile {
  readonly id: string;
  /** `group.instance.id` of a static member (KIP-345). */
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocols: readonly MemberProtocol[];
}

const NOTHING = Buffer.alloc(0);

/** One member of a group, with the requests of it that are not answered yet and the clock that watches it. */
export class Member {
  readonly id: string;
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocols: readonly MemberProtocol[];
  assignment: Buffer = NOTHING;
  /** Joined for the first time and not answered yet: it can't send heartbeats. */
  isNew = false;
  #answerJoin: ((answer: JoinAnswer) => void) | null = null;
  #answerSync: ((answer: SyncAnswer) => void) | null = null;
  #clock: NodeJS.Timeout | null = null;
  #clockMs = 0;

  constructor(profile: MemberProfile) {
    this.id = profile.id;
    this.instanceId = profile.instanceId;
    this.clientId = profile.clientId;
    this.clientHost = profile.clientHost;
    this.sessionTimeoutMs = profile.sessionTimeoutMs;
    this.rebalanceTimeoutMs = profile.rebalanceTimeoutMs;
    this.protocols = profile.protocols;
  }

  get awaitsJoin(): boolean {
    return this.#answerJoin !== null;
  }

  get awaitsSync(): boolean {
    return this.#answerSync !== null;
  }

  /** Resolves when the rebalance is through. An earlier join of the same member that still waits is dropped by Kafka; here it is answered alike. */
  waitForJoin(): Promise<JoinAnswer> {
    const earlier = this.#answerJoin;
    return new Promise((resolve) => {
      this.#answerJoin = (answer) => {
        earlier?.(answer);
        resolve(answer);
      };
    });
  }

  waitForSync(): Promise<SyncAnswer> {
    const earlier = this.#answerSync;
    return new Promise((resolve) => {
      this.#answerSync = (answer) => {
        earlier?.(answer);
        resolve(answer);
      };
    });
  }

  answerJoin(answer: JoinAnswer): void {
    const reply = this.#answerJoin;
    this.#answerJoin = null;
    this.isNew = false;
    reply?.(answer);
  }

  answerSync(answer: SyncAnswer): void {
    const reply = this.#answerSync;
    this.#answerSync = null;
    reply?.(answer);
  }

  /** Calls `onSilent` once when nothing is heard for so long. A member that waits for the group's answer is not silent. */
  watch(timeoutMs: number, onSilent: () => void): void {
    if (this.#clock !== null && this.#clockMs === timeoutMs) {
      this.#clock.refresh();
      return;
    }
    this.unwatch();
    this.#clockMs = timeoutMs;
    this.#clock = setTimeout(() => {
      if ((this.awaitsJoin && !this.isNew) || this.awaitsSync) this.#clock?.refresh();
      else onSilent();
    }, timeoutMs);
    this.#clock.unref();
  }

  /** It gave a sign of life. */
  heard(): void {
    this.#clock?.refresh();
  }

  unwatch(): void {
    if (this.#clock !== null) clearTimeout(this.#clock);
    this.#clock = null;
  }

  /** What it tells the assignor of that name. */
  metadataFor(protocol: string): Buffer {
    return this.protocols.find(({ name }) => name === protocol)?.metadata ?? NOTHING;
  }

  offers(protocols: readonly MemberProtocol[]): boolean {
    return (
      protocols.length === this.protocols.length &&
      this.protocols.every(
        ({ name, metadata }, index) =>
          name === protocols[index]!.name && metadata.equals(protocols[index]!.metadata),
      )
    );
  }
}
