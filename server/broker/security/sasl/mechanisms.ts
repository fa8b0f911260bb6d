import { type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SecurityImage } from '../../controller/security-records.ts';
import { tokenHmac } from '../tokens.ts';
import { bearerTokenValidator, keysOfSet } from './bearer-tokens.ts';
import type { SaslExchange } from './exchange.ts';
import { OAuthBearerExchange } from './oauth-bearer.ts';
import { PlainExchange } from './plain.ts';
import { ScramExchange, type ScramSecret, type ScramSecrets, userSecret } from './scram.ts';
import { SCRAM_MECHANISMS, type ScramMechanism, scramKeys } from './scram-mechanisms.ts';

export interface MechanismOptions {
  /** Passwords of PLAIN by user. */
  readonly users: ReadonlyMap<string, string>;
  readonly image: SecurityImage;
  /** A broker config as text; null: neither set nor known. */
  config(name: string): string | null;
  /** Milliseconds since the epoch. */
  now(): number;
}

const SALT_BYTES = 20;

/**
 * What begins an exchange, for every mechanism of `sasl.enabled.mechanisms`.
 * @throws Error with one line when one of them can't be served
 */
export function saslMechanisms(options: MechanismOptions): Map<string, () => SaslExchange> {
  const names = listOf(options.config('sasl.enabled.mechanisms'));
  return new Map(names.map((name) => [name, beginning(name, options)]));
}

function beginning(name: string, options: MechanismOptions): () => SaslExchange {
  if (name === 'PLAIN') return () => new PlainExchange(options.users);
  if (name === 'OAUTHBEARER') {
    const validate = bearerTokens(options);
    return () => new OAuthBearerExchange(validate);
  }
  const mechanism = SCRAM_MECHANISMS.find((each) => each.name === name);
  if (mechanism === undefined) {
    throw new Error(
      `sasl.enabled.mechanisms: ${name} is not served, but PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 and OAUTHBEARER`,
    );
  }
  const secrets = scramSecrets(mechanism, options);
  return () => new ScramExchange(mechanism, secrets);
}

function scramSecrets(mechanism: ScramMechanism, { image, config }: MechanismOptions): ScramSecrets {
  // Salting takes milliseconds: once for a token is enough.
  const salted = new Map<string, Pick<ScramSecret, 'salt' | 'storedKey' | 'serverKey' | 'iterations'>>();
  return {
    ofUser(name) {
      const credential = image.scramCredentials.get(name)?.get(mechanism.type);
      return credential === undefined ? null : userSecret(name, credential);
    },
    ofToken(tokenId) {
      const token = image.delegationTokens.get(tokenId);
      const secretKey = config('delegation.token.secret.key');
      if (token === undefined || secretKey === null) {
        salted.delete(tokenId);
        return null;
      }
      let keys = salted.get(tokenId);
      if (keys === undefined) {
        keys = saltedKeys(mechanism, tokenHmac(tokenId, secretKey).toString('base64'));
        salted.set(tokenId, keys);
      }
      return {
        ...keys,
        principal: { ...token.owner, tokenAuthenticated: true },
        expiresAtMs: token.expiryTimestamp,
      };
    },
  };
}

function saltedKeys(mechanism: ScramMechanism, password: string) {
  const salt = randomBytes(SALT_BYTES);
  const { minIterations: iterations } = mechanism;
  const saltedPassword = mechanism.saltedPassword(password, salt, iterations);
  return { salt, iterations, ...scramKeys(mechanism, saltedPassword) };
}

function bearerTokens({ config, now }: MechanismOptions) {
  const text = (name: string, otherwise: string) => config(`sasl.oauthbearer.${name}`) ?? otherwise;
  const keys = keysAt(text('jwks.endpoint.url', ''));
  return bearerTokenValidator({
    keys,
    principalClaim: text('sub.claim.name', 'sub'),
    scopeClaim: text('scope.claim.name', 'scope'),
    requiredScope: [],
    // Kafka's validator of unsigned tokens has its own setting, with no skew unless told.
    clockSkewMs: keys === null ? 0 : Number(text('clock.skew.seconds', '30')) * 1000,
    expectedIssuer: config('sasl.oauthbearer.expected.issuer'),
    expectedAudience: listOf(config('sasl.oauthbearer.expected.audience')),
    now,
  });
}

/** Null when no keys are set: then only unsigned tokens are taken. */
function keysAt(url: string): Map<string, KeyObject> | null {
  if (url === '') return null;
  try {
    if (!url.startsWith('file:')) throw new Error('it has to be a file: URL');
    return keysOfSet(readFileSync(fileURLToPath(url), 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    throw new Error(`sasl.oauthbearer.jwks.endpoint.url is '${url}', but ${why}`);
  }
}

function listOf(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
