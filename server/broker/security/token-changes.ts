import { ERROR } from '../../protocol/errors.ts';
import type { DelegationToken, SecurityRecord, TokenPrincipal } from '../controller/security-records.ts';
import { USER_TYPE } from './principal.ts';
import { randomId } from './random-id.ts';
import { hasExpired, mayRenew, tokenHmac } from './tokens.ts';

/** The settings of delegation tokens; times in milliseconds. */
export interface TokenSettings {
  readonly secretKey: string;
  /** `delegation.token.max.lifetime.ms` */
  readonly maxLifetimeMs: number;
  /** `delegation.token.expiry.time.ms` */
  readonly renewLifetimeMs: number;
}

export interface NewToken {
  readonly owner: TokenPrincipal;
  readonly requester: TokenPrincipal;
  readonly renewers: readonly TokenPrincipal[];
  /** Not positive: as long as the settings allow. */
  readonly maxLifetimeMs: number;
}

/** A change of one token, or why there is none. */
export type TokenChange =
  | { readonly errorCode: 0; readonly token: DelegationToken; readonly record: SecurityRecord }
  | { readonly errorCode: number; readonly token: null; readonly record: null };

/** INVALID_PRINCIPAL_TYPE or the new token. */
export function createdToken(request: NewToken, settings: TokenSettings, now: number): TokenChange {
  const { owner, requester, renewers } = request;
  if (renewers.some(({ type }) => type !== USER_TYPE)) return refused(ERROR.INVALID_PRINCIPAL_TYPE);
  const lifetimeMs =
    request.maxLifetimeMs > 0
      ? Math.min(settings.maxLifetimeMs, request.maxLifetimeMs)
      : settings.maxLifetimeMs;
  const maxTimestamp = now + lifetimeMs;
  return changed({
    tokenId: randomId(),
    owner: only(owner),
    requester: only(requester),
    renewers: renewers.map(only),
    issueTimestamp: now,
    maxTimestamp,
    expiryTimestamp: Math.min(maxTimestamp, now + settings.renewLifetimeMs),
  });
}

/** DELEGATION_TOKEN_NOT_FOUND, _EXPIRED, _OWNER_MISMATCH or the token that holds longer; never beyond its longest life. */
export function renewedToken(
  token: DelegationToken | null,
  principal: TokenPrincipal,
  renewPeriodMs: number,
  settings: TokenSettings,
  now: number,
): TokenChange {
  if (token === null) return refused(ERROR.DELEGATION_TOKEN_NOT_FOUND);
  if (hasExpired(token, now)) return refused(ERROR.DELEGATION_TOKEN_EXPIRED);
  if (!mayRenew(token, principal)) return refused(ERROR.DELEGATION_TOKEN_OWNER_MISMATCH);
  const lifetimeMs =
    renewPeriodMs > 0 ? Math.min(settings.renewLifetimeMs, renewPeriodMs) : settings.renewLifetimeMs;
  return changed({ ...token, expiryTimestamp: Math.min(token.maxTimestamp, now + lifetimeMs) });
}

/** The same errors, or the token with another end; a negative period ends it at once. */
export function expiredToken(
  token: DelegationToken | null,
  principal: TokenPrincipal,
  periodMs: number,
  now: number,
): TokenChange {
  if (token === null) return refused(ERROR.DELEGATION_TOKEN_NOT_FOUND);
  if (!mayRenew(token, principal)) return refused(ERROR.DELEGATION_TOKEN_OWNER_MISMATCH);
  if (periodMs < 0) {
    return {
      errorCode: ERROR.NONE,
      token: { ...token, expiryTimestamp: now },
      record: { type: 'delegation-token-removed', tokenId: token.tokenId },
    };
  }
  if (hasExpired(token, now)) return refused(ERROR.DELEGATION_TOKEN_EXPIRED);
  return changed({ ...token, expiryTimestamp: Math.min(token.maxTimestamp, now + periodMs) });
}

/** The records that remove what has expired. */
export function sweptTokens(tokens: Iterable<DelegationToken>, now: number): SecurityRecord[] {
  return [...tokens]
    .filter((token) => hasExpired(token, now))
    .map(({ tokenId }) => ({ type: 'delegation-token-removed', tokenId }));
}

/** The token whose secret this is. */
export function tokenOfHmac(
  tokens: Iterable<DelegationToken>,
  hmac: Buffer,
  secretKey: string,
): DelegationToken | null {
  for (const token of tokens) if (tokenHmac(token.tokenId, secretKey).equals(hmac)) return token;
  return null;
}

function changed(token: DelegationToken): TokenChange {
  return { errorCode: ERROR.NONE, token, record: { type: 'delegation-token', token } };
}

function refused(errorCode: number): TokenChange {
  return { errorCode, token: null, record: null };
}

function only({ type, name }: TokenPrincipal): TokenPrincipal {
  return { type, name };
}
