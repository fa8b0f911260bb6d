import { OPERATION } from '../security/acl.ts';
import { type Asked, may, mayOnCluster } from '../security/permissions.ts';

type Operation = keyof typeof OPERATION;

/** What each kind of resource knows, as Kafka's AclEntry lists it. */
const SUPPORTED = {
  topic: ['read', 'write', 'create', 'describe', 'delete', 'alter', 'describeConfigs', 'alterConfigs'],
  group: ['read', 'describe', 'delete', 'describeConfigs', 'alterConfigs'],
  cluster: [
    'create',
    'clusterAction',
    'describeConfigs',
    'alterConfigs',
    'idempotentWrite',
    'alter',
    'describe',
  ],
} as const satisfies Record<string, readonly Operation[]>;

function bits(operations: readonly Operation[]): number {
  return operations.reduce((sum, operation) => sum | (1 << OPERATION[operation]), 0);
}

const ALL = { topic: bits(SUPPORTED.topic), group: bits(SUPPORTED.group), cluster: bits(SUPPORTED.cluster) };

/** They were not asked for. */
export const OPERATIONS_UNTOLD = -2147483648;

/** The operations that a client may do to a topic or group, as bits by their ACL codes (KIP-430). */
export function authorizedOperations(asked: Asked, kind: 'topic' | 'group', name: string): number {
  if (asked.authorizer === null) return ALL[kind];
  return bits(SUPPORTED[kind].filter((operation) => may(asked, operation, kind, name)));
}

/** The same for the cluster; none for those who may not even describe it. */
export function authorizedClusterOperations(asked: Asked): number {
  if (asked.authorizer === null) return ALL.cluster;
  if (!mayOnCluster(asked, 'describe')) return 0;
  return bits(SUPPORTED.cluster.filter((operation) => mayOnCluster(asked, operation)));
}
