import { readShareGroupStateApi } from '../../protocol/messages/read-share-group-state.ts';
import { handler } from '../net/handler.ts';
import { onShareStates } from './share-states.ts';

/** ReadShareGroupState 0 (KIP-932): a new leader learns where a share group is in its partition. */
export const readShareGroupState = handler(readShareGroupStateApi, { min: 0, max: 0 }, (request, context) =>
  onShareStates(request, context, async (shard, key, { leaderEpoch }) => {
    const { stateEpoch, startOffset, batches } = await shard.read(key, leaderEpoch);
    return { stateEpoch, startOffset, stateBatches: batches };
  }),
);
