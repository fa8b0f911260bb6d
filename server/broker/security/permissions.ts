/**
 * What the API files ask before they do something. Without an authorizer everything is allowed, at the cost of one comparison.
 */
import { CLUSTER_NAME, OPERATION, RESOURCE } from './acl.ts';
import type { Authorizer, Requester } from './authorizer.ts';

/** The part of a request's context that decides. */
export interface Asked {
  /** Null: everyone may do everything. */
  readonly authorizer: Authorizer | null;
  readonly connection: Requester;
}

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

/** Whether there is any resource of this kind that who asks may do this to, whatever its name. */
export function maySomewhere(asked: Asked, operation: Operation, kind: ResourceKind): boolean {
  const { authorizer } = asked;
  return (
    authorizer === null ||
    authorizer.isAllowedSomewhere(asked.connection, OPERATION[operation], RESOURCE[kind])
  );
}
