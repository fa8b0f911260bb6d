import { ERROR } from '../../../../protocol/errors.ts';
import { GroupRefusal } from '../../group-refusal.ts';

/** A partition in a session, by its topic's id. */
export interface SessionPartition {
  readonly topicId: string;
  readonly partition: number;
}

/** The epochs of requests that begin a session and end it. */
export const SESSION_EPOCH = { initial: 0, final: -1 } as const;

const MAX_EPOCH = 2 ** 31 - 1;

class ShareSession {
  epoch = 1;
  /** In the order they were asked for. */
  readonly partitions = new Map<string, SessionPartition>();
}

/** What a member's requests need not say again: the partitions it fetches (KIP-932). One session a member and broker. */
export class ShareSessions {
  readonly #sessions = new Map<string, ShareSession>();
  readonly #maxSessions: number;

  constructor(maxSessions: number) {
    this.#maxSessions = maxSessions;
  }

  /** Begins a session, in the place of one that the member has. @throws GroupRefusal SHARE_SESSION_LIMIT_REACHED */
  begin(groupId: string, memberId: string, partitions: readonly SessionPartition[]): void {
    const key = keyOf(groupId, memberId);
    this.#sessions.delete(key);
    if (this.#sessions.size >= this.#maxSessions) {
      throw new GroupRefusal(
        ERROR.SHARE_SESSION_LIMIT_REACHED,
        'The limit of share sessions has been reached.',
      );
    }
    const session = new ShareSession();
    for (const each of partitions) session.partitions.set(nameOf(each), each);
    this.#sessions.set(key, session);
  }

  /** Takes a request of a session. @throws GroupRefusal SHARE_SESSION_NOT_FOUND, INVALID_SHARE_SESSION_EPOCH */
  continue(
    groupId: string,
    memberId: string,
    epoch: number,
    added: readonly SessionPartition[],
    forgotten: readonly SessionPartition[],
  ): void {
    const session = this.#find(groupId, memberId);
    if (epoch === SESSION_EPOCH.final) return;
    if (session.epoch !== epoch) {
      throw new GroupRefusal(ERROR.INVALID_SHARE_SESSION_EPOCH, 'The share session epoch is invalid.');
    }
    for (const each of added)
      if (!session.partitions.has(nameOf(each))) session.partitions.set(nameOf(each), each);
    for (const each of forgotten) session.partitions.delete(nameOf(each));
    session.epoch = epoch === MAX_EPOCH ? 1 : epoch + 1;
  }

  /** The partitions that a member's session has; none when there is no session. */
  partitionsOf(groupId: string, memberId: string): readonly SessionPartition[] {
    return [...(this.#sessions.get(keyOf(groupId, memberId))?.partitions.values() ?? [])];
  }

  /** Whether there was one. */
  end(groupId: string, memberId: string): boolean {
    return this.#sessions.delete(keyOf(groupId, memberId));
  }

  /** Whether any member of the group has a session here. */
  hasAnyOf(groupId: string): boolean {
    const prefix = keyOf(groupId, '');
    for (const key of this.#sessions.keys()) if (key.startsWith(prefix)) return true;
    return false;
  }

  #find(groupId: string, memberId: string): ShareSession {
    const session = this.#sessions.get(keyOf(groupId, memberId));
    if (session !== undefined) return session;
    throw new GroupRefusal(ERROR.SHARE_SESSION_NOT_FOUND, 'The share session was not found.');
  }
}

function keyOf(groupId: string, memberId: string): string {
  return `${groupId}\0${memberId}`;
}

function nameOf({ topicId, partition }: SessionPartition): string {
  return `${topicId}-${partition}`;
}
