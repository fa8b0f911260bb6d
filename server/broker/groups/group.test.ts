import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import type { Group } from './group.ts';
import { abandonJoin } from './join-group.ts';
import type { JoinAnswer } from './member.ts';
import { heartbeat, leaveGroup } from './membership.ts';
import { groupWorld, join, memberId, sync } from './testing/group-world.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Two members, assigned and stable. */
async function stablePair(group: Group): Promise<[JoinAnswer, JoinAnswer]> {
  const ids = [await memberId(group), await memberId(group)];
  const joins = ids.map((id) => join(group, { memberId: id }));
  await pass(250);
  const [first, second] = (await Promise.all(joins)) as [JoinAnswer, JoinAnswer];
  const syncs = [sync(group, second), sync(group, first, { [ids[0]!]: 'p0', [ids[1]!]: 'p1' })];
  await Promise.all(syncs);
  return [first, second];
}

describe('joining', () => {
  test('a member without an id is told one and forgotten when it does not come back', async () => {
    const { group } = groupWorld();
    const answer = await join(group);
    expect(answer.errorCode).toBe(ERROR.MEMBER_ID_REQUIRED);
    expect(answer.memberId).toMatch(/^app-[0-9a-f-]{36}$/);
    await pass(10_001);
    expect((await join(group, { memberId: answer.memberId })).errorCode).toBe(ERROR.UNKNOWN_MEMBER_ID);
  });

  test('an old client joins at once without an id', async () => {
    const { group } = groupWorld();
    const joined = join(group, { apiVersion: 3 });
    await pass(100);
    await pass(100);
    expect(await joined).toMatchObject({ errorCode: 0, generationId: 1, leader: (await joined).memberId });
  });

  test('an empty group waits for company, then its first member leads and knows the others', async () => {
    const { group } = groupWorld();
    const [a, b] = [await memberId(group), await memberId(group)];
    const first = join(group, { memberId: a, topics: 'one' });
    await pass(60);
    const second = join(group, { memberId: b, topics: 'two' });
    await pass(60);
    expect(group.state).toBe('PreparingRebalance'); // One came during the delay: it waits once more.
    await pass(200);
    expect(group.state).toBe('CompletingRebalance');
    const leader = await first;
    expect(leader).toMatchObject({ generationId: 1, leader: a, memberId: a, protocolName: 'range' });
    expect(leader.members!.map(({ memberId: id, metadata }) => [id, String(metadata)])).toEqual([
      [a, 'one'],
      [b, 'two'],
    ]);
    expect(await second).toMatchObject({ generationId: 1, leader: a, memberId: b, members: [] });
  });

  test('the assignor is one that all have, by most votes', async () => {
    const { group } = groupWorld();
    const ids = [await memberId(group), await memberId(group), await memberId(group)];
    const wishes = [
      ['sticky', 'range', 'odd'],
      ['range', 'sticky'],
      ['range', 'sticky'],
    ];
    const joins = ids.map((id, index) => join(group, { memberId: id, assignors: wishes[index]! }));
    await pass(400);
    expect((await joins[0]!).protocolName).toBe('range');
    expect((await join(group, { assignors: ['odd'] })).errorCode).toBe(ERROR.INCONSISTENT_GROUP_PROTOCOL);
    expect((await join(group, { protocolType: 'connect' })).errorCode).toBe(
      ERROR.INCONSISTENT_GROUP_PROTOCOL,
    );
  });

  test('a full group takes no more', async () => {
    const { group } = groupWorld({ maxSize: 2 });
    const [first] = await stablePair(group);
    expect((await join(group)).errorCode).toBe(ERROR.GROUP_MAX_SIZE_REACHED);
    expect(heartbeat(group, first.memberId!, 1, null)).toBe(ERROR.NONE);
  });

  test('a follower that joins again unchanged gets its generation back, the leader starts a rebalance', async () => {
    const { group } = groupWorld();
    const [first, second] = await stablePair(group);
    expect(await join(group, { memberId: second.memberId })).toMatchObject({ generationId: 1, members: [] });
    expect(group.state).toBe('Stable');
    void join(group, { memberId: first.memberId });
    expect(group.state).toBe('PreparingRebalance');
  });
});

