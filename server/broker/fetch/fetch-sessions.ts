import { ERROR } from '../../protocol/errors.ts';
import type { FetchRequest } from '../../protocol/messages/fetch.ts';
import {
  type FetchedPartition,
  FetchSession,
  keysOfForgotten,
  nextEpoch,
  type WantedPartition,
  wantedOf,
  withoutDuplicates,
} from './fetch-session.ts';

const NO_SESSION = 0;
const INITIAL_EPOCH = 0;
const FINAL_EPOCH = -1;
/** A session that was not used for so long may go for any other (Kafka's FetchSession.DEFAULT_EVICTION_MS). */
const EVICTION_MS = 120_000;
const MAX_SESSION_ID = 2 ** 31 - 1;

/** What is sent of the results, and under which session. */
export interface FetchAnswer<Result> {
  readonly errorCode: number;
  readonly sessionId: number;
  readonly results: readonly Result[];
}

/** One fetch request as its session completes it. */
export interface FetchRound {
  /** Not 0: the request can't be served, whatever it wants. */
  readonly errorCode: number;
  /** Every partition that is to be read, in the order in which they are served. */
  readonly wanted: readonly WantedPartition[];
  /** Results in the order of `wanted`. */
  answer<Result extends FetchedPartition>(results: readonly Result[]): FetchAnswer<Result>;
  /** The answer without data that a client gets which is over its quota; the session stands still. */
  throttled(): FetchAnswer<never>;
}

/**
 * The fetch sessions of one broker (KIP-227): a client names its partitions once, later only what has changed, and is
 * told only what is new. There is room for `max.incremental.fetch.session.cache.slots` of them; when all are taken, the
 * one least worth keeping makes room, or the client goes on without.
 */
export class FetchSessions {
  readonly #slots: number;
  readonly #now: () => number;
  readonly #random: () => number;
  /** The least recently used first. */
  readonly #sessions = new Map<number, FetchSession>();

  constructor(slots: number, now: () => number, random: () => number = Math.random) {
    this.#slots = slots;
    this.#now = now;
    this.#random = random;
  }

  get size(): number {
    return this.#sessions.size;
  }

  begin(request: FetchRequest, usesTopicIds: boolean): FetchRound {
    const { sessionId, sessionEpoch } = request;
    if (sessionEpoch !== INITIAL_EPOCH && sessionEpoch !== FINAL_EPOCH) {
      return this.#continue(request, usesTopicIds);
    }
    // A request that names everything ends the session it had.
    this.#sessions.delete(sessionId);
    if (sessionEpoch === FINAL_EPOCH) return sessionless(wantedOf(request));
    const wanted = withoutDuplicates(wantedOf(request));
    const isFollower = Math.max(request.replicaId, request.replicaState.replicaId) >= 0;
    return {
      errorCode: ERROR.NONE,
      wanted,
      answer: (results) => ({
        errorCode: ERROR.NONE,
        sessionId: this.#create(wanted, results, usesTopicIds, isFollower),
        results,
      }),
      throttled: () => ({ errorCode: ERROR.NONE, sessionId: NO_SESSION, results: [] }),
    };
  }

  #continue(request: FetchRequest, usesTopicIds: boolean): FetchRound {
    const session = this.#sessions.get(request.sessionId);
    if (session === undefined) return refusal(ERROR.FETCH_SESSION_ID_NOT_FOUND);
    if (session.epoch !== request.sessionEpoch) return refusal(ERROR.INVALID_FETCH_SESSION_EPOCH);
    if (session.usesTopicIds !== usesTopicIds) return refusal(ERROR.FETCH_SESSION_TOPIC_ID_ERROR);
    session.update(wantedOf(request), keysOfForgotten(request, usesTopicIds));
    this.#sessions.delete(session.id);
    if (session.size === 0) return sessionless([]);
    this.#sessions.set(session.id, session);
    session.lastUsedAt = this.#now();
    session.epoch = nextEpoch(session.epoch);
    const { epoch } = session;
    const isOvertaken = () => session.epoch !== epoch;
    const overtaken = { errorCode: ERROR.INVALID_FETCH_SESSION_EPOCH, sessionId: session.id, results: [] };
    return {
      errorCode: ERROR.NONE,
      wanted: session.wanted(),
      answer: (results) =>
        isOvertaken()
          ? overtaken
          : { errorCode: ERROR.NONE, sessionId: session.id, results: session.news(results) },
      throttled: () =>
        isOvertaken() ? overtaken : { errorCode: ERROR.NONE, sessionId: session.id, results: [] },
    };
  }

  #create(
    wanted: readonly WantedPartition[],
    results: readonly FetchedPartition[],
    usesTopicIds: boolean,
    isFollower: boolean,
  ): number {
    const now = this.#now();
    if (this.#sessions.size >= this.#slots && !this.#makeRoom(wanted.length, isFollower, now)) {
      return NO_SESSION;
    }
    const session = new FetchSession(this.#newId(), { isFollower, usesTopicIds, now });
    session.update(wanted, []);
    session.news(results);
    this.#sessions.set(session.id, session);
    return session.id;
  }

  /** Drops a session that is stale, or one less valuable than the new one: small ones and consumers' ones first. */
  #makeRoom(size: number, isFollower: boolean, now: number): boolean {
    const oldest = this.#sessions.values().next().value;
    if (oldest === undefined) return false;
    if (now - oldest.lastUsedAt > EVICTION_MS) return this.#sessions.delete(oldest.id);
    let least: FetchSession | null = null;
    for (const session of this.#sessions.values()) {
      const isOld = now - session.createdAt > EVICTION_MS;
      if (!isOld && !(isFollower && !session.isFollower)) continue;
      if (least === null || isLessValuable(session, least)) least = session;
    }
    if (least === null || !isLessValuable(least, { isFollower, size })) return false;
    return this.#sessions.delete(least.id);
  }

  #newId(): number {
    for (;;) {
      const id = 1 + Math.floor(this.#random() * MAX_SESSION_ID);
      if (!this.#sessions.has(id)) return id;
    }
  }
}

interface Worth {
  readonly isFollower: boolean;
  readonly size: number;
}

function isLessValuable(a: Worth, b: Worth): boolean {
  return a.isFollower === b.isFollower ? a.size < b.size : b.isFollower;
}

function sessionless(wanted: readonly WantedPartition[]): FetchRound {
  const answer = { errorCode: ERROR.NONE, sessionId: NO_SESSION };
  return {
    errorCode: ERROR.NONE,
    wanted,
    answer: (results) => ({ ...answer, results }),
    throttled: () => ({ ...answer, results: [] }),
  };
}

function refusal(errorCode: number): FetchRound {
  const answer = { errorCode, sessionId: NO_SESSION, results: [] };
  return { errorCode, wanted: [], answer: () => answer, throttled: () => answer };
}
