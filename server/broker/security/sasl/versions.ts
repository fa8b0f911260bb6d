/** The versions of SaslHandshake that are served; v1 puts what follows into requests. */
export const SASL_HANDSHAKE_VERSIONS = { min: 0, max: 1 };

/** The versions of SaslAuthenticate that are served; v1 tells how long the session lasts (KIP-368). */
export const SASL_AUTHENTICATE_VERSIONS = { min: 0, max: 2 };
