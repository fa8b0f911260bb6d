import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeRequest } from '../../protocol/frame.ts';
import { metadataApi } from '../../protocol/messages/metadata.ts';
import { saslAuthenticateApi } from '../../protocol/messages/sasl-authenticate.ts';
import { saslHandshakeApi } from '../../protocol/messages/sasl-handshake.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';

const ROUNDS = 150;
const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'OAUTHBEARER'];
/** Messages that are nearly right. */
const MESSAGES = [
  '\0alice\0alice',
  'n,,n=alice,r=nonce',
  'n,a=alice,m=x,n=alice,r=nonce,tokenauth=true',
  'c=biws,r=nonce,p=AAAA',
  'n,,\x01auth=Bearer e30.e30.\x01\x01',
  'n,,\x01auth=Bearer .\x01\x01',
  '\x01',
  '',
];

let served: ServedCluster;
let seed = 1;

beforeAll(async () => {
  served = await serveCluster(
    {
      'sasl.enabled.mechanisms': MECHANISMS.join(','),
      'connection.failed.authentication.delay.ms': '0',
      'sasl.server.max.receive.size': '4096',
    },
    {
      listeners: [{ protocol: 'SASL_PLAINTEXT', portOf: () => 0 }],
      users: new Map([['alice', 'alice']]),
      identity: null,
      clientAuthorities: null,
    },
  );
});
afterAll(() => served.cluster.close());

/** The same numbers in every run, so that what fails fails again. */
function below(limit: number): number {
  seed = (seed * 48271) % 2147483647;
  return seed % limit;
}

function mangled(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let change = below(4); change > 0 && copy.length > 4; change -= 1) {
    copy[4 + below(copy.length - 4)] = below(256);
  }
  return copy;
}

async function open(): Promise<Socket> {
  const [host, port] = served.bootstrapServers('SASL_PLAINTEXT')[0]!.split(':');
  const socket = connect(Number(port), host);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test('nonsense at the door stops nobody else', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const socket = await open();
    socket.resume();
    const closed = once(socket, 'close');
    const header = { correlationId: round, clientId: 'x' };
    const mechanism = MECHANISMS[below(MECHANISMS.length)]!;
    socket.write(mangled(encodeRequest(saslHandshakeApi, below(2), header, { mechanism })));
    for (let step = 0; step < 3; step += 1) {
      const authBytes =
        below(5) === 0 ? randomBytes(below(64)) : Buffer.from(MESSAGES[below(MESSAGES.length)]!);
      socket.write(mangled(encodeRequest(saslAuthenticateApi, below(3), header, { authBytes })));
    }
    socket.end(encodeRequest(metadataApi, 12, { correlationId: 77_777, clientId: 'x' }, { topics: null }));
    await closed;
  }
  const client = await RawClient.connect(served.bootstrapServers('SASL_PLAINTEXT')[0]!);
  await client.send(saslHandshakeApi, 1, { mechanism: 'PLAIN' });
  await client.send(saslAuthenticateApi, 2, { authBytes: Buffer.from('\0alice\0alice') });
  expect((await client.send(metadataApi, 12, { topics: [] })).brokers).toHaveLength(3);
  expect(served.logLines.filter((line) => line.includes('failed to serve'))).toEqual([]);
  client.close();
});

test('a frame that is too large for a stranger ends the connection before it is read', async () => {
  const socket = await open();
  const size = Buffer.alloc(4);
  size.writeInt32BE(5000);
  socket.write(size);
  await once(socket, 'close');
  expect(served.logLines.join('\n')).toContain('a frame of 5000 bytes was announced (limit 4096)');
});
