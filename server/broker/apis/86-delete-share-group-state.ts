import { deleteShareGroupStateApi } from '../../protocol/messages/delete-share-group-state.ts';
import { handler } from '../net/handler.ts';
import { onShareStates } from './share-states.ts';

/** DeleteShareGroupState 0 (KIP-932): a share group forgets a partition. */
export const deleteShareGroupState = handler(
  deleteShareGroupStateApi,
  { min: 0, max: 0 },
  (request, context) =>
    onShareStates(request, context, async (shard, key) => {
      await shard.delete(key);
      return {};
    }),
);
