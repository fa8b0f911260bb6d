import { ERROR } from '../../protocol/errors.ts';
import { saslHandshakeApi } from '../../protocol/messages/sasl-handshake.ts';
import { handler } from '../net/handler.ts';
import { SASL_HANDSHAKE_VERSIONS } from '../security/sasl/versions.ts';

/**
 * SaslHandshake 0–1, asked where there is nothing to prove (any more): on listeners without SASL, and after it. Before, the
 * connection's `SaslSession` answers it.
 */
export const saslHandshake = handler(saslHandshakeApi, SASL_HANDSHAKE_VERSIONS, () => ({
  errorCode: ERROR.ILLEGAL_SASL_STATE,
}));
