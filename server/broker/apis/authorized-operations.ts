/**
 * The operations that a client may do, as bits by their ACL codes (KIP-430). There is no authorizer: everyone may do all that
 * the resource knows.
 */
export const AUTHORIZED_OPERATIONS = {
  /** Read, Write, Create, Delete, Alter, Describe, DescribeConfigs, AlterConfigs. */
  topic: 3576,
  /** Read, Delete, Describe, DescribeConfigs, AlterConfigs. */
  group: 3400,
  /** Create, Alter, Describe, ClusterAction, DescribeConfigs, AlterConfigs, IdempotentWrite. */
  cluster: 8096,
  /** They were not asked for. */
  untold: -2147483648,
} as const;
