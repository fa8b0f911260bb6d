import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { alterUserScramCredentialsApi } from '../../protocol/messages/alter-user-scram-credentials.ts';
import { apiVersionsApi } from '../../protocol/messages/api-versions.ts';
import { describeUserScramCredentialsApi } from '../../protocol/messages/describe-user-scram-credentials.ts';
import { metadataApi } from '../../protocol/messages/metadata.ts';
import { saslAuthenticateApi } from '../../protocol/messages/sasl-authenticate.ts';
import { saslHandshakeApi } from '../../protocol/messages/sasl-handshake.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';
import { selfSignedCertificate } from './tls/self-signed.ts';

const FAILURE_DELAY_MS = 60;
const identity = selfSignedCertificate('test', Date.now());
let served: ServedCluster;

beforeAll(async () => {
  served = await serveCluster(
    {
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
      'connection.failed.authentication.delay.ms': String(FAILURE_DELAY_MS),
      'listener.name.sasl_ssl.plain.connections.max.reauth.ms': '60000',
    },
    {
      listeners: [
        { protocol: 'SASL_PLAINTEXT', portOf: () => 0 },
        { protocol: 'SASL_SSL', portOf: () => 0 },
        { protocol: 'SSL', portOf: () => 0 },
      ],
      users: new Map([['alice', 'alice-secret']]),
      identity,
      clientAuthorities: null,
    },
  );
});
afterAll(() => served.cluster.close());

async function raw(listener?: string) {
  return RawClient.connect(served.bootstrapServers(listener)[0]!);
}

function kafkajs(listener: string, sasl: SASLOptions | undefined, ca?: string) {
  return new Kafka({
    brokers: served.bootstrapServers(listener),
    ...(sasl === undefined ? {} : { sasl }),
    ...(ca === undefined ? {} : { ssl: { ca } }),
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  }).admin();
}

async function brokersSeenBy(admin: ReturnType<typeof kafkajs>) {
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    return brokers.map(({ host, port }) => `${host}:${port}`).sort();
  } finally {
    await admin.disconnect();
  }
}

const MECHANISM = { 'scram-sha-256': 1, 'scram-sha-512': 2 } as const;

async function addScramUser(name: string, password: string, mechanism: keyof typeof MECHANISM) {
  const hash = mechanism.replace('scram-sha-', 'sha');
  const salt = randomBytes(16);
  const saltedPassword = pbkdf2Sync(password, salt, 4096, createHash(hash).digest().length, hash);
  const client = await raw();
  const { results } = await client.send(alterUserScramCredentialsApi, 0, {
    upsertions: [{ name, mechanism: MECHANISM[mechanism], iterations: 4096, salt, saltedPassword }],
  });
  client.close();
  return results;
}

