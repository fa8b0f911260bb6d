/** TLS with the contents of its files, as node:tls takes it. */
export interface TlsSettings {
  ca?: string;
  cert?: string;
  key?: string;
  passphrase?: string;
  servername?: string;
  rejectUnauthorized: boolean;
}

/** Where an OAUTHBEARER token comes from. */
export type TokenSource =
  | { kind: 'command'; program: string; args: string[] }
  | { kind: 'url'; url: string; clientId: string; clientSecret: string; scope: string | null };

export type SaslSettings =
  | { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string }
  | { mechanism: 'oauthbearer'; token: TokenSource };

/** What it takes to connect to a cluster, every secret resolved. Never log it. */
export interface ConnectionSettings {
  /** Bootstrap servers, `host:port` each (`[::1]:9092` for IPv6). */
  brokers: string[];
  tls: TlsSettings | null;
  sasl: SaslSettings | null;
  /** Milliseconds to wait for a TCP or TLS connection. */
  connectionTimeoutMs: number;
  /** Milliseconds to wait for an answer, unless a request says otherwise. */
  requestTimeoutMs: number;
}
