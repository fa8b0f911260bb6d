import { ProtocolError } from '../../protocol/codec.ts';
import { ERROR } from '../../protocol/errors.ts';
import { type AclCreation, createAclsApi } from '../../protocol/messages/create-acls.ts';
import { refused } from '../controller/outcome.ts';
import { handler } from '../net/handler.ts';
import { OPERATION, PATTERN, PERMISSION, RESOURCE } from '../security/acl.ts';
import { createdAcls } from '../security/acl-changes.ts';
import { isNotIn } from '../security/acl-filter.ts';
import { clusterRefusal } from '../security/permissions.ts';

/** CreateAcls 1–3. v1 prefixes (KIP-290), v3 users as resources (KIP-373). */
export const createAcls = handler(createAclsApi, { min: 1, max: 3 }, (request, context) => {
  const { creations } = request;
  if (creations.some(isUnknown)) throw new ProtocolError('CreatableAcls contain unknown elements');
  const refuse = (outcome: { errorCode: number; errorMessage: string | null }) => ({
    results: creations.map(() => outcome),
  });
  const forbidden = clusterRefusal(context, 'alter');
  if (forbidden !== null) return refuse(forbidden);
  if (context.authorizer === null) {
    return refuse(refused(ERROR.SECURITY_DISABLED, 'No Authorizer is configured.'));
  }
  const { controller, image } = context.cluster;
  const { outcomes, records } = createdAcls(
    image.security.acls,
    creations.map(({ resourcePatternType, ...acl }) => ({ ...acl, patternType: resourcePatternType })),
  );
  controller.changeAccess(records);
  return { results: outcomes };
});

function isUnknown(acl: AclCreation): boolean {
  return (
    isNotIn(RESOURCE, acl.resourceType) ||
    isNotIn(PATTERN, acl.resourcePatternType) ||
    isNotIn(OPERATION, acl.operation) ||
    isNotIn(PERMISSION, acl.permissionType)
  );
}
