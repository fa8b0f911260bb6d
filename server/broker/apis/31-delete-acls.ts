import { ProtocolError } from '../../protocol/codec.ts';
import { ERROR } from '../../protocol/errors.ts';
import { deleteAclsApi } from '../../protocol/messages/delete-acls.ts';
import { type Outcome, refused } from '../controller/outcome.ts';
import { handler } from '../net/handler.ts';
import { deletedAcls } from '../security/acl-changes.ts';
import { isUnknown } from '../security/acl-filter.ts';
import { clusterRefusal } from '../security/permissions.ts';

/** DeleteAcls 1–3: those that the filters find, told for each filter. */
export const deleteAcls = handler(deleteAclsApi, { min: 1, max: 3 }, (request, context) => {
  const { filters } = request;
  if (filters.some(isUnknown)) throw new ProtocolError('Filters contain UNKNOWN elements');
  const refuse = (outcome: Outcome) => ({ filterResults: filters.map(() => outcome) });
  const forbidden = clusterRefusal(context, 'alter');
  if (forbidden !== null) return refuse(forbidden);
  if (context.authorizer === null) {
    return refuse(refused(ERROR.SECURITY_DISABLED, 'No Authorizer is configured.'));
  }
  const { controller, image } = context.cluster;
  const { found, records } = deletedAcls(image.security.acls, filters);
  controller.changeAccess(records);
  return {
    filterResults: found.map((acls) => ('errorCode' in acls ? acls : { matchingAcls: [...acls] })),
  };
});
