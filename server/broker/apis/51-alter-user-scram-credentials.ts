import { alterUserScramCredentialsApi } from '../../protocol/messages/alter-user-scram-credentials.ts';
import { handler } from '../net/handler.ts';
import { clusterRefusal } from '../security/permissions.ts';
import { changedCredentials } from '../security/scram-changes.ts';

/** AlterUserScramCredentials 0 (KIP-554): the controller checks and keeps them; a user may be named once in a request. */
export const alterUserScramCredentials = handler(
  alterUserScramCredentialsApi,
  { min: 0, max: 0 },
  ({ deletions, upsertions }, context) => {
    const forbidden = clusterRefusal(context, 'alter');
    if (forbidden !== null) {
      const users = new Set([...deletions, ...upsertions].map(({ name }) => name));
      return { results: [...users].sort().map((user) => ({ user, ...forbidden })) };
    }
    const { controller, image } = context.cluster;
    const { outcomes, records } = changedCredentials(image.security.scramCredentials, deletions, upsertions);
    controller.changeAccess(records);
    return { results: [...outcomes].map(([user, outcome]) => ({ user, ...outcome })) };
  },
);
