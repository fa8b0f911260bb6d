import { ERROR } from '../../protocol/errors.ts';
import type {
  ScramCredentialDeletion,
  ScramCredentialUpsertion,
} from '../../protocol/messages/alter-user-scram-credentials.ts';
import { DONE, type Outcome, refused } from '../controller/outcome.ts';
import type { ScramCredential, SecurityRecord } from '../controller/security-records.ts';
import { scramKeys, scramMechanismOfType } from './sasl/scram-mechanisms.ts';

/** `ScramControlManager.MAX_ITERATIONS` */
const MAX_ITERATIONS = 16384;

type Credentials = ReadonlyMap<string, ReadonlyMap<number, ScramCredential>>;

/**
 * What becomes of each user of a request (KIP-554), and the records of those that can be changed. A user may be named once.
 * The password comes salted; of it only what SCRAM needs to check is kept.
 */
export function changedCredentials(
  credentials: Credentials,
  deletions: readonly ScramCredentialDeletion[],
  upsertions: readonly ScramCredentialUpsertion[],
): { readonly outcomes: Map<string, Outcome>; readonly records: SecurityRecord[] } {
  const outcomes = new Map<string, Outcome>();
  const changes = new Map<string, SecurityRecord>();
  const take = (name: string, problem: Outcome | null, record: () => SecurityRecord) => {
    const before = outcomes.get(name);
    if (before !== undefined) {
      if (before !== DONE) return;
      changes.delete(name);
      outcomes.set(
        name,
        refused(ERROR.DUPLICATE_RESOURCE, 'A user credential cannot be altered twice in the same request'),
      );
      return;
    }
    outcomes.set(name, problem ?? DONE);
    if (problem === null) changes.set(name, record());
  };
  for (const { name, mechanism } of deletions) {
    take(name, problemWithDeletion(credentials, name, mechanism), () => ({
      type: 'scram-credential-removed',
      name,
      mechanism,
    }));
  }
  for (const upsertion of upsertions) {
    take(upsertion.name, problemWithUpsertion(upsertion), () => recordOf(upsertion));
  }
  return { outcomes, records: [...changes.values()] };
}

function recordOf({
  name,
  mechanism,
  iterations,
  salt,
  saltedPassword,
}: ScramCredentialUpsertion): SecurityRecord {
  const { storedKey, serverKey } = scramKeys(scramMechanismOfType(mechanism)!, saltedPassword);
  return {
    type: 'scram-credential',
    name,
    mechanism,
    credential: {
      salt: salt.toString('base64'),
      storedKey: storedKey.toString('base64'),
      serverKey: serverKey.toString('base64'),
      iterations,
    },
  };
}

function problemWithName(name: string, mechanism: number): Outcome | null {
  if (name === '') return refused(ERROR.UNACCEPTABLE_CREDENTIAL, 'Username must not be empty');
  return scramMechanismOfType(mechanism) === undefined
    ? refused(ERROR.UNSUPPORTED_SASL_MECHANISM, 'Unknown SCRAM mechanism')
    : null;
}

function problemWithUpsertion({ name, mechanism, iterations }: ScramCredentialUpsertion): Outcome | null {
  const problem = problemWithName(name, mechanism);
  if (problem !== null) return problem;
  if (iterations < scramMechanismOfType(mechanism)!.minIterations) {
    return refused(ERROR.UNACCEPTABLE_CREDENTIAL, 'Too few iterations');
  }
  return iterations > MAX_ITERATIONS ? refused(ERROR.UNACCEPTABLE_CREDENTIAL, 'Too many iterations') : null;
}

function problemWithDeletion(credentials: Credentials, name: string, mechanism: number): Outcome | null {
  const problem = problemWithName(name, mechanism);
  if (problem !== null) return problem;
  return credentials.get(name)?.has(mechanism)
    ? null
    : refused(ERROR.RESOURCE_NOT_FOUND, 'Attempt to delete a user credential that does not exist');
}