test('who hangs up while joining for the first time is not waited for', async () => {
  const { group } = groupWorld();
  const [first, second] = await stablePair(group);
  const id = await memberId(group);
  const third = join(group, { memberId: id });
  abandonJoin(group, id);
  expect((await third).errorCode).toBe(ERROR.UNKNOWN_MEMBER_ID);
  const again = [first, second].map((member) => join(group, { memberId: member.memberId }));
  expect((await again[0]!).members).toHaveLength(2);
  abandonJoin(group, first.memberId!); // A member of old may come back over another connection.
  expect(group.members.size).toBe(2);
});

describe('assigning', () => {
  test('everyone gets what the leader assigned, once it is written down', async () => {
    const { group, world } = groupWorld();
    const [a, b] = [await memberId(group), await memberId(group)];
    const joins = [join(group, { memberId: a }), join(group, { memberId: b })];
    await pass(250);
    const [first, second] = (await Promise.all(joins)) as [JoinAnswer, JoinAnswer];
    const followers = sync(group, second);
    expect(group.state).toBe('CompletingRebalance');
    const leaders = sync(group, first, { [a]: 'p0', [b]: 'p1' });
    expect(String((await leaders).assignment)).toBe('p0');
    expect(String((await followers).assignment)).toBe('p1');
    expect(group.state).toBe('Stable');
    expect(world.written).toHaveLength(1);
    expect(String((await sync(group, second)).assignment)).toBe('p1');
  });

  test('when it cannot be written down all are told and join again', async () => {
    const { group, world } = groupWorld();
    const a = await memberId(group);
    const joined = join(group, { memberId: a });
    await pass(250);
    world.appendError = ERROR.COORDINATOR_NOT_AVAILABLE;
    const answer = await sync(group, await joined, { [a]: 'p0' });
    expect(answer.errorCode).toBe(ERROR.COORDINATOR_NOT_AVAILABLE);
    expect(group.state).toBe('PreparingRebalance');
  });

  test('another generation and another protocol are refused', async () => {
    const { group } = groupWorld();
    const [first] = await stablePair(group);
    expect((await sync(group, { ...first, generationId: 7 })).errorCode).toBe(ERROR.ILLEGAL_GENERATION);
    expect((await sync(group, { ...first, protocolName: 'odd' })).errorCode).toBe(
      ERROR.INCONSISTENT_GROUP_PROTOCOL,
    );
    expect((await sync(group, { ...first, memberId: 'stranger' })).errorCode).toBe(ERROR.UNKNOWN_MEMBER_ID);
  });

  test('who joined but never asks for an assignment is dropped', async () => {
    const { group } = groupWorld();
    const ids = [await memberId(group), await memberId(group)];
    const joins = ids.map((id) => join(group, { memberId: id, sessionTimeoutMs: 60_000 }));
    await pass(250);
    await Promise.all(joins);
    const first = await joins[0]!;
    void sync(group, first, {});
    await pass(30_001);
    expect([...group.members.keys()]).toEqual([ids[0]]);
    expect(group.state).toBe('PreparingRebalance');
  });
});

