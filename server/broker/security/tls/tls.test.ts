import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeResponse, encodeRequest } from '../../../protocol/frame.ts';
import { createTopicsApi } from '../../../protocol/messages/create-topics.ts';
import { type ServedCluster, serveCluster } from '../../testing/served-cluster.ts';
import { STANDARD_AUTHORIZER } from '../authorizer.ts';
import { distinguishedName } from './distinguished-name.ts';
import { principalMapping } from './principal-mapping.ts';
import { selfSignedCertificate } from './self-signed.ts';
import { ownIdentity, readIdentity } from './server-identity.ts';

describe('a certificate of the own making', () => {
  test('is for clients on the same machine, signed by itself, good for years', () => {
    const now = Date.now();
    const { certificate, key } = selfSignedCertificate('Kafdeck', now);
    const parsed = new X509Certificate(certificate);
    expect(parsed.subject).toBe('CN=Kafdeck');
    expect(parsed.checkHost('localhost')).toBe('localhost');
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.checkIP('10.0.0.1')).toBeUndefined();
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(Date.parse(parsed.validFrom)).toBeLessThan(now);
    expect(Date.parse(parsed.validTo)).toBeGreaterThan(now + 9 * 365 * 86_400_000);
    expect(key).toContain('PRIVATE KEY');
  });

  test('is made once and kept, with a key that only its owner reads', () => {
    const dir = mkdtempSync(join(tmpdir(), 'kafdeck-tls-'));
    try {
      const made = ownIdentity(dir, Date.now());
      expect(statSync(join(dir, 'tls/key.pem')).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(dir, 'tls/certificate.pem'), 'utf8')).toBe(made.certificate);
      expect(ownIdentity(dir, Date.now())).toEqual(made);
      const other = selfSignedCertificate('other', Date.now());
      const files = { certificate: join(dir, 'other.pem'), key: join(dir, 'tls/key.pem') };
      writeFileSync(files.certificate, other.certificate);
      expect(() => readIdentity(files)).toThrow(`The key in ${files.key} does not belong to`);
      expect(() => readIdentity({ ...files, key: '/nowhere' })).toThrow("/nowhere can't be read");
      expect(() => readIdentity({ ...files, key: files.certificate })).toThrow('has no usable PEM');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

test.each([
  ['C=DE\nO=Kafdeck\nCN=ann', 'CN=ann,O=Kafdeck,C=DE'],
  ['O=Kafdeck\\, Inc\nCN=ann', 'CN=ann,O=Kafdeck\\, Inc'],
  ['CN=ann\nemailAddress=a@b.c', '1.2.840.113549.1.9.1=#160561406 22e63,CN=ann'.replace(' ', '')],
  ['CN= x ', 'CN=\\ x\\ '],
])('%j is the principal %j', (subject, name) => {
  expect(distinguishedName(subject)).toBe(name);
});

test('rules make a name of it, the first that fits', () => {
  const map = principalMapping('RULE:^CN=(.*?),OU=Ops.*$/$1/L, RULE:^CN=([A-Z]+)$/$1-x/U,DEFAULT');
  expect(map('CN=Ann,OU=Ops,C=DE')).toBe('ann');
  expect(map('CN=ABC')).toBe('ABC-X');
  expect(map('CN=ben')).toBe('CN=ben');
  expect(() => principalMapping('RULE:^CN=x$/y/')('CN=z')).toThrow('No rules apply to CN=z');
  expect(() => principalMapping('NONSENSE')).toThrow('Invalid rule: `NONSENSE`');
});

describe('clients with certificates', () => {
  const server = selfSignedCertificate('server', Date.now());
  const ann = selfSignedCertificate('ann', Date.now());
  let served: ServedCluster;
  const sockets: TLSSocket[] = [];

  beforeEach(async () => {
    served = await serveCluster(
      {
        'authorizer.class.name': STANDARD_AUTHORIZER,
        'super.users': 'User:CN=ann',
        'ssl.client.auth': 'required',
      },
      {
        listeners: [{ protocol: 'SSL', portOf: () => 0 }],
        users: new Map(),
        identity: server,
        clientAuthorities: ann.certificate,
      },
    );
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await served.cluster.close();
  });

  async function createTopic(identity?: { certificate: string; key: string }) {
    const [host, port] = served.bootstrapServers('SSL')[0]!.split(':');
    const socket = connect({
      host: host!,
      port: Number(port),
      ca: server.certificate,
      ...(identity ? { cert: identity.certificate, key: identity.key } : {}),
    });
    sockets.push(socket);
    socket.on('error', () => {});
    await once(socket, 'secureConnect');
    socket.write(
      encodeRequest(
        createTopicsApi,
        5,
        { correlationId: 1, clientId: 'test' },
        {
          topics: [{ name: 'made', numPartitions: 1, replicationFactor: 1 }],
          timeoutMs: 1000,
        },
      ),
    );
    const answer = await new Promise<Buffer | null>((settle) => {
      socket.once('data', settle);
      socket.once('close', () => settle(null));
    });
    if (answer === null) return 'hung up';
    return decodeResponse(createTopicsApi, 5, answer.subarray(4)).body.topics[0]!.errorCode;
  }

  test('are who it says; without a good one nobody comes in', async () => {
    expect(await createTopic(ann)).toBe(0);
    expect(await createTopic()).toBe('hung up');
    expect(await createTopic(selfSignedCertificate('ann', Date.now()))).toBe('hung up');
  });
});
