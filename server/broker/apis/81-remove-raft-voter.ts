import { ERROR } from '../../protocol/errors.ts';
import { removeRaftVoterApi } from '../../protocol/messages/remove-raft-voter.ts';
import { refused } from '../controller/outcome.ts';
import { handler } from '../net/handler.ts';
import { clusterRefusal } from '../security/permissions.ts';

/** RemoveRaftVoter 0 (KIP-853): refused as by every quorum whose voters stand in its configuration, as ours do. */
export const removeRaftVoter = handler(
  removeRaftVoterApi,
  { min: 0, max: 0 },
  (_, context) =>
    clusterRefusal(context, 'alter') ??
    refused(
      ERROR.UNSUPPORTED_VERSION,
      "Cluster doesn't support removing voter because the kraft.version feature is 0",
    ),
);
