import { ERROR } from '../../protocol/errors.ts';
import { saslAuthenticateApi } from '../../protocol/messages/sasl-authenticate.ts';
import { handler } from '../net/handler.ts';
import { SASL_AUTHENTICATE_VERSIONS } from '../security/sasl/versions.ts';

/**
 * SaslAuthenticate 0–2, asked where there is nothing to prove (any more): on listeners without SASL, and after it. Before,
 * the connection's `SaslSession` answers it.
 */
export const saslAuthenticate = handler(saslAuthenticateApi, SASL_AUTHENTICATE_VERSIONS, () => ({
  errorCode: ERROR.ILLEGAL_SASL_STATE,
  errorMessage: 'SaslAuthenticate request received after successful authentication',
}));
