import { readShareGroupStateSummaryApi } from '../../protocol/messages/read-share-group-state-summary.ts';
import { handler } from '../net/handler.ts';
import { onShareStates } from './share-states.ts';

/** ReadShareGroupStateSummary 0–1 (KIP-932): where share groups are, without the states of single records. */
export const readShareGroupStateSummary = handler(
  readShareGroupStateSummaryApi,
  { min: 0, max: 1 },
  (request, context) =>
    onShareStates(request, context, (shard, key) => {
      const { stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount } = shard.summary(key);
      return { stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount };
    }),
);
