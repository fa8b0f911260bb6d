import {
  type AccessControlEntryRecord,
  accessControlEntryRecord,
} from '../../protocol/messages/access-control-entry-record.ts';
import {
  type DelegationTokenRecord,
  delegationTokenRecord,
} from '../../protocol/messages/delegation-token-record.ts';
import { removeAccessControlEntryRecord } from '../../protocol/messages/remove-access-control-entry-record.ts';
import { removeDelegationTokenRecord } from '../../protocol/messages/remove-delegation-token-record.ts';
import { removeUserScramCredentialRecord } from '../../protocol/messages/remove-user-scram-credential-record.ts';
import {
  type UserScramCredentialRecord,
  userScramCredentialRecord,
} from '../../protocol/messages/user-scram-credential-record.ts';
import { parsePrincipal, principalText } from '../security/principal.ts';
import { framed, unframed } from './metadata-frame.ts';
import type { SecurityRecord, TokenPrincipal } from './security-records.ts';

/** A fact about access as Kafka writes it into the metadata log. */
export function securityValue(record: SecurityRecord): Buffer {
  switch (record.type) {
    case 'acl':
      return framed(accessControlEntryRecord, 0, { id: record.id, ...record.acl });
    case 'acl-removed':
      return framed(removeAccessControlEntryRecord, 0, { id: record.id });
    case 'scram-credential': {
      const { salt, storedKey, serverKey, iterations } = record.credential;
      return framed(userScramCredentialRecord, 0, {
        name: record.name,
        mechanism: record.mechanism,
        salt: Buffer.from(salt, 'base64'),
        storedKey: Buffer.from(storedKey, 'base64'),
        serverKey: Buffer.from(serverKey, 'base64'),
        iterations,
      });
    }
    case 'scram-credential-removed':
      return framed(removeUserScramCredentialRecord, 0, { name: record.name, mechanism: record.mechanism });
    case 'delegation-token': {
      const { token } = record;
      return framed(delegationTokenRecord, 0, {
        owner: principalText(token.owner),
        requester: principalText(token.requester),
        renewers: token.renewers.map(principalText),
        issueTimestamp: token.issueTimestamp,
        maxTimestamp: token.maxTimestamp,
        expirationTimestamp: token.expiryTimestamp,
        tokenId: token.tokenId,
      });
    }
    case 'delegation-token-removed':
      return framed(removeDelegationTokenRecord, 0, { tokenId: record.tokenId });
  }
}

/** The same read back; null for a record of another kind. */
export function securityRecordOf(type: number, value: Buffer): SecurityRecord | null {
  switch (type) {
    case accessControlEntryRecord.recordType:
      return aclOf(unframed(accessControlEntryRecord, value));
    case removeAccessControlEntryRecord.recordType:
      return { type: 'acl-removed', id: unframed(removeAccessControlEntryRecord, value).id };
    case userScramCredentialRecord.recordType:
      return credentialOf(unframed(userScramCredentialRecord, value));
    case removeUserScramCredentialRecord.recordType:
      return { type: 'scram-credential-removed', ...unframed(removeUserScramCredentialRecord, value) };
    case delegationTokenRecord.recordType:
      return tokenOf(unframed(delegationTokenRecord, value));
    case removeDelegationTokenRecord.recordType:
      return {
        type: 'delegation-token-removed',
        tokenId: unframed(removeDelegationTokenRecord, value).tokenId,
      };
    default:
      return null;
  }
}

function aclOf({ id, ...acl }: AccessControlEntryRecord): SecurityRecord {
  return { type: 'acl', id, acl };
}

function credentialOf(record: UserScramCredentialRecord): SecurityRecord {
  const { name, mechanism, salt, storedKey, serverKey, iterations } = record;
  const credential = {
    salt: salt.toString('base64'),
    storedKey: storedKey.toString('base64'),
    serverKey: serverKey.toString('base64'),
    iterations,
  };
  return { type: 'scram-credential', name, mechanism, credential };
}

function tokenOf(record: DelegationTokenRecord): SecurityRecord {
  return {
    type: 'delegation-token',
    token: {
      tokenId: record.tokenId,
      owner: principalOf(record.owner),
      requester: principalOf(record.requester),
      renewers: record.renewers.map(principalOf),
      issueTimestamp: Number(record.issueTimestamp),
      maxTimestamp: Number(record.maxTimestamp),
      expiryTimestamp: Number(record.expirationTimestamp),
    },
  };
}

function principalOf(text: string): TokenPrincipal {
  return parsePrincipal(text) ?? { type: 'User', name: text };
}
