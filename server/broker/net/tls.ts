import type { TLSSocket, TlsOptions } from 'node:tls';
import { ANONYMOUS, type Principal, user } from '../security/principal.ts';
import { distinguishedName } from '../security/tls/distinguished-name.ts';
import { principalMapping } from '../security/tls/principal-mapping.ts';
import type { ServerIdentity } from '../security/tls/server-identity.ts';

/** How a listener speaks TLS, and whom it takes its clients for. */
export interface Tls {
  readonly options: TlsOptions;
  /**
   * Who shows this certificate; `User:ANONYMOUS` who shows none.
   * @throws Error when it was not signed by anyone the broker trusts, or no rule makes a name of it
   */
  principalOf(socket: TLSSocket): Principal;
}

export interface TlsSettings {
  readonly identity: ServerIdentity;
  /** PEM of those who sign clients' certificates; null: the system's. */
  readonly clientAuthorities: string | null;
  /** `ssl.client.auth` */
  readonly clientAuth: string;
  /** `ssl.principal.mapping.rules` */
  readonly principalMappingRules: string;
}

/** How long a client may take to agree on keys. */
const HANDSHAKE_TIMEOUT_MS = 30_000;

/** @throws Error with one line when the settings make no sense */
export function tlsOf({ identity, clientAuthorities, clientAuth, principalMappingRules }: TlsSettings): Tls {
  const nameOf = principalMapping(principalMappingRules);
  return {
    options: {
      cert: identity.certificate,
      key: identity.key,
      ...(clientAuthorities === null ? {} : { ca: clientAuthorities }),
      requestCert: clientAuth !== 'none',
      rejectUnauthorized: clientAuth === 'required',
      minVersion: 'TLSv1.2',
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    },
    principalOf(socket) {
      const certificate = clientAuth === 'none' ? undefined : socket.getPeerX509Certificate();
      if (certificate === undefined) return ANONYMOUS;
      if (!socket.authorized) throw new Error(`its certificate is not good: ${socket.authorizationError}`);
      return user(nameOf(distinguishedName(certificate.subject)));
    },
  };
}
