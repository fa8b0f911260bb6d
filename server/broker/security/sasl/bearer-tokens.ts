import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { type BearerToken, BearerTokenError, type BearerTokenValidator } from './oauth-bearer.ts';

/** What a token has to say to be good. */
export interface BearerTokenRules {
  /** Keys by their id, `''` for one without; null takes unsigned tokens, for development only, as Kafka does. */
  readonly keys: ReadonlyMap<string, KeyObject> | null;
  readonly principalClaim: string;
  readonly scopeClaim: string;
  readonly requiredScope: readonly string[];
  readonly clockSkewMs: number;
  /** Null: any will do. */
  readonly expectedIssuer: string | null;
  /** One of them is enough; empty: any will do. */
  readonly expectedAudience: readonly string[];
  now(): number;
}

type Claims = Readonly<Record<string, unknown>>;

/** RSA and EC signatures by their name in a token's header (RFC 7518). */
const SIGNATURES: ReadonlyMap<string, { readonly hash: string; readonly type: string }> = new Map([
  ['RS256', { hash: 'sha256', type: 'rsa' }],
  ['RS384', { hash: 'sha384', type: 'rsa' }],
  ['RS512', { hash: 'sha512', type: 'rsa' }],
  ['ES256', { hash: 'sha256', type: 'ec' }],
  ['ES384', { hash: 'sha384', type: 'ec' }],
  ['ES512', { hash: 'sha512', type: 'ec' }],
]);

/** Checks JSON web tokens as Kafka's OAUTHBEARER validators do: unsigned ones, or signed ones against known keys. */
export function bearerTokenValidator(rules: BearerTokenRules): BearerTokenValidator {
  return (token) => {
    const [header = '', payload = '', signature = '', ...more] = token.split('.');
    if (more.length > 0) throw new BearerTokenError('a token has three parts');
    checkSignature(jsonIn(header), `${header}.${payload}`, signature, rules);
    return checkClaims(jsonIn(payload), rules);
  };
}

/**
 * The keys of a JSON web key set (RFC 7517).
 * @throws Error with one line when it is none
 */
export function keysOfSet(json: string): Map<string, KeyObject> {
  const set: unknown = JSON.parse(json);
  if (!isRecord(set) || !Array.isArray(set.keys)) throw new Error('it has no list of keys');
  const keys = new Map<string, KeyObject>();
  for (const key of set.keys as JsonWebKey[]) {
    const id = typeof key.kid === 'string' ? key.kid : '';
    keys.set(id, createPublicKey({ key, format: 'jwk' }));
  }
  return keys;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonIn(part: string): Claims {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (isRecord(value)) return value;
  } catch {
    // Said below.
  }
  throw new BearerTokenError('a part of the token is no JSON object');
}

function checkSignature(header: Claims, signed: string, signature: string, { keys }: BearerTokenRules): void {
  if (keys === null) {
    if (header.alg !== 'none' || signature !== '')
      throw new BearerTokenError('only unsigned tokens are taken');
    return;
  }
  const kind = SIGNATURES.get(String(header.alg));
  const key = keys.get(typeof header.kid === 'string' ? header.kid : '');
  if (kind === undefined || key === undefined || key.asymmetricKeyType !== kind.type) {
    throw new BearerTokenError('no key is known for its signature');
  }
  const isGood = verify(
    kind.hash,
    Buffer.from(signed),
    kind.type === 'ec' ? { key, dsaEncoding: 'ieee-p1363' } : key,
    Buffer.from(signature, 'base64url'),
  );
  if (!isGood) throw new BearerTokenError('its signature is wrong');
}

function checkClaims(claims: Claims, rules: BearerTokenRules): BearerToken {
  const now = rules.now();
  const principalName = claims[rules.principalClaim];
  if (typeof principalName !== 'string' || principalName === '') {
    throw new BearerTokenError(`it has no ${rules.principalClaim}`);
  }
  const issuedAt = secondsIn(claims, 'iat');
  const expiresAt = secondsIn(claims, 'exp');
  if (expiresAt === null) throw new BearerTokenError('it never expires');
  if (issuedAt !== null && issuedAt * 1000 > now + rules.clockSkewMs) {
    throw new BearerTokenError('it is from the future');
  }
  if (now - rules.clockSkewMs >= expiresAt * 1000) throw new BearerTokenError('it has expired');
  if (issuedAt !== null && expiresAt <= issuedAt) {
    throw new BearerTokenError('it expired before it was issued');
  }
  if (rules.expectedIssuer !== null && claims.iss !== rules.expectedIssuer) {
    throw new BearerTokenError('it is from another issuer');
  }
  const audience = listIn(claims.aud);
  if (rules.expectedAudience.length > 0 && !rules.expectedAudience.some((each) => audience.includes(each))) {
    throw new BearerTokenError('it is for another audience');
  }
  const scope = listIn(claims[rules.scopeClaim]);
  if (!rules.requiredScope.every((each) => scope.includes(each))) {
    throw new BearerTokenError('its scope is too small', `[${rules.requiredScope.join(', ')}]`);
  }
  return { principalName, expiresAtMs: Math.floor(expiresAt * 1000) };
}

function secondsIn(claims: Claims, name: string): number | null {
  const value = claims[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') throw new BearerTokenError(`${name} is no number`);
  return value;
}

/** A scope is a list, or one text with spaces between. */
function listIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split(' ').filter((each) => each !== '');
  return Array.isArray(value) ? value.map(String) : [];
}
