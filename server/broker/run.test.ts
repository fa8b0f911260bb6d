import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { type ControlMessage, controlMessage } from '../../lib/kafka/embedded-control.ts';
import { metadataApi } from '../protocol/messages/metadata.ts';
import { RawClient } from './testing/raw-client.ts';

const PROGRAM = fileURLToPath(new URL('./main.mjs', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Forks the cluster as the console does and lets a test wait for what it says. */
function start(args: string[]) {
  const child = fork(PROGRAM, args, { execPath: NODE, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  children.push(child);
  const said: ControlMessage[] = [];
  child.on('message', (message) => said.push(controlMessage.parse(message)));
  const hear = async <Type extends ControlMessage['type']>(
    type: Type,
    matches = (_: ControlMessage) => true,
  ) => {
    const find = () => said.find((message) => message.type === type && matches(message));
    while (find() === undefined) await once(child, 'message');
    return find() as Extract<ControlMessage, { type: Type }>;
  };
  let id = 0;
  const ask = async (request: object) => {
    id += 1;
    const asked = id;
    child.send({ type: 'request', id: asked, ...request });
    return hear('reply', (message) => message.type === 'reply' && message.id === asked);
  };
  return { child, said, hear, ask, exit: once(child, 'exit') };
}

test('the console is told when it is ready, stops and starts brokers, and ends it', async () => {
  const { hear, ask, exit } = start(['--memory', '--port', '0']);
  const { status } = await hear('ready');
  expect(status.dataDir).toBeNull();
  expect(status.brokers.map(({ id, rack, state }) => [id, rack, state])).toEqual([
    [1, 'rack-a', 'running'],
    [2, 'rack-b', 'running'],
    [3, 'rack-c', 'running'],
  ]);
  const port = status.brokers[1]!.port;

  expect(await ask({ op: 'stop-broker', broker: 2, mode: 'hard' })).toMatchObject({
    ok: true,
    status: { brokers: [{}, { id: 2, port, state: 'stopped' }, {}] },
  });
  await expect(RawClient.connect(`127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(await ask({ op: 'start-broker', broker: 2 })).toMatchObject({ ok: true });
  const client = await RawClient.connect(`127.0.0.1:${port}`);
  expect((await client.send(metadataApi, 1, { topics: [] })).brokers).toHaveLength(3);
  expect(await ask({ op: 'stop-broker', broker: 9 })).toMatchObject({
    ok: false,
    error: 'There is no broker 9',
  });

  expect(await ask({ op: 'shutdown' })).toMatchObject({ ok: true });
  expect((await exit)[0]).toBe(0);
});

test('it ends by itself when the console has gone', async () => {
  const { child, hear, exit } = start(['--memory', '--port', '0']);
  await hear('ready');
  child.disconnect();
  expect((await exit)[0]).toBe(0);
});

test('a port that is taken and asked for by name is one clear line', async () => {
  const taken = createServer();
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const { hear, exit } = start(['--memory', '--brokers', '1', '--port', String(port)]);
  expect(await hear('failed')).toEqual({
    type: 'failed',
    error: `port ${port} is in use; choose others with --port or KAFDECK_EMBEDDED_PORT`,
  });
  expect((await exit)[0]).toBe(1);
  taken.close();
});

test('by hand it says one line, and Ctrl-C ends it', async () => {
  const child = spawn(NODE, [PROGRAM, '--memory', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  expect(String(line)).toMatch(/^Kafka brokers are ready: (127\.0\.0\.1:\d+,?){3} \(data: in memory\)\n$/);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
