import { ERROR } from '../../protocol/errors.ts';
import { renewDelegationTokenApi } from '../../protocol/messages/renew-delegation-token.ts';
import { handler } from '../net/handler.ts';
import { renewedToken, tokenOfHmac } from '../security/token-changes.ts';
import { tokenProblem, tokenSettings } from './delegation-tokens.ts';

/** RenewDelegationToken 1–2 (KIP-48), by the token's secret. */
export const renewDelegationToken = handler(
  renewDelegationTokenApi,
  { min: 1, max: 2 },
  (request, context) => {
    const problem = tokenProblem(context);
    if (problem !== 0) return { errorCode: problem, expiryTimestampMs: -1n };
    const settings = tokenSettings(context);
    if (settings === null) return { errorCode: ERROR.DELEGATION_TOKEN_AUTH_DISABLED };
    const { controller, image } = context.cluster;
    const { token, record, errorCode } = renewedToken(
      tokenOfHmac(image.security.delegationTokens.values(), request.hmac, settings.secretKey),
      context.connection.principal,
      Number(request.renewPeriodMs),
      settings,
      context.now(),
    );
    if (token === null) return { errorCode };
    controller.changeAccess([record]);
    return { errorCode, expiryTimestampMs: BigInt(token.expiryTimestamp) };
  },
);
