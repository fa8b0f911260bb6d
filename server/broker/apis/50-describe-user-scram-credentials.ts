import { ERROR } from '../../protocol/errors.ts';
import { describeUserScramCredentialsApi } from '../../protocol/messages/describe-user-scram-credentials.ts';
import { handler } from '../net/handler.ts';
import { mayOnCluster, NOT_AUTHORIZED } from '../security/permissions.ts';

/** DescribeUserScramCredentials 0 (KIP-554): which users can come in by SCRAM; all when none is named. Never their secrets. */
export const describeUserScramCredentials = handler(
  describeUserScramCredentialsApi,
  { min: 0, max: 0 },
  (request, context) => {
    const named = (request.users ?? []).map(({ name }) => name);
    if (!mayOnCluster(context, 'describe')) {
      return { ...NOT_AUTHORIZED.cluster, results: named.map(() => NOT_AUTHORIZED.cluster) };
    }
    const credentials = context.cluster.image.security.scramCredentials;
    const once = new Set<string>();
    const twice = new Set(named.filter((name) => once.size === once.add(name).size));
    const users = named.length > 0 ? [...once] : [...credentials.keys()];
    return {
      errorCode: ERROR.NONE,
      results: users.map((user) => {
        if (twice.has(user)) {
          return {
            user,
            errorCode: ERROR.DUPLICATE_RESOURCE,
            errorMessage: `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`,
          };
        }
        const found = credentials.get(user);
        if (found === undefined) {
          return {
            user,
            errorCode: ERROR.RESOURCE_NOT_FOUND,
            errorMessage: `Attempt to describe a user credential that does not exist: ${user}`,
          };
        }
        return {
          user,
          credentialInfos: [...found].map(([mechanism, { iterations }]) => ({ mechanism, iterations })),
        };
      }),
    };
  },
);
