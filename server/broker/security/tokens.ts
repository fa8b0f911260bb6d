import { createHmac } from 'node:crypto';
import type { DelegationToken, TokenPrincipal } from '../controller/security-records.ts';
import { isSamePrincipal } from './principal.ts';

/** A token's secret (KIP-48): whoever knows it may come in as the token's owner. */
export function tokenHmac(tokenId: string, secretKey: string): Buffer {
  return createHmac('sha512', secretKey).update(tokenId).digest();
}

/** Owner, requester and renewers know of the token. */
export function isPartyTo(token: DelegationToken, principal: TokenPrincipal): boolean {
  return (
    isSamePrincipal(token.owner, principal) ||
    isSamePrincipal(token.requester, principal) ||
    token.renewers.some((renewer) => isSamePrincipal(renewer, principal))
  );
}

/** Only its owner and its renewers may renew or end it. */
export function mayRenew(token: DelegationToken, principal: TokenPrincipal): boolean {
  return (
    isSamePrincipal(token.owner, principal) ||
    token.renewers.some((renewer) => isSamePrincipal(renewer, principal))
  );
}

export function hasExpired({ maxTimestamp, expiryTimestamp }: DelegationToken, now: number): boolean {
  return maxTimestamp < now || expiryTimestamp < now;
}
