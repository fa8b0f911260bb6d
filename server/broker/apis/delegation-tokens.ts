import { ERROR } from '../../protocol/errors.ts';
import { configNumber } from '../config/resolve.ts';
import type { TokenPrincipal } from '../controller/security-records.ts';
import type { RequestContext } from '../net/handler.ts';
import type { TokenSettings } from '../security/token-changes.ts';

const FIRST_VERSION_WITH_REQUESTER = 3;

/** Who asked for a token, in versions that can say it (KIP-373). */
export function requesterFields({ header }: RequestContext, { type, name }: TokenPrincipal) {
  return header.apiVersion < FIRST_VERSION_WITH_REQUESTER
    ? {}
    : { tokenRequesterPrincipalType: type, tokenRequesterPrincipalName: name };
}

/**
 * Why a client may do nothing with delegation tokens, 0 when it may: they are for those who have proved who they are, and
 * not by another token (KIP-48).
 */
export function tokenProblem({ connection }: RequestContext): number {
  const { principal, listenerName } = connection;
  const isUnproved =
    listenerName === 'PLAINTEXT' || (listenerName === 'SSL' && principal.name === 'ANONYMOUS');
  return principal.tokenAuthenticated || isUnproved ? ERROR.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED : 0;
}

/** Null: there are no delegation tokens, for no key was set. */
export function tokenSettings({ broker }: RequestContext): TokenSettings | null {
  const secretKey = broker.brokerConfig('delegation.token.secret.key');
  if (secretKey === undefined) return null;
  return {
    secretKey,
    maxLifetimeMs: configNumber(broker, 'delegation.token.max.lifetime.ms'),
    renewLifetimeMs: configNumber(broker, 'delegation.token.expiry.time.ms'),
  };
}