/** An unsigned bearer token that holds for so long. */
function token(sub: string, milliseconds: number) {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub, exp: (Date.now() + milliseconds) / 1000 })}.`;
}

function plain(text: string) {
  return { authBytes: Buffer.from(text) };
}

describe('clients of others', () => {
  test('PLAIN lets a known user in, and answers the addresses of the listener it came by', async () => {
    const admin = kafkajs('SASL_PLAINTEXT', {
      mechanism: 'plain',
      username: 'alice',
      password: 'alice-secret',
    });
    expect(await brokersSeenBy(admin)).toEqual(served.bootstrapServers('SASL_PLAINTEXT').sort());
  });

  test('a wrong password is refused, and never logged', async () => {
    const admin = kafkajs('SASL_PLAINTEXT', {
      mechanism: 'plain',
      username: 'alice',
      password: 'guessed-secret',
    });
    await expect(brokersSeenBy(admin)).rejects.toThrow('Invalid username or password');
    expect(served.logLines.join('\n')).not.toContain('secret');
  });

  test.each(['scram-sha-256', 'scram-sha-512'] as const)(
    '%s lets in whom the cluster knows',
    async (mechanism) => {
      const name = `user-of-${mechanism}`;
      expect(await addScramUser(name, 'pencil', mechanism)).toMatchObject([{ user: name, errorCode: 0 }]);
      const as = (username: string, password: string) =>
        brokersSeenBy(kafkajs('SASL_PLAINTEXT', { mechanism, username, password }));
      expect(await as(name, 'pencil')).toHaveLength(3);
      const refused = `Authentication failed during authentication due to invalid credentials with SASL mechanism ${mechanism.toUpperCase()}`;
      await expect(as(name, 'pen')).rejects.toThrow(refused);
      await expect(as('nobody', 'pencil')).rejects.toThrow(refused);
    },
  );

  test('OAUTHBEARER takes a token that has not expired', async () => {
    const as = (value: string) =>
      brokersSeenBy(
        kafkajs('SASL_PLAINTEXT', {
          mechanism: 'oauthbearer',
          oauthBearerProvider: async () => ({ value }),
        }),
      );
    expect(await as(token('olga', 60_000))).toHaveLength(3);
    await expect(as(token('olga', -60_000))).rejects.toThrow();
  });

  test('TLS and SASL together, and TLS alone', async () => {
    const sasl = { mechanism: 'plain', username: 'alice', password: 'alice-secret' } as const;
    expect(await brokersSeenBy(kafkajs('SASL_SSL', sasl, identity.certificate))).toHaveLength(3);
    expect(await brokersSeenBy(kafkajs('SSL', undefined, identity.certificate))).toHaveLength(3);
    await expect(
      brokersSeenBy(kafkajs('SSL', undefined, selfSignedCertificate('other', Date.now()).certificate)),
    ).rejects.toThrow();
  });
});

test('a broker that comes back listens where it did', async () => {
  const before = served.bootstrapServers('SASL_SSL');
  await served.cluster.stopBroker(2, 'controlled');
  expect(served.bootstrapServers('SASL_SSL')).toHaveLength(2);
  await served.cluster.startBroker(2);
  expect(served.bootstrapServers('SASL_SSL')).toEqual(before);
});

describe('the exchange', () => {
  test('before it only ApiVersions and SaslHandshake are answered', async () => {
    const client = await raw('SASL_PLAINTEXT');
    const { apiKeys } = await client.send(apiVersionsApi, 3, {
      clientSoftwareName: 'test',
      clientSoftwareVersion: '1',
    });
    expect(apiKeys.map(({ apiKey }) => apiKey)).toEqual(expect.arrayContaining([17, 36]));
    await expect(client.send(metadataApi, 12, { topics: null })).rejects.toThrow('hung up');
  });

  test('an unknown mechanism is told those there are', async () => {
    const client = await raw('SASL_PLAINTEXT');
    const begin = performance.now();
    const answer = await client.send(saslHandshakeApi, 1, { mechanism: 'GSSAPI' });
    expect(answer).toEqual({
      errorCode: ERROR.UNSUPPORTED_SASL_MECHANISM,
      mechanisms: ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'],
    });
    expect(performance.now() - begin).toBeGreaterThan(FAILURE_DELAY_MS * 0.9);
    await expect(client.nextFrame()).rejects.toThrow('hung up');
  });

  test('another name to act for than the own is refused', async () => {
    const client = await raw('SASL_PLAINTEXT');
    await client.send(saslHandshakeApi, 1, { mechanism: 'PLAIN' });
    const answer = await client.send(saslAuthenticateApi, 2, plain('bob\0alice\0alice-secret'));
    expect(answer).toMatchObject({
      errorCode: ERROR.SASL_AUTHENTICATION_FAILED,
      errorMessage:
        'Authentication failed: Client requested an authorization id that is different from username',
    });
  });

  test('after a handshake of version 0 the tokens come bare', async () => {
    const client = await raw('SASL_PLAINTEXT');
    await client.send(saslHandshakeApi, 0, { mechanism: 'PLAIN' });
    const token = Buffer.from('\0alice\0alice-secret');
    const size = Buffer.alloc(4);
    size.writeInt32BE(token.length);
    client.socket.write(Buffer.concat([size, token]));
    expect(await client.nextFrame()).toHaveLength(0);
    expect((await client.send(metadataApi, 12, { topics: [] })).brokers).toHaveLength(3);
  });

  test('a session lasts as long as its token; shown again in time it goes on, but for nobody else', async () => {
    const client = await raw('SASL_PLAINTEXT');
    const signIn = async (sub: string, milliseconds: number, mechanism = 'OAUTHBEARER') => {
      const { errorCode } = await client.send(saslHandshakeApi, 1, { mechanism });
      expect(errorCode).toBe(0);
      return client.send(
        saslAuthenticateApi,
        2,
        plain(`n,,\x01auth=Bearer ${token(sub, milliseconds)}\x01\x01`),
      );
    };
    const { sessionLifetimeMs } = await signIn('olga', 1500);
    expect(Number(sessionLifetimeMs)).toBeGreaterThan(1000);
    expect(Number(sessionLifetimeMs)).toBeLessThanOrEqual(1500);
    expect((await signIn('olga', 1500)).errorCode).toBe(0);
    await delay(1050);
    expect(await signIn('oleg', 1500)).toMatchObject({
      errorCode: ERROR.SASL_AUTHENTICATION_FAILED,
      errorMessage: 'Cannot change principals during re-authentication from User.olga: User.oleg',
    });
  });

  test('when the session is over the connection is closed', async () => {
    const client = await raw('SASL_PLAINTEXT');
    await client.send(saslHandshakeApi, 1, { mechanism: 'OAUTHBEARER' });
    await client.send(saslAuthenticateApi, 1, plain(`n,,\x01auth=Bearer ${token('olga', 200)}\x01\x01`));
    await client.send(metadataApi, 12, { topics: [] });
    await delay(250);
    await expect(client.send(metadataApi, 12, { topics: [] })).rejects.toThrow('hung up');
  });

  test('where there is nothing to prove both requests are out of place', async () => {
    const client = await raw();
    expect(await client.send(saslHandshakeApi, 1, { mechanism: 'PLAIN' })).toMatchObject({
      errorCode: ERROR.ILLEGAL_SASL_STATE,
    });
    expect(await client.send(saslAuthenticateApi, 2, plain('x'))).toMatchObject({
      errorCode: ERROR.ILLEGAL_SASL_STATE,
      errorMessage: 'SaslAuthenticate request received after successful authentication',
    });
    client.close();
  });
});

describe('SCRAM credentials', () => {
  test('are checked, listed and never shown', async () => {
    const client = await raw();
    const salt = randomBytes(8);
    const saltedPassword = createHmac('sha256', salt).update('x').digest();
    const upsertion = { name: 'u', mechanism: 1, iterations: 4096, salt, saltedPassword };
    const { results } = await client.send(alterUserScramCredentialsApi, 0, {
      deletions: [
        { name: 'nobody', mechanism: 1 },
        { name: 'both', mechanism: 1 },
      ],
      upsertions: [
        upsertion,
        { ...upsertion, name: 'few', iterations: 4095 },
        { ...upsertion, name: 'many', iterations: 16385 },
        { ...upsertion, name: 'twice' },
        { ...upsertion, name: 'twice', mechanism: 2 },
        { ...upsertion, name: '' },
        { ...upsertion, name: 'other', mechanism: 3 },
      ],
    });
    const told = results.map(({ user, errorCode, errorMessage }) => [user, errorCode, errorMessage]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['nobody', ERROR.RESOURCE_NOT_FOUND, 'Attempt to delete a user credential that does not exist'],
        ['u', 0, null],
        ['few', ERROR.UNACCEPTABLE_CREDENTIAL, 'Too few iterations'],
        ['many', ERROR.UNACCEPTABLE_CREDENTIAL, 'Too many iterations'],
        ['twice', ERROR.DUPLICATE_RESOURCE, 'A user credential cannot be altered twice in the same request'],
        ['', ERROR.UNACCEPTABLE_CREDENTIAL, 'Username must not be empty'],
        ['other', ERROR.UNSUPPORTED_SASL_MECHANISM, 'Unknown SCRAM mechanism'],
      ]),
    );
    const described = await client.send(describeUserScramCredentialsApi, 0, {
      users: [{ name: 'u' }, { name: 'twice' }, { name: 'x' }, { name: 'x' }],
    });
    expect(described.results).toMatchObject([
      { user: 'u', errorCode: 0, credentialInfos: [{ mechanism: 1, iterations: 4096 }] },
      { user: 'twice', errorCode: ERROR.RESOURCE_NOT_FOUND },
      { user: 'x', errorCode: ERROR.DUPLICATE_RESOURCE },
    ]);
    await client.send(alterUserScramCredentialsApi, 0, { deletions: [{ name: 'u', mechanism: 1 }] });
    const after = await client.send(describeUserScramCredentialsApi, 0, { users: null });
    expect(after.results.map(({ user }) => user)).not.toContain('u');
    client.close();
  });
});
