import { initializeShareGroupStateApi } from '../../protocol/messages/initialize-share-group-state.ts';
import { handler } from '../net/handler.ts';
import { onShareStates } from './share-states.ts';

/** InitializeShareGroupState 0 (KIP-932): a share group begins to read a partition, or begins anew at another offset. */
export const initializeShareGroupState = handler(
  initializeShareGroupStateApi,
  { min: 0, max: 0 },
  (request, context) =>
    onShareStates(request, context, async (shard, key, { stateEpoch, startOffset }) => {
      await shard.initialize(key, stateEpoch, Number(startOffset));
      return {};
    }),
);
