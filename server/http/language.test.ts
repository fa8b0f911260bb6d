import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { answer } from '../client/testing/fake-broker.ts';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { readOverview } from '../overview/read-overview.ts';
import { electLeaders } from '../plans/elect-leaders.ts';
import { previewPlan } from '../plans/preview-plan.ts';
import { ERROR } from '../protocol/errors.ts';
import { createTopicsApi } from '../protocol/messages/create-topics.ts';
import { electLeadersApi } from '../protocol/messages/elect-leaders.ts';
import { type Registry, setRegistry } from '../registry.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { createTopic } from '../topics/create-topic.ts';
import { readTopic } from '../topics/read-topic.ts';
import { type RouteHandler, route } from './route.ts';

let cluster: FakeCluster;
let console: Console;

beforeEach(async () => {
  cluster = new FakeCluster();
  for (const broker of cluster.brokers) {
    broker.on(
      answer(createTopicsApi, ({ topics }) => ({
        topics: topics.map(({ name }) => ({
          name,
          errorCode: ERROR.INVALID_REPLICATION_FACTOR,
          errorMessage: 'Replication factor: 9 larger than available brokers: 3.',
        })),
      })),
      answer(electLeadersApi, () => ({
        replicaElectionResults: [
          {
            topic: 'orders',
            partitionResult: [
              {
                partitionId: 0,
                errorCode: ERROR.PREFERRED_LEADER_NOT_AVAILABLE,
                errorMessage: 'Not in sync.',
              },
            ],
          },
        ],
      })),
    );
  }
  await cluster.start();
  addShop(cluster);
  console = connectedTo(cluster.bootstrapServers);
  const entry = { id: 'test', name: 'Test', kind: 'external', cluster: console, ready: async () => console };
  const audit = { write: () => undefined };
  setRegistry({ clusters: new Map([['test', entry]]), audit } as unknown as Registry);
});

afterEach(async () => {
  setRegistry(null);
  await console.close();
  await cluster.stop();
});

type Headers = Record<string, string>;
const KOREAN: Headers = { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' };

const getTopic = route('getTopic', ({ cluster: asked, params }) => readTopic(asked, params.topic));
const getOverview = route('getOverview', ({ cluster: asked }) => readOverview(asked));
const postTopic = route('createTopic', ({ cluster: asked, body }) => createTopic(asked, body));
const preview = route('previewPlan', ({ cluster: asked, body }) => previewPlan(asked, body));
const elect = route('electLeaders', ({ cluster: asked, body }) => electLeaders(asked, body));

function get(handler: (request: Request) => Promise<Response>, path: string, headers: Headers = KOREAN) {
  return handler(new Request(`http://127.0.0.1/api/v1/clusters/${path}`, { headers }));
}

function post(handler: (request: Request) => Promise<Response>, path: string, body: object) {
  return handler(
    new Request(`http://127.0.0.1/api/v1/clusters/test/${path}`, {
      method: 'POST',
      headers: { ...KOREAN, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
}

describe('a request from a Korean page is told in Korean', () => {
  it('of a topic that is not there', async () => {
    const response = await get(getTopic, 'test/topics/order');
    expect(response.headers.get('content-language')).toBe('ko');
    expect(await response.json()).toMatchObject({
      code: 'not_found',
      title: '찾을 수 없습니다',
      detail: 'order 토픽이 없습니다',
      action: 'orders 토픽을 찾으셨나요?',
    });
  });

  it('of a cluster that is not there', async () => {
    expect((await (await get(getTopic, 'nope/topics/orders')).json()).detail).toBe(
      '클러스터 "nope"을(를) 찾을 수 없습니다',
    );
  });

  it('of fields that are wrong, by the contract’s own rules and by zod’s', async () => {
    const body = { name: 'no spaces', partitionCount: 0, replicationFactor: 'x', configs: [] };
    const problem = await (await post(postTopic, 'topics', body)).json();
    expect(problem.errors).toEqual([
      { field: 'name', message: '토픽 이름에는 영문자, 숫자, ".", "_", "-"만 쓸 수 있습니다' },
      { field: 'partitionCount', message: '1 이상이어야 합니다' },
      { field: 'replicationFactor', message: '숫자 값이어야 합니다' },
      { field: 'configs', message: '객체 형식이어야 합니다' },
    ]);
    expect(problem.detail).toMatch(/^name: 토픽 이름에는 .* \(외 3건\)$/);
  });

  it('of what Kafka refuses, with Kafka’s own reason', async () => {
    const problem = await (await post(postTopic, 'topics', { name: 'new', replicationFactor: 9 })).json();
    expect(problem).toMatchObject({
      title: 'Kafka가 요청을 거부했습니다',
      detail: 'new 토픽: Replication factor: 9 larger than available brokers: 3.',
    });
  });

  it('of what a plan warns', async () => {
    const plan = await (
      await post(preview, 'plans/preview', { operation: 'delete-topic', topic: 'orders' })
    ).json();
    expect(plan.changes).toEqual([
      { subject: 'orders 토픽', before: '파티션 6개, 메시지 600개, 디스크 11.7 KiB', after: null },
    ]);
    expect(plan.warnings[0].detail).toBe('메시지 600개가 영구 삭제됩니다');
    expect(plan.commands[0]).toContain('--delete');
  });

  it('of an item that failed, in Kafka’s words', async () => {
    const body = { partitions: [{ topic: 'orders', partition: 0 }] };
    const { items } = await (await post(elect, 'leader-elections', body)).json();
    expect(items).toEqual([{ topic: 'orders', partition: 0, ok: false, error: 'Not in sync.' }]);
  });

  it('of a broker that cannot be reached', async () => {
    const failing = route('getOverview', () => console.client.offeredBy({ broker: 3 }) as never);
    await console.snapshots.current();
    await cluster.kill(3);
    const problem = await (await get(failing, 'test/overview')).json();
    expect(problem.title).toMatch(/^브로커에 연결할 수 없습니다|브로커가 제때/);
    expect(problem.detail).toMatch(/^브로커 3/);
    expect(problem.action).toMatch(/[가-힣]/);
  });
});

describe('what an answer lacks', () => {
  it('is told to each in the language asked for, of the same snapshot', async () => {
    await console.snapshots.current();
    await cluster.kill(3);
    await console.snapshots.refreshed();
    const detailIn = async (headers: Headers) =>
      (await (await get(getOverview, 'test/overview', headers)).json()).problems[0];
    expect(await detailIn(KOREAN)).toMatchObject({
      subject: '브로커 3',
      action: '브로커를 시작하거나 레플리카를 다른 브로커로 재할당하세요',
    });
    expect(await detailIn({})).toMatchObject({ subject: 'broker 3' });
    expect(await detailIn({ ...KOREAN, cookie: 'a=b; kafdeck-locale=en' })).toMatchObject({
      subject: 'broker 3',
    });
    expect(await detailIn({ cookie: 'kafdeck-locale=ko' })).toMatchObject({ subject: '브로커 3' });
  });

  it('is told at the end of a stream too', async () => {
    const streaming = route('readMessages', async function* () {
      yield { type: 'progress', scanned: 0, sent: 0, partitions: [], problems: [] };
      throw new Failure('broker_unreachable', say('partition.noLeader', { name: 'orders-0' }), {
        action: spoken('…'),
      });
    } as unknown as RouteHandler<'readMessages'>);
    const lines = (await (await get(streaming, 'test/topics/orders/messages')).text()).trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      reason: 'failed',
      problems: [{ subject: '스트림', detail: '파티션 orders-0에 리더가 없습니다', action: '…' }],
    });
  });
});
