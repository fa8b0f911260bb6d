import { type Acl, OPERATION, PATTERN, PERMISSION, WILDCARD } from './acl.ts';
import type { AclIndex } from './acl-index.ts';
import { type Principal, principalText } from './principal.ts';

/** The class that Kafka's setting `authorizer.class.name` has to name for ACLs to hold. */
export const STANDARD_AUTHORIZER = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer';

/** Who asks, and from where. */
export interface Requester {
  readonly principal: Principal;
  /** The address with a slash before it, as Kafka prints it. */
  readonly clientHost: string;
}

const EVERYONE = 'User:*';
/** Whoever may do one of these to a resource may also see that it is there. */
const IMPLIES_DESCRIBE: readonly number[] = [
  OPERATION.describe,
  OPERATION.read,
  OPERATION.write,
  OPERATION.delete,
  OPERATION.alter,
];
const IMPLIES_DESCRIBE_CONFIGS: readonly number[] = [OPERATION.describeConfigs, OPERATION.alterConfigs];

/** Decides by ACLs as Kafka's StandardAuthorizer does: a denial wins, what nobody allows is denied. */
export class Authorizer {
  readonly #acls: AclIndex;
  readonly #superUsers: ReadonlySet<string>;
  readonly #allowsIfNoAcl: boolean;

  /**
   * @param configs the brokers' static configs: `super.users` (separated by semicolons) and
   * `allow.everyone.if.no.acl.found`
   */
  constructor(acls: AclIndex, configs: Readonly<Record<string, string>>) {
    this.#acls = acls;
    this.#superUsers = new Set(
      (configs['super.users'] ?? '')
        .split(';')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    );
    this.#allowsIfNoAcl = configs['allow.everyone.if.no.acl.found']?.toLowerCase() === 'true';
  }

  isAllowed(requester: Requester, operation: number, resourceType: number, name: string): boolean {
    const principal = principalText(requester.principal);
    if (this.#superUsers.has(principal)) return true;
    const host = requester.clientHost.slice(1);
    let found = false;
    let allowed = false;
    for (const acl of this.#acls.about(resourceType, name)) {
      found = true;
      if (!concerns(acl, principal, host) || !covers(acl, operation)) continue;
      if (acl.permissionType === PERMISSION.deny) return false;
      allowed = true;
    }
    return found ? allowed : this.#allowsIfNoAcl;
  }

  /** Whether there is any resource of this kind that the operation may be done to (`Authorizer.authorizeByResourceType`). */
  isAllowedSomewhere(requester: Requester, operation: number, resourceType: number): boolean {
    if (this.isAllowed(requester, operation, resourceType, 'hardcode')) return true;
    const principal = principalText(requester.principal);
    const host = requester.clientHost.slice(1);
    const allowed: Acl[] = [];
    const deniedNames = new Set<string>();
    const deniedPrefixes = new Set<string>();
    for (const acl of this.#acls.ofType(resourceType)) {
      if (!concerns(acl, principal, host)) continue;
      if (acl.operation !== operation && acl.operation !== OPERATION.all) continue;
      if (acl.permissionType === PERMISSION.allow) allowed.push(acl);
      else if (acl.patternType === PATTERN.prefixed) deniedPrefixes.add(acl.resourceName);
      else if (acl.resourceName === WILDCARD) return false;
      else deniedNames.add(acl.resourceName);
    }
    return allowed.some(({ patternType, resourceName }) => {
      if (patternType === PATTERN.literal) {
        if (resourceName === WILDCARD) return true;
        if (deniedNames.has(resourceName)) return false;
      }
      for (let length = 1; length <= resourceName.length; length += 1) {
        if (deniedPrefixes.has(resourceName.slice(0, length))) return false;
      }
      return true;
    });
  }
}

function concerns(acl: Acl, principal: string, host: string): boolean {
  return (
    (acl.principal === principal || acl.principal === EVERYONE) &&
    (acl.host === WILDCARD || acl.host === host)
  );
}

/** Only a permission implies others: who may not read may still be allowed to describe. */
function covers(acl: Acl, operation: number): boolean {
  if (acl.operation === OPERATION.all || acl.operation === operation) return true;
  if (acl.permissionType !== PERMISSION.allow) return false;
  if (operation === OPERATION.describe) return IMPLIES_DESCRIBE.includes(acl.operation);
  return operation === OPERATION.describeConfigs && IMPLIES_DESCRIBE_CONFIGS.includes(acl.operation);
}
