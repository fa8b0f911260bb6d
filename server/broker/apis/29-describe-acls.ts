import { ProtocolError } from '../../protocol/codec.ts';
import { ERROR } from '../../protocol/errors.ts';
import { describeAclsApi } from '../../protocol/messages/describe-acls.ts';
import { handler } from '../net/handler.ts';
import type { Acl } from '../security/acl.ts';
import { isUnknown, matches } from '../security/acl-filter.ts';
import { clusterRefusal } from '../security/permissions.ts';

/** DescribeAcls 1–3. v1 patterns (KIP-290), v3 users as resources (KIP-373). ACLs are gathered under what they are about. */
export const describeAcls = handler(describeAclsApi, { min: 1, max: 3 }, (request, context) => {
  if (isUnknown(request)) throw new ProtocolError('DescribeAclsRequest contains UNKNOWN elements');
  const forbidden = clusterRefusal(context, 'describe');
  if (forbidden !== null) return forbidden;
  if (context.authorizer === null) {
    return {
      errorCode: ERROR.SECURITY_DISABLED,
      errorMessage: 'No Authorizer is configured on the broker',
    };
  }
  const patterns = new Map<string, Acl[]>();
  for (const acl of context.cluster.image.security.acls.byId.values()) {
    if (!matches(request, acl)) continue;
    const key = `${acl.resourceType} ${acl.patternType} ${acl.resourceName}`;
    const known = patterns.get(key);
    if (known === undefined) patterns.set(key, [acl]);
    else known.push(acl);
  }
  return {
    resources: [...patterns.values()].map((acls) => {
      const { resourceType, resourceName, patternType } = acls[0]!;
      return { resourceType, resourceName, patternType, acls };
    }),
  };
});
