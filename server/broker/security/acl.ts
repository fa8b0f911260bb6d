/** What an ACL may be about, by the protocol's numbers (`ResourceType`). */
export const RESOURCE = {
  unknown: 0,
  any: 1,
  topic: 2,
  group: 3,
  cluster: 4,
  transactionalId: 5,
  delegationToken: 6,
  user: 7,
} as const;

/** What may be done, by the protocol's numbers (`AclOperation`). */
export const OPERATION = {
  unknown: 0,
  any: 1,
  all: 2,
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  clusterAction: 9,
  describeConfigs: 10,
  alterConfigs: 11,
  idempotentWrite: 12,
  createTokens: 13,
  describeTokens: 14,
  twoPhaseCommit: 15,
} as const;

/** How an ACL's resource name is meant (`PatternType`, KIP-290). `any` and `match` stand in filters only. */
export const PATTERN = { unknown: 0, any: 1, match: 2, literal: 3, prefixed: 4 } as const;

/** `AclPermissionType`. `any` stands in filters only. */
export const PERMISSION = { unknown: 0, any: 1, deny: 2, allow: 3 } as const;

/** The one name that the cluster has as a resource. */
export const CLUSTER_NAME = 'kafka-cluster';

/** The resource name, principal name or host that stands for all. */
export const WILDCARD = '*';

/** One rule of the authorizer. */
export interface Acl {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  /** `User:alice`, or `User:*` for everyone. */
  readonly principal: string;
  /** An address, or `*`. */
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
}

/** Equal for equal ACLs. */
export function aclKey(acl: Acl): string {
  return JSON.stringify([
    acl.resourceType,
    acl.resourceName,
    acl.patternType,
    acl.principal,
    acl.host,
    acl.operation,
    acl.permissionType,
  ]);
}
