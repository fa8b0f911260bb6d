import { ERROR } from '../../protocol/errors.ts';
import { expireDelegationTokenApi } from '../../protocol/messages/expire-delegation-token.ts';
import { handler } from '../net/handler.ts';
import { expiredToken, tokenOfHmac } from '../security/token-changes.ts';
import { tokenProblem, tokenSettings } from './delegation-tokens.ts';

/** ExpireDelegationToken 1–2 (KIP-48), by the token's secret; a negative period ends it at once. */
export const expireDelegationToken = handler(
  expireDelegationTokenApi,
  { min: 1, max: 2 },
  (request, context) => {
    const problem = tokenProblem(context);
    if (problem !== 0) return { errorCode: problem, expiryTimestampMs: -1n };
    const settings = tokenSettings(context);
    if (settings === null) return { errorCode: ERROR.DELEGATION_TOKEN_AUTH_DISABLED };
    const { controller, image } = context.cluster;
    const { token, record, errorCode } = expiredToken(
      tokenOfHmac(image.security.delegationTokens.values(), request.hmac, settings.secretKey),
      context.connection.principal,
      Number(request.expiryTimePeriodMs),
      context.now(),
    );
    if (token === null) return { errorCode };
    controller.changeAccess([record]);
    return { errorCode, expiryTimestampMs: BigInt(token.expiryTimestamp) };
  },
);
