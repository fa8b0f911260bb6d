import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { type BearerTokenRules, bearerTokenValidator, keysOfSet } from './bearer-tokens.ts';

const NOW = 1_800_000_000_000;
const SECONDS = NOW / 1000;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (claims: object, header: object = { alg: 'none' }) => `${part(header)}.${part(claims)}.`;

function signed(alg: 'RS256' | 'ES256', key: KeyObject, claims: object, kid: string = alg) {
  const body = `${part({ alg, kid })}.${part(claims)}`;
  const options = alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' as const } : key;
  return `${body}.${sign('sha256', Buffer.from(body), options).toString('base64url')}`;
}

function validator(rules: Partial<BearerTokenRules> = {}) {
  return bearerTokenValidator({
    keys: null,
    principalClaim: 'sub',
    scopeClaim: 'scope',
    requiredScope: [],
    clockSkewMs: 0,
    expectedIssuer: null,
    expectedAudience: [],
    now: () => NOW,
    ...rules,
  });
}

const good = { sub: 'olga', exp: SECONDS + 60 };

test('an unsigned token is taken when no keys are known', () => {
  expect(validator()(unsigned(good))).toEqual({ principalName: 'olga', expiresAtMs: NOW + 60_000 });
  expect(validator({ principalClaim: 'email' })(unsigned({ ...good, email: 'o@x' })).principalName).toBe(
    'o@x',
  );
});

test.each<[string, string]>([
  ['it has expired', unsigned({ ...good, exp: SECONDS })],
  ['it never expires', unsigned({ sub: 'olga' })],
  ['exp is no number', unsigned({ ...good, exp: 'soon' })],
  ['it is from the future', unsigned({ ...good, iat: SECONDS + 1 })],
  ['it has no sub', unsigned({ exp: good.exp })],
  ['only unsigned tokens are taken', `${unsigned(good)}c2ln`],
  ['only unsigned tokens are taken', unsigned(good, { alg: 'RS256' })],
  ['no JSON object', 'a.b.'],
  ['three parts', `${unsigned(good)}.`],
])('not good: %s', (why, token) => {
  expect(() => validator()(token)).toThrow(why);
});

test('clocks may differ by the skew', () => {
  const skewed = validator({ clockSkewMs: 5000 });
  expect(skewed(unsigned({ ...good, exp: SECONDS - 4 })).principalName).toBe('olga');
  expect(() => skewed(unsigned({ ...good, exp: SECONDS - 5 }))).toThrow('expired');
});

test('scope, issuer and audience are checked where they are asked for', () => {
  const strict = validator({ requiredScope: ['a', 'b'], expectedIssuer: 'me', expectedAudience: ['kafka'] });
  const all = { ...good, scope: 'b a c', iss: 'me', aud: ['other', 'kafka'] };
  expect(strict(unsigned(all)).principalName).toBe('olga');
  expect(() => strict(unsigned({ ...all, iss: 'you' }))).toThrow('another issuer');
  expect(() => strict(unsigned({ ...all, aud: 'other' }))).toThrow('another audience');
  expect(() => strict(unsigned({ ...all, scope: ['a'] }))).toThrow(
    expect.objectContaining({ missingScope: '[a, b]' }),
  );
});

test('with keys a token has to be signed by the one it names', () => {
  const jwk = (key: KeyObject, kid: string) => ({ ...createPublicKey(key).export({ format: 'jwk' }), kid });
  const keys = keysOfSet(
    JSON.stringify({ keys: [jwk(rsa.privateKey, 'RS256'), jwk(ec.privateKey, 'ES256')] }),
  );
  const validate = validator({ keys });
  expect(validate(signed('RS256', rsa.privateKey, good)).principalName).toBe('olga');
  expect(validate(signed('ES256', ec.privateKey, good)).principalName).toBe('olga');
  expect(() => validate(unsigned(good))).toThrow('no key');
  expect(() => validate(signed('RS256', rsa.privateKey, good, 'other'))).toThrow('no key');
  expect(() => validate(signed('RS256', rsa.privateKey, good, 'ES256'))).toThrow('no key');
  const [header, , signature] = signed('RS256', rsa.privateKey, good).split('.');
  expect(() => validate(`${header}.${part({ ...good, sub: 'root' })}.${signature}`)).toThrow(
    'signature is wrong',
  );
});
