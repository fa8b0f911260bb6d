import { describe, expect, it } from 'vitest';
import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import type { FetchRequest } from '../../protocol/messages/fetch.ts';
import { FetchSessions } from './fetch-sessions.ts';

const NO_RECORDS = Buffer.alloc(0);

function request(
  sessionId: number,
  sessionEpoch: number,
  partitions: readonly number[],
  forgotten: readonly number[] = [],
): FetchRequest {
  return {
    clusterId: null,
    replicaId: -1,
    replicaState: { replicaId: -1, replicaEpoch: -1n },
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 1000,
    isolationLevel: 0,
    sessionId,
    sessionEpoch,
    topics: [
      {
        topic: 'orders',
        topicId: ZERO_UUID,
        partitions: partitions.map((partition) => ({
          partition,
          currentLeaderEpoch: -1,
          fetchOffset: 0n,
          lastFetchedEpoch: -1,
          logStartOffset: -1n,
          partitionMaxBytes: 100,
          replicaDirectoryId: ZERO_UUID,
          highWatermark: 0n,
        })),
      },
    ],
    forgottenTopicsData: [{ topic: 'orders', topicId: ZERO_UUID, partitions: [...forgotten] }],
    rackId: '',
  };
}

function result(partition: number, highWatermark: bigint, records = NO_RECORDS, errorCode = 0) {
  return { partition, errorCode, highWatermark, logStartOffset: 0n, records };
}

function sessions(slots = 10) {
  let time = 1000;
  const cache = new FetchSessions(slots, () => time);
  const open = (partitions: readonly number[]) =>
    cache
      .begin(request(0, 0, partitions), false)
      .answer(partitions.map((partition) => result(partition, 5n)));
  return { cache, open, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('fetch sessions', () => {
  it('name all partitions once and tell only what is new', () => {
    const { cache, open } = sessions();
    const { sessionId, results } = open([0, 1]);
    expect(sessionId).toBeGreaterThan(0);
    expect(results).toHaveLength(2);

    const round = cache.begin(request(sessionId, 1, []), false);
    expect(round.wanted.map((wanted) => wanted.request.partition)).toEqual([0, 1]);
    expect(round.answer([result(0, 5n), result(1, 6n)]).results).toMatchObject([{ partition: 1 }]);
    expect(
      cache.begin(request(sessionId, 2, []), false).answer([result(0, 5n), result(1, 6n)]).results,
    ).toEqual([]);
  });

  it('put a partition that had data behind the others', () => {
    const { cache, open } = sessions();
    const { sessionId } = open([0, 1]);
    const first = cache.begin(request(sessionId, 1, []), false);
    first.answer([result(0, 6n, Buffer.from('data')), result(1, 5n)]);
    const second = cache.begin(request(sessionId, 2, []), false);
    expect(second.wanted.map((wanted) => wanted.request.partition)).toEqual([1, 0]);
  });

  it('tell a partition again after its error has gone', () => {
    const { cache, open } = sessions();
    const { sessionId } = open([0]);
    const failed = cache.begin(request(sessionId, 1, []), false);
    expect(failed.answer([result(0, -1n, NO_RECORDS, ERROR.NOT_LEADER_OR_FOLLOWER)]).results).toHaveLength(1);
    expect(cache.begin(request(sessionId, 2, []), false).answer([result(0, 5n)]).results).toHaveLength(1);
  });

  it('add and forget partitions, and end with the last of them', () => {
    const { cache, open } = sessions();
    const { sessionId } = open([0]);
    const round = cache.begin(request(sessionId, 1, [7], [0]), false);
    expect(round.wanted.map((wanted) => wanted.request.partition)).toEqual([7]);
    const last = cache.begin(request(sessionId, 2, [], [7]), false);
    expect(last.wanted).toEqual([]);
    expect(last.answer([]).sessionId).toBe(0);
    expect(cache.size).toBe(0);
  });

  it('refuse what is out of step', () => {
    const { cache, open } = sessions();
    const { sessionId } = open([0]);
    expect(cache.begin(request(sessionId + 1, 1, []), false).errorCode).toBe(
      ERROR.FETCH_SESSION_ID_NOT_FOUND,
    );
    expect(cache.begin(request(sessionId, 2, []), false).errorCode).toBe(ERROR.INVALID_FETCH_SESSION_EPOCH);
    expect(cache.begin(request(sessionId, 1, []), true).errorCode).toBe(ERROR.FETCH_SESSION_TOPIC_ID_ERROR);
  });

  it('end when the client says so, and answer without one then', () => {
    const { cache, open } = sessions();
    const { sessionId } = open([0]);
    const round = cache.begin(request(sessionId, -1, [0]), false);
    expect(round.answer([result(0, 5n)])).toMatchObject({ sessionId: 0, results: [{ partition: 0 }] });
    expect(cache.size).toBe(0);
  });

  it('go only for a larger or when they are stale', () => {
    const { cache, open, pass } = sessions(1);
    const { sessionId } = open([0, 1]);
    expect(open([0, 1, 2]).sessionId).toBe(0);
    pass(120_001);
    cache.begin(request(sessionId, 1, []), false).answer([result(0, 5n), result(1, 5n)]);
    expect(open([0]).sessionId).toBe(0);
    expect(open([0, 1, 2]).sessionId).toBeGreaterThan(0);
    pass(120_001);
    expect(open([0]).sessionId).toBeGreaterThan(0);
    expect(cache.size).toBe(1);
  });
});
