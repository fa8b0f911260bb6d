import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { createDelegationTokenApi } from '../../protocol/messages/create-delegation-token.ts';
import { describeDelegationTokenApi } from '../../protocol/messages/describe-delegation-token.ts';
import { expireDelegationTokenApi } from '../../protocol/messages/expire-delegation-token.ts';
import { metadataApi } from '../../protocol/messages/metadata.ts';
import { renewDelegationTokenApi } from '../../protocol/messages/renew-delegation-token.ts';
import { saslAuthenticateApi } from '../../protocol/messages/sasl-authenticate.ts';
import { saslHandshakeApi } from '../../protocol/messages/sasl-handshake.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';

const HOUR_MS = 3_600_000;
let served: ServedCluster;
const clients: RawClient[] = [];

async function serve(configs: Record<string, string>) {
  served = await serveCluster(
    {
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256',
      'connection.failed.authentication.delay.ms': '0',
      ...configs,
    },
    {
      listeners: [{ protocol: 'SASL_PLAINTEXT', portOf: () => 0 }],
      users: new Map([
        ['alice', 'a'],
        ['bob', 'b'],
      ]),
      identity: null,
      clientAuthorities: null,
    },
  );
}

beforeEach(() => serve({ 'delegation.token.secret.key': 'the key' }));
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await served.cluster.close();
});

async function connect(listener?: string) {
  const client = await RawClient.connect(served.bootstrapServers(listener)[0]!);
  clients.push(client);
  return client;
}

async function as(name: string) {
  const client = await connect('SASL_PLAINTEXT');
  await client.send(saslHandshakeApi, 1, { mechanism: 'PLAIN' });
  await client.send(saslAuthenticateApi, 2, { authBytes: Buffer.from(`\0${name}\0${name[0]}`) });
  return client;
}

/** The client's side of SCRAM-SHA-256 with a token's id and secret. */
async function withToken(tokenId: string, hmac: Buffer) {
  const client = await connect('SASL_PLAINTEXT');
  await client.send(saslHandshakeApi, 1, { mechanism: 'SCRAM-SHA-256' });
  const first = `n=${tokenId},r=nonce,tokenauth=true`;
  const begun = await client.send(saslAuthenticateApi, 2, { authBytes: Buffer.from(`n,,${first}`) });
  if (begun.errorCode !== 0) return { client, ...begun };
  const answer = begun.authBytes.toString();
  const [, nonce, salt, iterations] = /^r=(.+),s=(.+),i=(\d+)$/.exec(answer)!;
  const password = hmac.toString('base64');
  const salted = pbkdf2Sync(password, Buffer.from(salt!, 'base64'), Number(iterations), 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const last = `c=biws,r=${nonce}`;
  const signature = createHmac('sha256', createHash('sha256').update(clientKey).digest())
    .update(`${first},${answer},${last}`)
    .digest();
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ signature[index]!)).toString('base64');
  const finished = await client.send(saslAuthenticateApi, 2, {
    authBytes: Buffer.from(`${last},p=${proof}`),
  });
  return { client, ...finished };
}

test('whoever has a token comes in as its owner, for as long as it holds, and gets no further one', async () => {
  const alice = await as('alice');
  const token = await alice.send(createDelegationTokenApi, 3, { maxLifetimeMs: BigInt(HOUR_MS) });
  expect(token).toMatchObject({ errorCode: 0, principalType: 'User', principalName: 'alice' });
  expect(Number(token.maxTimestampMs - token.issueTimestampMs)).toBe(HOUR_MS);

  const { client, errorCode, sessionLifetimeMs } = await withToken(token.tokenId, token.hmac);
  expect(errorCode).toBe(0);
  expect(Number(sessionLifetimeMs)).toBeGreaterThan(HOUR_MS - 60_000);
  expect((await client.send(metadataApi, 12, { topics: [] })).brokers).toHaveLength(3);
  expect(await client.send(createDelegationTokenApi, 3, { maxLifetimeMs: -1n })).toMatchObject({
    errorCode: ERROR.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
  });

  expect(await withToken(token.tokenId, Buffer.from('guessed'))).toMatchObject({
    errorCode: ERROR.SASL_AUTHENTICATION_FAILED,
  });
});

test('only its owner and its renewers renew or end a token', async () => {
  const [alice, bob] = [await as('alice'), await as('bob')];
  const own = await alice.send(createDelegationTokenApi, 2, { maxLifetimeMs: -1n });
  const shared = await alice.send(createDelegationTokenApi, 2, {
    renewers: [{ principalType: 'User', principalName: 'bob' }],
    maxLifetimeMs: -1n,
  });
  const renew = (client: RawClient, hmac: Buffer) =>
    client.send(renewDelegationTokenApi, 2, { hmac, renewPeriodMs: BigInt(HOUR_MS) });
  expect((await renew(bob, own.hmac)).errorCode).toBe(ERROR.DELEGATION_TOKEN_OWNER_MISMATCH);
  expect((await renew(bob, Buffer.from('x'))).errorCode).toBe(ERROR.DELEGATION_TOKEN_NOT_FOUND);
  const renewed = await renew(bob, shared.hmac);
  expect(renewed.errorCode).toBe(0);
  expect(Number(renewed.expiryTimestampMs)).toBeLessThan(Number(shared.expiryTimestampMs));

  const { tokens } = await bob.send(describeDelegationTokenApi, 3, {
    owners: [{ principalType: 'User', principalName: 'bob' }],
  });
  expect(tokens.map(({ tokenId }) => tokenId)).toEqual([shared.tokenId]);

  await alice.send(expireDelegationTokenApi, 2, { hmac: shared.hmac, expiryTimePeriodMs: -1n });
  expect(await withToken(shared.tokenId, shared.hmac)).toMatchObject({
    errorCode: ERROR.SASL_AUTHENTICATION_FAILED,
  });
  expect((await renew(bob, shared.hmac)).errorCode).toBe(ERROR.DELEGATION_TOKEN_NOT_FOUND);
});

test('what has expired is removed', async () => {
  const alice = await as('alice');
  const { tokenId } = await alice.send(createDelegationTokenApi, 2, { maxLifetimeMs: 1000n });
  const tokens = served.cluster.image.security.delegationTokens;
  served.cluster.controller.removeExpiredTokens(Date.now());
  expect([...tokens.keys()]).toEqual([tokenId]);
  served.cluster.controller.removeExpiredTokens(Date.now() + 2000);
  expect([...tokens.keys()]).toEqual([]);
});

test('nobody gets a token who has not proved who it is, or where there is no key', async () => {
  const anyone = await connect();
  const create = (client: RawClient) => client.send(createDelegationTokenApi, 3, { maxLifetimeMs: -1n });
  expect((await create(anyone)).errorCode).toBe(ERROR.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED);
  await served.cluster.close();
  await serve({});
  expect((await create(await as('alice'))).errorCode).toBe(ERROR.DELEGATION_TOKEN_AUTH_DISABLED);
});
