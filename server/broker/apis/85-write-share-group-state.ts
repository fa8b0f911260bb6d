import { writeShareGroupStateApi } from '../../protocol/messages/write-share-group-state.ts';
import { batchIn } from '../groups/share/state/share-state-records.ts';
import { handler } from '../net/handler.ts';
import { onShareStates } from './share-states.ts';

/** WriteShareGroupState 0–1 (KIP-932): a leader writes down what has become of records. v1 how many are done (KIP-1226). */
export const writeShareGroupState = handler(writeShareGroupStateApi, { min: 0, max: 1 }, (request, context) =>
  onShareStates(request, context, async (shard, key, wish) => {
    const { stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount, stateBatches } = wish;
    const batches = stateBatches.map(batchIn);
    const change = { leaderEpoch, startOffset: Number(startOffset), deliveryCompleteCount, batches };
    await shard.write(key, stateEpoch, change);
    return {};
  }),
);
