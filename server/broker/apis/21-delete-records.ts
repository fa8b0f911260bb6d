import { ERROR } from '../../protocol/errors.ts';
import { deleteRecordsApi } from '../../protocol/messages/delete-records.ts';
import { isInternalTopic } from '../controller/metadata-image.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { replicaHere } from './leader-of.ts';

/** DeleteRecords 0–2. Offset -1 stands for the high watermark. Answers when the followers that are alive have followed. */
export const deleteRecords = handler(deleteRecordsApi, { min: 0, max: 2 }, async (request, context) => ({
  topics: await Promise.all(
    request.topics.map(async ({ name, partitions }) => ({
      name,
      partitions: await Promise.all(
        partitions.map(async ({ partitionIndex, offset }) => {
          const { errorCode, lowWatermark } = await deleteBefore(
            context,
            name,
            partitionIndex,
            Number(offset),
            request.timeoutMs,
          );
          return { partitionIndex, errorCode, lowWatermark: BigInt(lowWatermark) };
        }),
      ),
    })),
  ),
}));

async function deleteBefore(
  context: RequestContext,
  topic: string,
  partition: number,
  offset: number,
  timeoutMs: number,
) {
  const refused = (errorCode: number) => ({ errorCode, lowWatermark: -1 });
  if (!may(context, 'delete', 'topic', topic)) return refused(ERROR.TOPIC_AUTHORIZATION_FAILED);
  if (isInternalTopic(topic)) return refused(ERROR.INVALID_TOPIC_EXCEPTION);
  const replica = replicaHere(context, topic, partition);
  if (typeof replica === 'number') return refused(replica);
  // Records of a topic that is only compacted go by compaction alone.
  if (!context.broker.logConfig(topic).deletes) return refused(ERROR.POLICY_VIOLATION);
  return replica.deleteRecords(offset, timeoutMs);
}
