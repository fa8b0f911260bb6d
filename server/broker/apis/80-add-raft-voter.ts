import { ERROR } from '../../protocol/errors.ts';
import { addRaftVoterApi } from '../../protocol/messages/add-raft-voter.ts';
import { refused } from '../controller/outcome.ts';
import { handler } from '../net/handler.ts';
import { clusterRefusal } from '../security/permissions.ts';

/** AddRaftVoter 0–1 (KIP-853): refused as by every quorum whose voters stand in its configuration, as ours do. */
export const addRaftVoter = handler(
  addRaftVoterApi,
  { min: 0, max: 1 },
  (_, context) =>
    clusterRefusal(context, 'alter') ??
    refused(
      ERROR.UNSUPPORTED_VERSION,
      "Cluster doesn't support adding voter because the kraft.version feature is 0",
    ),
);
