import { createHash, timingSafeEqual } from 'node:crypto';
import { user } from '../principal.ts';
import { type Authenticated, AuthenticationError, type SaslExchange } from './exchange.ts';

/** SASL PLAIN (RFC 4616): a name and a password, as they are. */
export class PlainExchange implements SaslExchange {
  outcome: Authenticated | null = null;
  readonly #passwords: ReadonlyMap<string, string>;

  /** @param passwords by user */
  constructor(passwords: ReadonlyMap<string, string>) {
    this.#passwords = passwords;
  }

  evaluate(message: Buffer): Buffer {
    // Kafka counts at most four.
    const tokens = message.toString('utf8').split('\0', 4);
    if (tokens.length !== 3) {
      throw new AuthenticationError(`Invalid SASL/PLAIN response: expected 3 tokens, got ${tokens.length}`);
    }
    const [authorizationId, name, password] = tokens as [string, string, string];
    if (name === '') throw new AuthenticationError('Authentication failed: username not specified');
    if (password === '') throw new AuthenticationError('Authentication failed: password not specified');
    const expected = this.#passwords.get(name);
    if (expected === undefined || !isSame(password, expected)) {
      throw new AuthenticationError('Authentication failed: Invalid username or password');
    }
    if (authorizationId !== '' && authorizationId !== name) {
      throw new AuthenticationError(
        'Authentication failed: Client requested an authorization id that is different from username',
      );
    }
    this.outcome = { principal: user(name), expiresAtMs: null };
    return Buffer.alloc(0);
  }
}

/** Takes as long for a wrong password as for the right one, whatever their lengths. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
