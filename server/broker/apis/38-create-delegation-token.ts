import { ERROR } from '../../protocol/errors.ts';
import { createDelegationTokenApi } from '../../protocol/messages/create-delegation-token.ts';
import { handler } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { isSamePrincipal, principalText } from '../security/principal.ts';
import { createdToken } from '../security/token-changes.ts';
import { tokenHmac } from '../security/tokens.ts';
import { requesterFields, tokenProblem, tokenSettings } from './delegation-tokens.ts';

/** CreateDelegationToken 1–3 (KIP-48). v3 for somebody else (KIP-373). */
export const createDelegationToken = handler(
  createDelegationTokenApi,
  { min: 1, max: 3 },
  (request, context) => {
    const { principal: requester } = context.connection;
    const { ownerPrincipalName, ownerPrincipalType } = request;
    const owner = ownerPrincipalName
      ? { type: ownerPrincipalType ?? '', name: ownerPrincipalName }
      : requester;
    const parties = {
      principalType: owner.type,
      principalName: owner.name,
      ...requesterFields(context, requester),
    };
    const refused = (errorCode: number) => ({
      ...parties,
      errorCode,
      issueTimestampMs: -1n,
      expiryTimestampMs: -1n,
      maxTimestampMs: -1n,
    });
    const problem = tokenProblem(context);
    if (problem !== 0) return refused(problem);
    if (!isSamePrincipal(owner, requester) && !may(context, 'createTokens', 'user', principalText(owner))) {
      return refused(ERROR.DELEGATION_TOKEN_AUTHORIZATION_FAILED);
    }
    const settings = tokenSettings(context);
    if (settings === null) return refused(ERROR.DELEGATION_TOKEN_AUTH_DISABLED);
    const { token, record, errorCode } = createdToken(
      {
        owner,
        requester,
        renewers: request.renewers.map(({ principalType, principalName }) => ({
          type: principalType,
          name: principalName,
        })),
        maxLifetimeMs: Number(request.maxLifetimeMs),
      },
      settings,
      context.now(),
    );
    if (token === null) return refused(errorCode);
    context.cluster.controller.changeAccess([record]);
    return {
      ...parties,
      errorCode,
      issueTimestampMs: BigInt(token.issueTimestamp),
      expiryTimestampMs: BigInt(token.expiryTimestamp),
      maxTimestampMs: BigInt(token.maxTimestamp),
      tokenId: token.tokenId,
      hmac: tokenHmac(token.tokenId, settings.secretKey),
    };
  },
);