describe('rebalancing', () => {
  test('a newcomer makes the others join again', async () => {
    const { group } = groupWorld();
    const [first, second] = await stablePair(group);
    const third = join(group, { memberId: await memberId(group) });
    expect(heartbeat(group, first.memberId!, 1, null)).toBe(ERROR.REBALANCE_IN_PROGRESS);
    const again = [first, second].map(({ memberId: id }) => join(group, { memberId: id }));
    expect((await third).generationId).toBe(2);
    expect((await again[0]!).members).toHaveLength(3);
    expect(heartbeat(group, first.memberId!, 1, null)).toBe(ERROR.ILLEGAL_GENERATION);
    expect(heartbeat(group, first.memberId!, 2, null)).toBe(ERROR.NONE);
  });

  test('who does not join again in time is out', async () => {
    const { group } = groupWorld();
    const ids = [await memberId(group), await memberId(group)];
    const joins = ids.map((id) => join(group, { memberId: id, sessionTimeoutMs: 60_000 }));
    await pass(250);
    const [first, second] = (await Promise.all(joins)) as [JoinAnswer, JoinAnswer];
    await Promise.all([sync(group, second), sync(group, first)]);
    const again = join(group, { memberId: first.memberId });
    await pass(29_000);
    expect(group.state).toBe('PreparingRebalance');
    await pass(1001);
    expect((await again).members).toHaveLength(1);
    expect(heartbeat(group, second.memberId!, 1, null)).toBe(ERROR.UNKNOWN_MEMBER_ID);
  });

  test('a silent member is out after its session timeout, one that beats stays', async () => {
    const { group } = groupWorld();
    const [first, second] = await stablePair(group);
    await pass(6000);
    expect(heartbeat(group, first.memberId!, 1, null)).toBe(ERROR.NONE);
    await pass(6000);
    expect([...group.members.keys()]).toEqual([first.memberId]);
    expect(group.state).toBe('PreparingRebalance');
    expect(heartbeat(group, second.memberId!, 1, null)).toBe(ERROR.UNKNOWN_MEMBER_ID);
  });

  test('when all have left the group is empty, which is written down', async () => {
    const { group, world } = groupWorld();
    const [first, second] = await stablePair(group);
    expect(leaveGroup(group, first.memberId!, null)).toBe(ERROR.NONE);
    expect(group.leaderId).toBe(second.memberId);
    expect(leaveGroup(group, second.memberId!, null)).toBe(ERROR.NONE);
    expect(leaveGroup(group, 'stranger', null)).toBe(ERROR.UNKNOWN_MEMBER_ID);
    expect(group).toMatchObject({ state: 'Empty', generation: 2, protocol: null });
    expect(world.written).toHaveLength(2);
  });
});

describe('static members', () => {
  const asStatic = { groupInstanceId: 'till-1' };

  async function stableStatic(group: Group): Promise<JoinAnswer> {
    const joined = join(group, asStatic);
    await pass(250);
    const answer = await joined;
    await sync(group, answer, { [answer.memberId!]: 'p0' });
    return answer;
  }

  test('one that comes back keeps its place, and its former self is fenced', async () => {
    const { group } = groupWorld();
    const before = await stableStatic(group);
    const after = await join(group, asStatic);
    expect(after).toMatchObject({ generationId: 1, skipAssignment: true, leader: after.memberId });
    expect(after.memberId).not.toBe(before.memberId);
    expect(group.state).toBe('Stable');
    expect(String((await sync(group, after)).assignment)).toBe('p0');
    expect(heartbeat(group, before.memberId!, 1, 'till-1')).toBe(ERROR.FENCED_INSTANCE_ID);
    expect(heartbeat(group, after.memberId!, 1, 'till-1')).toBe(ERROR.NONE);
    expect((await join(group, { ...asStatic, memberId: before.memberId })).errorCode).toBe(
      ERROR.FENCED_INSTANCE_ID,
    );
  });

  test('an older client that comes back is not made to assign anew', async () => {
    const { group } = groupWorld();
    const before = await stableStatic(group);
    const after = await join(group, { ...asStatic, apiVersion: 8 });
    expect(after).toMatchObject({ generationId: 1, leader: before.memberId, members: [] });
  });

  test('with another subscription it starts a rebalance', async () => {
    const { group } = groupWorld();
    await stableStatic(group);
    const after = join(group, { ...asStatic, topics: 'payments' });
    expect((await after).generationId).toBe(2);
  });

  test('an administrator takes it out by its instance id', async () => {
    const { group } = groupWorld();
    await stableStatic(group);
    expect(leaveGroup(group, '', 'till-2')).toBe(ERROR.UNKNOWN_MEMBER_ID);
    expect(leaveGroup(group, '', 'till-1')).toBe(ERROR.NONE);
    expect(group.state).toBe('Empty');
  });
});
