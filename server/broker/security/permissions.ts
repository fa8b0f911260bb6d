/**
 * What the API files ask before they do something. Without an authorizer everything is allowed, at the cost of one comparison.
 */
import { ERROR } from '../../protocol/errors.ts';
import { type Outcome, refused } from '../controller/outcome.ts';
import { CLUSTER_NAME, OPERATION, RESOURCE } from './acl.ts';
import type { Authorizer, Requester } from './authorizer.ts';

/** The part of a request's context that decides. */
export interface Asked {
  /** Null: everyone may do everything. */
  readonly authorizer: Authorizer | null;
  readonly connection: Requester;
}

/** What those are told who may not do what they asked, in Kafka's words. */
export const NOT_AUTHORIZED = {
  topic: refused(ERROR.TOPIC_AUTHORIZATION_FAILED, 'Topic authorization failed.'),
  group: refused(ERROR.GROUP_AUTHORIZATION_FAILED, 'Group authorization failed.'),
  cluster: refused(ERROR.CLUSTER_AUTHORIZATION_FAILED, 'Cluster authorization failed.'),
  transactionalId: refused(
    ERROR.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    'Transactional Id authorization failed.',
  ),
} as const;

type Operation = keyof typeof OPERATION;
type ResourceKind = Exclude<keyof typeof RESOURCE, 'unknown' | 'any' | 'cluster'>;

/** Whether who asks may do this to the resource of this name. */
export function may(asked: Asked, operation: Operation, kind: ResourceKind, name: string): boolean {
  const { authorizer } = asked;
  return (
    authorizer === null || authorizer.isAllowed(asked.connection, OPERATION[operation], RESOURCE[kind], name)
  );
}

/** Whether who asks may do this to the cluster as a whole. */
export function mayOnCluster(asked: Asked, operation: Operation): boolean {
  const { authorizer } = asked;
  return (
    authorizer === null ||
    authorizer.isAllowed(asked.connection, OPERATION[operation], RESOURCE.cluster, CLUSTER_NAME)
  );
}

/**
 * The same with what is told when it is not allowed: null when it is. For the APIs of Kafka that refuse the request as a
 * whole (`AuthHelper.authorizeClusterOperation`), and name it and the permission it needs.
 */
export function clusterRefusal(
  asked: Asked & { readonly connection: { readonly listenerName: string } },
  operation: Operation,
): Outcome | null {
  if (mayOnCluster(asked, operation)) return null;
  const { listenerName } = asked.connection;
  const permission = operation.replaceAll(/[A-Z]/g, '_$&').toUpperCase();
  return refused(
    ERROR.CLUSTER_AUTHORIZATION_FAILED,
    `Request Request(listenerName=ListenerName(${listenerName}), securityProtocol=${listenerName}) needs ${permission} permission.`,
  );
}

/** Whether there is any resource of this kind that who asks may do this to, whatever its name. */
export function maySomewhere(asked: Asked, operation: Operation, kind: ResourceKind): boolean {
  const { authorizer } = asked;
  return (
    authorizer === null ||
    authorizer.isAllowedSomewhere(asked.connection, OPERATION[operation], RESOURCE[kind])
  );
}
