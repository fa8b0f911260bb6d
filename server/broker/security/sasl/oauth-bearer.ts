import { user } from '../principal.ts';
import {
  type Authenticated,
  AuthenticationError,
  InvalidCredentialsError,
  type SaslExchange,
} from './exchange.ts';

/** What a good token says. */
export interface BearerToken {
  readonly principalName: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** Why a token is not taken, as RFC 7628 tells it. */
export class BearerTokenError extends Error {
  override name = 'BearerTokenError';
  /** The scope that the token would need; null when the scope is not what is wrong. */
  readonly missingScope: string | null;

  constructor(message: string, missingScope: string | null = null) {
    super(message);
    this.missingScope = missingScope;
  }
}

/** @throws BearerTokenError */
export type BearerTokenValidator = (token: string) => BearerToken;

const NAME = '(?:[\\x01-\\x2B\\x2D-\\x3C\\x3E-\\x7F]|=2C|=3D)+';
const PAIR = '[A-Za-z]+=[\\x20-\\x7E\\t\\r\\n]+\\x01';
const FIRST = new RegExp(`^n,(?:a=(?<authzid>${NAME}))?,\\x01(?<pairs>(?:${PAIR})*)\\x01$`);
const AUTH = /^auth=(?<scheme>\w+) +(?<token>[-_~+/.a-zA-Z0-9]+=*)$/;
const SEPARATOR = '\x01';

/** SASL OAUTHBEARER (RFC 7628): a token that says who its bearer is. */
export class OAuthBearerExchange implements SaslExchange {
  outcome: Authenticated | null = null;
  readonly #validate: BearerTokenValidator;
  #refusal: string | null = null;

  constructor(validate: BearerTokenValidator) {
    this.#validate = validate;
  }

  evaluate(message: Buffer): Buffer {
    const text = message.toString('utf8');
    // The client has to take note of the refusal before it is final.
    if (text === SEPARATOR && this.#refusal !== null) throw new AuthenticationError(this.#refusal);
    const found = FIRST.exec(text)?.groups;
    if (found === undefined) throw new InvalidCredentialsError('Invalid OAUTHBEARER client first message');
    const pairs = (found.pairs ?? '').split(SEPARATOR);
    const auth = pairs.map((pair) => AUTH.exec(pair)?.groups).find((groups) => groups !== undefined);
    if (auth?.scheme?.toLowerCase() !== 'bearer') {
      throw new InvalidCredentialsError('Invalid OAUTHBEARER client first message: no bearer token');
    }
    try {
      const { principalName, expiresAtMs } = this.#validate(auth.token!);
      if (found.authzid !== undefined && found.authzid !== principalName) {
        throw new AuthenticationError(
          `Authentication failed: Client requested an authorization id (${found.authzid}) that is different from the token's principal name (${principalName})`,
        );
      }
      this.outcome = { principal: user(principalName), expiresAtMs };
      return Buffer.alloc(0);
    } catch (error) {
      if (!(error instanceof BearerTokenError)) throw error;
      this.#refusal =
        error.missingScope === null
          ? '{"status":"invalid_token"}'
          : `{"status":"insufficient_scope", "scope":"${error.missingScope}"}`;
      return Buffer.from(this.#refusal);
    }
  }
}
