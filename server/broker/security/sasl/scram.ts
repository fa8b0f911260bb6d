import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type Principal, user } from '../principal.ts';
import {
  type Authenticated,
  AuthenticationError,
  InvalidCredentialsError,
  type SaslExchange,
} from './exchange.ts';
import type { ScramMechanism } from './scram-mechanisms.ts';

/** What the server knows of who wants to come in. */
export interface ScramSecret {
  readonly principal: Principal;
  readonly salt: Buffer;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
  readonly iterations: number;
  /** As `Authenticated` has it. */
  readonly expiresAtMs: number | null;
}

export interface ScramSecrets {
  ofUser(name: string): ScramSecret | null;
  /** By the id of a delegation token, which a client names instead of a user (KIP-48). */
  ofToken(tokenId: string): ScramSecret | null;
}

const BASE64 = '(?:[a-zA-Z0-9/+]{4})*(?:[a-zA-Z0-9/+]{3}=|[a-zA-Z0-9/+]{2}==)?';
const NAME = '(?:[\\x01-\\x2B\\x2D-\\x3C\\x3E-\\x7F]|=2C|=3D)+';
const VALUE = '[\\x01-\\x2B\\x2D-\\x7F]+';
const PRINTABLE = '[\\x21-\\x2B\\x2D-\\x7E]+';
const EXTENSIONS = `(?:,[A-Za-z]+=${VALUE})*`;
const CLIENT_FIRST = new RegExp(
  `^n,(?:a=(?<authzid>${NAME}))?,(?<bare>(?:m=${VALUE},)?n=(?<name>${NAME}),r=(?<nonce>${PRINTABLE})(?<extensions>${EXTENSIONS}))$`,
);
const CLIENT_FINAL = new RegExp(
  `^(?<withoutProof>c=(?<channel>${BASE64}),r=(?<nonce>${PRINTABLE})${EXTENSIONS}),p=(?<proof>${BASE64})$`,
);
const NONCE_BYTES = 24;

interface Begun {
  readonly secret: ScramSecret;
  readonly nonce: string;
  readonly gs2Header: string;
  /** The two messages so far, as both sides sign them. */
  readonly messages: string;
}

/** The server's side of SCRAM: the password itself never comes by. */
export class ScramExchange implements SaslExchange {
  outcome: Authenticated | null = null;
  readonly #mechanism: ScramMechanism;
  readonly #secrets: ScramSecrets;
  #begun: Begun | null = null;

  constructor(mechanism: ScramMechanism, secrets: ScramSecrets) {
    this.#mechanism = mechanism;
    this.#secrets = secrets;
  }

  evaluate(message: Buffer): Buffer {
    const text = message.toString('utf8');
    const begun = this.#begun;
    this.#begun = null;
    return Buffer.from(begun === null ? this.#begin(text) : this.#finish(text, begun));
  }

  #begin(text: string): string {
    const found = CLIENT_FIRST.exec(text)?.groups;
    if (found === undefined) throw new InvalidCredentialsError('Invalid SCRAM client first message');
    const name = unescaped(found.name!);
    const byToken = /(?:^|,)tokenauth=true(?:,|$)/i.test(found.extensions ?? '');
    const secret = byToken ? this.#secrets.ofToken(name) : this.#secrets.ofUser(name);
    if (secret === null) throw new InvalidCredentialsError('No such user or token');
    if (found.authzid !== undefined && found.authzid !== name) {
      throw new AuthenticationError(
        'Authentication failed: Client requested an authorization id that is different from username',
      );
    }
    const nonce = found.nonce! + randomBytes(NONCE_BYTES).toString('hex');
    const answer = `r=${nonce},s=${secret.salt.toString('base64')},i=${secret.iterations}`;
    this.#begun = {
      secret,
      nonce,
      gs2Header: `n,${found.authzid === undefined ? '' : `a=${found.authzid}`},`,
      messages: `${found.bare},${answer}`,
    };
    return answer;
  }

  #finish(text: string, { secret, nonce, gs2Header, messages }: Begun): string {
    const found = CLIENT_FINAL.exec(text)?.groups;
    if (found === undefined) throw new InvalidCredentialsError('Invalid SCRAM client final message');
    if (found.nonce !== nonce)
      throw new InvalidCredentialsError('Another nonce than the one that was agreed');
    if (Buffer.from(found.channel!, 'base64').toString() !== gs2Header) {
      throw new InvalidCredentialsError('Another header than the one that was sent first');
    }
    const { hash, hmac } = this.#mechanism;
    const signed = `${messages},${found.withoutProof}`;
    const signature = hmac(secret.storedKey, signed);
    const proof = Buffer.from(found.proof!, 'base64');
    const clientKey = Buffer.from(signature.map((byte, index) => byte ^ (proof[index] ?? 0)));
    if (proof.length !== signature.length || !timingSafeEqual(hash(clientKey), secret.storedKey)) {
      throw new InvalidCredentialsError('The proof is wrong');
    }
    this.outcome = { principal: secret.principal, expiresAtMs: secret.expiresAtMs };
    return `v=${hmac(secret.serverKey, signed).toString('base64')}`;
  }
}

/** RFC 5802 writes a comma and an equals sign of a name as `=2C` and `=3D`. */
function unescaped(name: string): string {
  return name.replaceAll('=2C', ',').replaceAll('=3D', '=');
}

/** The secret of a user of the cluster's metadata. */
export function userSecret(
  name: string,
  credential: {
    readonly salt: string;
    readonly storedKey: string;
    readonly serverKey: string;
    readonly iterations: number;
  },
): ScramSecret {
  return {
    principal: user(name),
    salt: Buffer.from(credential.salt, 'base64'),
    storedKey: Buffer.from(credential.storedKey, 'base64'),
    serverKey: Buffer.from(credential.serverKey, 'base64'),
    iterations: credential.iterations,
    expiresAtMs: null,
  };
}
