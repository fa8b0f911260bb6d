import { type Acl, OPERATION, PATTERN, PERMISSION, RESOURCE, WILDCARD } from './acl.ts';

/** Which ACLs are meant (`AclBindingFilter`): as the requests have it, null and `any` match everything. */
export interface AclFilter {
  readonly resourceTypeFilter: number;
  readonly resourceNameFilter: string | null;
  readonly patternTypeFilter: number;
  readonly principalFilter: string | null;
  readonly hostFilter: string | null;
  readonly operation: number;
  readonly permissionType: number;
}

export function matches(filter: AclFilter, acl: Acl): boolean {
  return (
    isOneOf(filter.resourceTypeFilter, acl.resourceType, RESOURCE.any) &&
    matchesPattern(filter, acl) &&
    (filter.principalFilter === null || filter.principalFilter === acl.principal) &&
    (filter.hostFilter === null || filter.hostFilter === acl.host) &&
    isOneOf(filter.operation, acl.operation, OPERATION.any) &&
    isOneOf(filter.permissionType, acl.permissionType, PERMISSION.any)
  );
}

/** Whether a part of the filter is one that this version of the protocol does not know. */
export function isUnknown(filter: AclFilter): boolean {
  return (
    isNotIn(RESOURCE, filter.resourceTypeFilter) ||
    isNotIn(PATTERN, filter.patternTypeFilter) ||
    isNotIn(OPERATION, filter.operation) ||
    isNotIn(PERMISSION, filter.permissionType)
  );
}

/** Whether a code is the unknown one, or beyond those there are. */
export function isNotIn(codes: Readonly<Record<string, number>>, code: number): boolean {
  return code <= 0 || code >= Object.keys(codes).length;
}

function isOneOf(wanted: number, actual: number, any: number): boolean {
  return wanted === any || wanted === actual;
}

/** `match` finds every ACL that would hold for a resource of this name (KIP-290). */
function matchesPattern({ patternTypeFilter: type, resourceNameFilter: name }: AclFilter, acl: Acl): boolean {
  if (type !== PATTERN.any && type !== PATTERN.match && type !== acl.patternType) return false;
  if (name === null) return true;
  if (type !== PATTERN.match) return name === acl.resourceName;
  return acl.patternType === PATTERN.prefixed
    ? name.startsWith(acl.resourceName)
    : name === acl.resourceName || acl.resourceName === WILDCARD;
}
