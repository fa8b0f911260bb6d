import { ERROR } from '../../protocol/errors.ts';
import { DONE, type Outcome, refused } from '../controller/outcome.ts';
import type { SecurityRecord } from '../controller/security-records.ts';
import { type Acl, aclKey, CLUSTER_NAME, OPERATION, PATTERN, PERMISSION, RESOURCE } from './acl.ts';
import { type AclFilter, matches } from './acl-filter.ts';
import type { AclIndex } from './acl-index.ts';
import { randomId } from './random-id.ts';

/** `AclControlManager.MAX_RECORDS_PER_USER_OP` */
const MAX_DELETED = 10_000;

/** What becomes of each new ACL, and the records that add those that are new. One that is there already is no error. */
export function createdAcls(
  index: AclIndex,
  acls: readonly Acl[],
): { readonly outcomes: Outcome[]; readonly records: SecurityRecord[] } {
  const records: SecurityRecord[] = [];
  const added = new Set<string>();
  const outcomes = acls.map((acl) => {
    const problem = problemWith(acl);
    if (problem !== null) return refused(ERROR.INVALID_REQUEST, problem);
    if (!index.has(acl) && !added.has(aclKey(acl))) {
      added.add(aclKey(acl));
      records.push({ type: 'acl', id: randomId(), acl });
    }
    return DONE;
  });
  return { outcomes, records };
}

/** The ACLs that each filter finds, and the records that remove them all. */
export function deletedAcls(
  index: AclIndex,
  filters: readonly AclFilter[],
): { readonly found: (readonly Acl[] | Outcome)[]; readonly records: SecurityRecord[] } {
  const ids = new Set<string>();
  const found = filters.map((filter) => {
    const acls: Acl[] = [];
    for (const [id, acl] of index.byId) {
      if (!matches(filter, acl)) continue;
      acls.push(acl);
      ids.add(id);
      if (ids.size > MAX_DELETED) {
        return refused(
          ERROR.UNKNOWN_SERVER_ERROR,
          `Cannot remove more than ${MAX_DELETED} acls in a single delete operation.`,
        );
      }
    }
    return acls;
  });
  return { found, records: [...ids].map((id) => ({ type: 'acl-removed', id })) };
}

function problemWith(acl: Acl): string | null {
  if (acl.resourceType === RESOURCE.cluster && acl.resourceName !== CLUSTER_NAME) {
    return `The only valid name for the CLUSTER resource is ${CLUSTER_NAME}`;
  }
  if (acl.resourceName === '') return 'Invalid empty resource name';
  if (acl.resourceType === RESOURCE.any) return 'Invalid resourceType ANY';
  if (acl.patternType !== PATTERN.literal && acl.patternType !== PATTERN.prefixed) {
    return `Invalid patternType ${acl.patternType === PATTERN.any ? 'ANY' : 'MATCH'}`;
  }
  if (acl.operation === OPERATION.any) return 'Invalid operation ANY';
  if (acl.permissionType === PERMISSION.any) return 'Invalid permissionType ANY';
  if (!acl.principal.includes(':')) {
    return `Could not parse principal from \`${acl.principal}\` (no colon is present separating the principal type from the principal name)`;
  }
  return null;
}
