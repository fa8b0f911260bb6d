import type { Principal } from '../principal.ts';

/** Why a client may not come in, in words that it is told (`SaslAuthenticationException`). */
export class AuthenticationError extends Error {
  override name = 'AuthenticationError';
}

/**
 * Why a client may not come in, in words for nobody: they could tell a stranger which users there are (`SaslException`). The
 * client only hears that its credentials are no good.
 */
export class InvalidCredentialsError extends Error {
  override name = 'InvalidCredentialsError';
}

/** Who has come in. */
export interface Authenticated {
  readonly principal: Principal;
  /** Until when what it showed holds, in milliseconds since the epoch; null: for ever. */
  readonly expiresAtMs: number | null;
}

/** The server's side of one SASL exchange. */
export interface SaslExchange {
  /**
   * Takes the client's next message and gives the answer to it.
   * @throws AuthenticationError or InvalidCredentialsError when the client may not come in
   */
  evaluate(message: Buffer): Buffer;
  /** Null until the exchange has come to its good end. */
  readonly outcome: Authenticated | null;
}
