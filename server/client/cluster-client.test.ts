import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { ERROR } from '../protocol/errors.ts';
import { createTopicsApi } from '../protocol/messages/create-topics.ts';
import { describeConfigsApi } from '../protocol/messages/describe-configs.ts';
import { describeGroupsApi } from '../protocol/messages/describe-groups.ts';
import { fetchApi } from '../protocol/messages/fetch.ts';
import { listGroupsApi } from '../protocol/messages/list-groups.ts';
import { metadataApi } from '../protocol/messages/metadata.ts';
import type { ClusterClient } from './cluster-client.ts';
import { connectTo } from './testing/connect-fake.ts';
import { answer } from './testing/fake-broker.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

let cluster: FakeCluster;
let client: ClusterClient;

beforeEach(async () => {
  cluster = await new FakeCluster().start();
  client = connectTo(cluster.bootstrapServers);
});

afterEach(async () => {
  await client.close();
  await cluster.stop();
});

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

async function millisecondsOf(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work.catch(() => {});
  return performance.now() - began;
}

describe('versions', () => {
  it('uses the highest version that both sides know, per broker', async () => {
    expect(await client.versionFor(metadataApi, 'any')).toBe(metadataApi.maxVersion);
    expect(await client.versionFor(metadataApi, { broker: 2 })).toBe(metadataApi.maxVersion);
  });

  it('learns the versions of a broker that knows only old ApiVersions', async () => {
    for (const broker of cluster.brokers) broker.apiVersionsMax = 1;
    const { brokers } = await client.send(metadataApi, { topics: [] }, { to: 'any' });
    expect(brokers.map(({ nodeId }) => nodeId)).toEqual([1, 2, 3]);
  });

  it('says that an API is not offered', async () => {
    for (const broker of cluster.brokers) broker.hide(listGroupsApi);
    const failure = await failureOf(client.send(listGroupsApi, {}, { to: { broker: 1 } }));
    expect(failure.code).toBe('unsupported_by_cluster');
    expect(failure.message).toContain('ListGroups');
  });

  it('never goes above the version that the caller can read', async () => {
    let version = -1;
    for (const broker of cluster.brokers) {
      broker.on(
        answer(listGroupsApi, (_, request) => {
          version = request.version;
          return {};
        }),
      );
    }
    await client.send(listGroupsApi, {}, { to: { broker: 1 }, maxVersion: 2 });
    expect(version).toBe(2);
  });
});

