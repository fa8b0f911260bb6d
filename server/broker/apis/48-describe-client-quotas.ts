import { ERROR } from '../../protocol/errors.ts';
import { describeClientQuotasApi } from '../../protocol/messages/describe-client-quotas.ts';
import { handler } from '../net/handler.ts';

/** DescribeClientQuotas 0–1 (KIP-546): there are none, and none can be set. Tools ask nevertheless. */
export const describeClientQuotas = handler(describeClientQuotasApi, { min: 0, max: 1 }, () => ({
  errorCode: ERROR.NONE,
  entries: [],
}));
