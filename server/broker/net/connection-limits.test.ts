import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { metadataApi } from '../../protocol/messages/metadata.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';

let served: ServedCluster;
const clients: RawClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await served.cluster.close();
});

async function join(): Promise<RawClient> {
  const client = await RawClient.connect(served.bootstrapServers()[0]!);
  clients.push(client);
  return client;
}

const ask = (client: RawClient) => client.send(metadataApi, 12, { topics: [] });

async function isRefused(): Promise<boolean> {
  const [host, port] = served.bootstrapServers()[0]!.split(':');
  const socket = connect(Number(port), host);
  socket.on('error', () => {});
  await once(socket, 'close');
  return true;
}

test('one address has no more connections than it may', async () => {
  served = await serveCluster({
    'max.connections.per.ip': '5',
    'max.connections.per.ip.overrides': '127.0.0.1:2',
  });
  const first = await join();
  await ask(first);
  await ask(await join());
  expect(await isRefused()).toBe(true);
  first.close();
  await once(first.socket, 'close');
  await new Promise((resolve) => setTimeout(resolve, 20));
  await ask(await join());
});

test('who comes when the broker is full waits for a place', async () => {
  served = await serveCluster({ 'max.connections': '1' });
  const first = await join();
  await ask(first);
  const second = await join();
  const answer = ask(second);
  const early = await Promise.race([
    answer.then(() => 'answered'),
    new Promise((resolve) => setTimeout(resolve, 60, 'waits')),
  ]);
  expect(early).toBe('waits');
  first.close();
  expect((await answer).brokers).toHaveLength(3);
});

test('an address that connects too often is kept waiting and then hung up on', async () => {
  served = await serveCluster();
  served.cluster.controller.alterClientQuotas(
    [{ entity: [{ type: 'ip', name: null }], changes: [{ key: 'connection_creation_rate', value: 1 }] }],
    false,
  );
  for (let count = 0; count < 10; count += 1) await ask(await join());
  const begin = performance.now();
  expect(await isRefused()).toBe(true);
  expect(performance.now() - begin).toBeGreaterThan(300);
});
