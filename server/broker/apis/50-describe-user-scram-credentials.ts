import { ERROR } from '../../protocol/errors.ts';
import { describeUserScramCredentialsApi } from '../../protocol/messages/describe-user-scram-credentials.ts';
import { handler } from '../net/handler.ts';

/** DescribeUserScramCredentials 0 (KIP-554): no user has any. Tools ask nevertheless. */
export const describeUserScramCredentials = handler(
  describeUserScramCredentialsApi,
  { min: 0, max: 0 },
  (request) => ({
    errorCode: ERROR.NONE,
    results: (request.users ?? []).map(({ name }) => ({
      user: name,
      errorCode: ERROR.RESOURCE_NOT_FOUND,
      errorMessage: `Attempt to describe a user credential that does not exist: ${name}`,
    })),
  }),
);