describe('brokers that fail', () => {
  it('goes on after all connections broke', async () => {
    await client.send(listGroupsApi, {}, { to: { broker: 2 } });
    for (const broker of cluster.brokers) broker.dropConnections();
    await expect(client.send(listGroupsApi, {}, { to: { broker: 2 } })).resolves.toBeDefined();
  });

  it('reaches a broker that was stopped and started again', async () => {
    await client.send(listGroupsApi, {}, { to: { broker: 2 } });
    await cluster.broker(2).stop();
    const failure = await failureOf(client.send(listGroupsApi, {}, { to: { broker: 2 } }));
    expect(failure.code).toBe('broker_unreachable');
    expect(failure.message).toContain('Broker 2');
    await cluster.broker(2).start();
    await expect
      .poll(() => client.send(listGroupsApi, {}, { to: { broker: 2 } }).then(() => 'ok'))
      .toBe('ok');
  });

  it('fails fast for a dead broker and leaves the others alone', async () => {
    await client.send(listGroupsApi, {}, { to: { broker: 1 } });
    await cluster.broker(3).stop();
    expect(await millisecondsOf(client.send(listGroupsApi, {}, { to: { broker: 3 } }))).toBeLessThan(300);
    expect(await millisecondsOf(client.send(listGroupsApi, {}, { to: { broker: 1 } }))).toBeLessThan(300);
  });

  it('says which broker the metadata does not have', async () => {
    const failure = await failureOf(client.send(listGroupsApi, {}, { to: { broker: 9 } }));
    expect(failure.code).toBe('broker_unreachable');
    expect(failure.message).toContain('Broker 9');
  });

  it('asks another broker when the first one is down', async () => {
    await cluster.broker(1).stop();
    await cluster.broker(2).stop();
    const { brokers } = await client.send(metadataApi, { topics: [] }, { to: 'any' });
    expect(brokers).toHaveLength(3);
  });

  it('says so when none can be reached', async () => {
    await cluster.stop();
    const failure = await failureOf(client.send(metadataApi, { topics: [] }, { to: 'any' }));
    expect(failure.code).toBe('broker_unreachable');
    expect(failure.message).toContain('No broker can be reached');
  });

  it('asks a second broker when the first is slow, and stays with it', async () => {
    cluster.broker(1).delayMs = 10_000;
    expect(await millisecondsOf(client.send(metadataApi, { topics: [] }, { to: 'any' }))).toBeLessThan(2500);
    expect(await millisecondsOf(client.send(metadataApi, { topics: [] }, { to: 'any' }))).toBeLessThan(500);
  });

  it('gives up on a slow broker when the time is over', async () => {
    await client.send(listGroupsApi, {}, { to: { broker: 2 } });
    cluster.broker(2).delayMs = 10_000;
    const failure = await failureOf(client.send(listGroupsApi, {}, { to: { broker: 2 }, timeoutMs: 200 }));
    expect(failure.code).toBe('broker_timeout');
    expect(failure.message).toBe('Broker 2 did not answer ListGroups within 200 ms');
  });

  it('stops waiting when the caller does', async () => {
    cluster.broker(2).delayMs = 10_000;
    const stop = new AbortController();
    const waiting = failureOf(client.send(listGroupsApi, {}, { to: { broker: 2 }, signal: stop.signal }));
    stop.abort();
    expect((await waiting).code).toBe('cancelled');
  });

  it('survives garbage instead of an answer', async () => {
    for (const broker of cluster.brokers) {
      broker.raw = (socket) => socket.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    }
    const short = connectTo(cluster.bootstrapServers, { requestTimeoutMs: 300 });
    const failure = await failureOf(short.send(metadataApi, { topics: [] }, { to: 'any' }));
    expect(['broker_unreachable', 'broker_timeout']).toContain(failure.code);
    await short.close();
  });

  it('survives a connection that is cut in the middle of an answer', async () => {
    await client.send(listGroupsApi, {}, { to: { broker: 2 } });
    cluster.broker(2).raw = (socket) => {
      socket.write(Buffer.from([0, 0, 1, 0, 0, 0]));
      setTimeout(() => socket.destroy(), 20);
    };
    const failure = await failureOf(client.send(listGroupsApi, {}, { to: { broker: 2 } }));
    expect(failure.code).toBe('broker_unreachable');
    cluster.broker(2).raw = null;
    await expect
      .poll(() => client.send(listGroupsApi, {}, { to: { broker: 2 } }).then(() => 'ok'))
      .toBe('ok');
  });
});

describe('where requests go', () => {
  it('follows the controller when it has moved', async () => {
    const askedOf: number[] = [];
    for (const broker of cluster.brokers) {
      broker.on(
        answer(createTopicsApi, ({ topics }, request) => {
          askedOf.push(request.broker);
          const errorCode = request.broker === 3 ? ERROR.NONE : ERROR.NOT_CONTROLLER;
          cluster.controllerId = 3;
          return { topics: topics.map(({ name }) => ({ name, errorCode })) };
        }),
      );
    }
    const { topics } = await client.send(createTopicsApi, { topics: [{ name: 'a' }] }, { to: 'controller' });
    expect(topics[0]?.errorCode).toBe(ERROR.NONE);
    expect(askedOf).toEqual([1, 3]);
  });

  it('follows the coordinator of a group when it has moved', async () => {
    cluster.groups.set('g', { coordinator: 1, committed: {} });
    const body = { groups: ['g'] };
    await client.send(describeGroupsApi, body, { to: { coordinator: 'g' } });
    cluster.groups.get('g')!.coordinator = 2;
    const { groups } = await client.send(describeGroupsApi, body, { to: { coordinator: 'g' } });
    expect(groups[0]?.errorCode).toBe(ERROR.NONE);
    expect(cluster.broker(2).asked).toContain('DescribeGroups');
  });

  it("throws Kafka's own error", async () => {
    for (const broker of cluster.brokers) {
      broker.on(answer(listGroupsApi, () => ({ errorCode: ERROR.GROUP_AUTHORIZATION_FAILED })));
    }
    const failure = await failureOf(client.send(listGroupsApi, {}, { to: { broker: 1 } }));
    expect(failure.code).toBe('forbidden');
    expect(failure.kafkaError?.name).toBe('GROUP_AUTHORIZATION_FAILED');
  });

  it('does not send a change twice when its connection breaks', async () => {
    let times = 0;
    for (const broker of cluster.brokers) {
      broker.on(
        answer(createTopicsApi, () => {
          times += 1;
          broker.dropConnections();
          return {};
        }),
      );
    }
    const failure = await failureOf(client.send(createTopicsApi, { topics: [] }, { to: 'controller' }));
    expect(failure.code).toBe('broker_unreachable');
    expect(times).toBe(1);
  });
});

