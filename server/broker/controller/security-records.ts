import type { Acl } from '../security/acl.ts';
import { AclIndex } from '../security/acl-index.ts';

/** What is kept of a SCRAM password (RFC 5802), as base64. */
export interface ScramCredential {
  readonly salt: string;
  readonly storedKey: string;
  readonly serverKey: string;
  readonly iterations: number;
}

/** A principal's part of a delegation token. */
export interface TokenPrincipal {
  readonly type: string;
  readonly name: string;
}

/** A delegation token (KIP-48) without its secret, which follows from the id. Times in milliseconds since the epoch. */
export interface DelegationToken {
  readonly tokenId: string;
  readonly owner: TokenPrincipal;
  readonly requester: TokenPrincipal;
  readonly renewers: readonly TokenPrincipal[];
  readonly issueTimestamp: number;
  readonly maxTimestamp: number;
  readonly expiryTimestamp: number;
}

/** The facts about access in the metadata log, as Kafka's records of the same kinds tell them. */
export type SecurityRecord =
  | { readonly type: 'acl'; readonly id: string; readonly acl: Acl }
  | { readonly type: 'acl-removed'; readonly id: string }
  | {
      readonly type: 'scram-credential';
      readonly name: string;
      readonly mechanism: number;
      readonly credential: ScramCredential;
    }
  | { readonly type: 'scram-credential-removed'; readonly name: string; readonly mechanism: number }
  | { readonly type: 'delegation-token'; readonly token: DelegationToken }
  | { readonly type: 'delegation-token-removed'; readonly tokenId: string };

/** The part of the metadata that says who may come in and what they may do. */
export class SecurityImage {
  readonly acls = new AclIndex();
  /** By user, then by the protocol's number of the mechanism. */
  readonly scramCredentials = new Map<string, Map<number, ScramCredential>>();
  readonly delegationTokens = new Map<string, DelegationToken>();
}

/** Brings the image up to a record. */
export function applySecurityRecord(image: SecurityImage, record: SecurityRecord): void {
  switch (record.type) {
    case 'acl':
      image.acls.add(record.id, record.acl);
      break;
    case 'acl-removed':
      image.acls.remove(record.id);
      break;
    case 'scram-credential': {
      const known = image.scramCredentials.get(record.name) ?? new Map<number, ScramCredential>();
      image.scramCredentials.set(record.name, known.set(record.mechanism, record.credential));
      break;
    }
    case 'scram-credential-removed': {
      const known = image.scramCredentials.get(record.name);
      known?.delete(record.mechanism);
      if (known?.size === 0) image.scramCredentials.delete(record.name);
      break;
    }
    case 'delegation-token':
      image.delegationTokens.set(record.token.tokenId, record.token);
      break;
    case 'delegation-token-removed':
      image.delegationTokens.delete(record.tokenId);
      break;
  }
}

/** The records from which the same image can be made again. */
export function* securityRecordsOf(image: SecurityImage): Generator<SecurityRecord> {
  for (const [id, acl] of image.acls.byId) yield { type: 'acl', id, acl };
  for (const [name, byMechanism] of image.scramCredentials) {
    for (const [mechanism, credential] of byMechanism) {
      yield { type: 'scram-credential', name, mechanism, credential };
    }
  }
  for (const token of image.delegationTokens.values()) yield { type: 'delegation-token', token };
}
