import { describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { type RouteHandler, route } from './route.ts';
import { audited, type Call, echo, send, withTestClusters } from './testing/route-fixture.ts';

withTestClusters();

describe('the audit', () => {
  const batch = '/v1/clusters/test/topics/t/messages/batch';
  const call: Call = { method: 'POST', body: '{"count":1,"value":{"data":"secret words"}}' };
  const producing = (lines: (note: (result: object) => void) => AsyncGenerator<object>) =>
    route('produceMany', (({ note }) => lines(note)) as RouteHandler<'produceMany'>);

  it('has a change that goes on twice: when it began, and how it went', async () => {
    const handler = producing(async function* (note) {
      yield { type: 'progress' };
      await new Promise((resolve) => setTimeout(resolve, 5));
      note({ acknowledged: 7 });
      yield { type: 'end' };
    });
    const response = await send(handler, batch, call);
    expect(audited()).toMatchObject([{ endpoint: 'produceMany', phase: 'begun', outcome: { ok: true } }]);
    await response.text();
    expect(audited()).toHaveLength(2);
    expect(audited()[1]).toMatchObject({ outcome: { ok: true, status: 200 }, result: { acknowledged: 7 } });
    expect(audited()[1]).not.toHaveProperty('phase');
    expect(JSON.stringify(audited())).not.toContain('secret words');
  });

  it('has how a change went whose asker is gone', async () => {
    const handler = route('produceMany', (({ note }: { note: (result: object) => void }) => {
      const given = [{ type: 'progress' }];
      const iterator: AsyncIterator<object> = {
        next: async () => (given.length > 0 ? { value: given.pop()! } : new Promise<never>(() => {})),
        return: async () => {
          note({ acknowledged: 3 });
          return { done: true, value: undefined };
        },
      };
      return { [Symbol.asyncIterator]: () => iterator };
    }) as unknown as RouteHandler<'produceMany'>);
    const reader = (await send(handler, batch, call)).body!.getReader();
    await reader.read();
    await reader.cancel();
    expect(audited().at(-1)).toMatchObject({ result: { acknowledged: 3 } });
  });

  it('has a change that failed at once only once', async () => {
    // biome-ignore lint/correctness/useYield: it fails before there is anything to yield
    const handler = producing(async function* () {
      throw new Failure('not_found', spoken('There is no topic "t"'));
    });
    await send(handler, batch, call);
    expect(audited()).toMatchObject([{ outcome: { ok: false, status: 404 } }]);
  });

  it('has a change that broke later with its reason', async () => {
    const handler = producing(async function* () {
      yield { type: 'progress' };
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new Failure('unavailable', spoken('Broker 2 is gone'));
    });
    await (await send(handler, batch, call)).text();
    expect(audited()).toMatchObject([{ phase: 'begun' }, { outcome: { ok: false, status: 503 } }]);
  });

  it('has every change, done or refused, and no reading', async () => {
    await send(echo('listTopics').handler, '/v1/clusters/test/topics');
    await send(echo('previewPlan').handler, '/v1/clusters/test/plans/preview', {
      method: 'POST',
      body: '{"operation":"delete-topic","topic":"a"}',
    });
    expect(audited()).toEqual([]);
    await send(echo('createTopic').handler, '/v1/clusters/test/topics', {
      method: 'POST',
      body: '{"name":"a"}',
    });
    const refused = route('deleteTopic', () => Promise.reject(new Failure('conflict', spoken('No'))));
    await send(refused, '/v1/clusters/test/topics/a', { method: 'DELETE' });
    expect(audited()).toMatchObject([
      {
        principal: 'local',
        endpoint: 'createTopic',
        cluster: 'test',
        body: { name: 'a' },
        outcome: { ok: true, status: 201 },
      },
      {
        endpoint: 'deleteTopic',
        params: { topic: 'a' },
        outcome: { ok: false, status: 409, code: 'conflict', detail: 'No' },
      },
    ]);
    expect(Date.parse(audited()[0]!.time)).toBeGreaterThan(0);
  });
});