describe('changes', () => {
  it('are sent to another broker only when they cannot have been made', async () => {
    let times = 0;
    for (const broker of cluster.brokers) {
      broker.on(
        answer(createTopicsApi, () => {
          times += 1;
          broker.dropConnections();
          return {};
        }),
      );
    }
    const failure = await failureOf(client.send(createTopicsApi, { topics: [] }, { to: 'any' }));
    expect(failure.code).toBe('broker_unreachable');
    expect(times).toBe(1);
  });

  it('find another way to the controller when the broker that was named is down', async () => {
    for (const broker of cluster.brokers) broker.on(answer(createTopicsApi, () => ({ topics: [] })));
    await client.send(metadataApi, { topics: [] }, { to: { broker: 1 } });
    await cluster.broker(1).stop();
    cluster.controllerId = 2;
    // Until the client has seen the connection close, a request on it might have been received.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(client.send(createTopicsApi, { topics: [] }, { to: 'controller' })).resolves.toBeDefined();
  });
});

describe('connections', () => {
  it('does not keep other requests waiting behind a fetch that waits for records', async () => {
    for (const broker of cluster.brokers) broker.on(answer(fetchApi, () => undefined));
    const stop = new AbortController();
    const fetching = failureOf(
      client.send(
        fetchApi,
        { maxWaitMs: 60_000, topics: [] },
        { to: { broker: 1 }, purpose: 'data', signal: stop.signal },
      ),
    );
    await expect.poll(() => cluster.broker(1).asked).toContain('Fetch');
    expect(await millisecondsOf(client.send(listGroupsApi, {}, { to: { broker: 1 } }))).toBeLessThan(300);
    stop.abort();
    await fetching;
  });

  it('passes over a connection whose request takes long', async () => {
    await client.send(listGroupsApi, {}, { to: { broker: 1 } });
    for (const broker of cluster.brokers) broker.on(answer(describeConfigsApi, () => undefined));
    const stop = new AbortController();
    const stuck = failureOf(client.send(describeConfigsApi, {}, { to: { broker: 1 }, signal: stop.signal }));
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(await millisecondsOf(client.send(listGroupsApi, {}, { to: { broker: 1 } }))).toBeLessThan(300);
    stop.abort();
    await stuck;
  });

  it('shares one connection between requests that are quick', async () => {
    await client.send(metadataApi, { topics: [] }, { to: 'any' });
    await Promise.all(
      Array.from({ length: 20 }, () => client.send(listGroupsApi, {}, { to: { broker: 3 } })),
    );
    expect(cluster.broker(3).connectionCount).toBe(1);
  });

  it('refuses everything once it is closed, and closes its connections', async () => {
    await client.send(listGroupsApi, {}, { to: { broker: 1 } });
    await client.close();
    expect((await failureOf(client.send(listGroupsApi, {}, { to: { broker: 1 } }))).code).toBe('unavailable');
    await expect.poll(() => cluster.broker(1).connectionCount).toBe(0);
  });
});
