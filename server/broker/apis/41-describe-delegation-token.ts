import { ERROR } from '../../protocol/errors.ts';
import { describeDelegationTokenApi } from '../../protocol/messages/describe-delegation-token.ts';
import type { DelegationToken } from '../controller/security-records.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { principalText } from '../security/principal.ts';
import { isPartyTo, tokenHmac } from '../security/tokens.ts';
import { requesterFields, tokenProblem, tokenSettings } from './delegation-tokens.ts';

/**
 * DescribeDelegationToken 1–3 (KIP-48): those of the owners that are named, all when the list is null, and of them those that
 * the client is a party to or may see. v3 who asked for them (KIP-373).
 */
export const describeDelegationToken = handler(
  describeDelegationTokenApi,
  { min: 1, max: 3 },
  (request, context) => {
    const problem = tokenProblem(context);
    if (problem !== 0) return { errorCode: problem };
    const settings = tokenSettings(context);
    if (settings === null) return { errorCode: ERROR.DELEGATION_TOKEN_AUTH_DISABLED };
    const owners =
      request.owners?.map(({ principalType, principalName }) => ({
        type: principalType,
        name: principalName,
      })) ?? null;
    const tokens = [...context.cluster.image.security.delegationTokens.values()].filter(
      (token) =>
        (owners === null || owners.some((owner) => isPartyTo(token, owner))) && maySee(context, token),
    );
    return {
      errorCode: ERROR.NONE,
      tokens: tokens.map(({ tokenId, owner, requester, renewers, ...times }) => ({
        principalType: owner.type,
        principalName: owner.name,
        ...requesterFields(context, requester),
        issueTimestamp: BigInt(times.issueTimestamp),
        expiryTimestamp: BigInt(times.expiryTimestamp),
        maxTimestamp: BigInt(times.maxTimestamp),
        tokenId,
        hmac: tokenHmac(tokenId, settings.secretKey),
        renewers: renewers.map(({ type, name }) => ({ principalType: type, principalName: name })),
      })),
    };
  },
);

function maySee(context: RequestContext, token: DelegationToken): boolean {
  return (
    isPartyTo(token, context.connection.principal) ||
    may(context, 'describe', 'delegationToken', token.tokenId) ||
    may(context, 'describeTokens', 'user', principalText(token.owner))
  );
}
