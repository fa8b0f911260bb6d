/** What ShareFetch and ShareAcknowledge have in common: members' word for records that they were given. */
import { ERROR } from '../../protocol/errors.ts';
import { GroupRefusal } from '../groups/group-refusal.ts';
import { ACKNOWLEDGE, type Acknowledgement } from '../groups/share/delivery/share-partition.ts';
import type { SharePartitions } from '../groups/share/delivery/share-partitions.ts';
import type { RequestContext } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';

interface AcknowledgedTopic {
  readonly topicId: string;
  readonly partitions: readonly {
    readonly partitionIndex: number;
    readonly acknowledgementBatches: readonly {
      readonly firstOffset: bigint;
      readonly lastOffset: bigint;
      readonly acknowledgeTypes: readonly number[];
    }[];
  }[];
}

export interface Acknowledged {
  readonly topicId: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

const DONE = { errorCode: ERROR.NONE, errorMessage: null };

/** Takes the acknowledgements of a request, partition by partition, each with its own outcome. */
export function acknowledgeAll(
  partitions: SharePartitions,
  who: { readonly groupId: string; readonly memberId: string },
  topics: readonly AcknowledgedTopic[],
  isRenewAck: boolean,
  context: RequestContext,
): Promise<Acknowledged[]> {
  const renewSince = 2; // KIP-1222
  const maxType = context.header.apiVersion >= renewSince ? ACKNOWLEDGE.renew : ACKNOWLEDGE.reject;
  const one = async (topicId: string, partition: number, acknowledgements: readonly Acknowledgement[]) => {
    const topic = context.cluster.image.topicById(topicId);
    if (topic === undefined) return { errorCode: ERROR.UNKNOWN_TOPIC_ID, errorMessage: null };
    if (!areValid(acknowledgements, maxType, isRenewAck)) {
      return { errorCode: ERROR.INVALID_REQUEST, errorMessage: null };
    }
    if (!may(context, 'read', 'topic', topic.name)) return NOT_AUTHORIZED.topic;
    if (acknowledgements.length === 0) return DONE;
    const served = partitions.get({ groupId: who.groupId, topicId, partition });
    if (served === undefined) {
      const errorMessage = 'This server does not host this topic-partition.';
      return { errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION, errorMessage };
    }
    try {
      await served.share.acknowledge(who.memberId, acknowledgements);
      return DONE;
    } catch (error) {
      if (!(error instanceof GroupRefusal)) throw error;
      return { errorCode: error.errorCode, errorMessage: error.message };
    }
  };
  return Promise.all(
    topics.flatMap(({ topicId, partitions: listed }) =>
      listed.map(async ({ partitionIndex, acknowledgementBatches }) => {
        const batches = acknowledgementBatches.map(
          ({ firstOffset, lastOffset, acknowledgeTypes: types }): Acknowledgement => ({
            firstOffset: Number(firstOffset),
            lastOffset: Number(lastOffset),
            types,
          }),
        );
        return { topicId, partition: partitionIndex, ...(await one(topicId, partitionIndex, batches)) };
      }),
    ),
  );
}

/** Batches in order, each with a type for all of its offsets or one for each, and nothing renewed unless it was announced. */
function areValid(batches: readonly Acknowledgement[], maxType: number, isRenewAck: boolean): boolean {
  let before = -1;
  for (const { firstOffset, lastOffset, types } of batches) {
    const isInOrder = firstOffset <= lastOffset && firstOffset >= before;
    const isComplete = types.length === 1 || types.length === lastOffset - firstOffset + 1;
    const areKnown = types.every((type) => type >= 0 && type <= maxType);
    if (!isInOrder || !isComplete || !areKnown) return false;
    if (types.includes(ACKNOWLEDGE.renew) && !isRenewAck) return false;
    before = lastOffset;
  }
  return true;
}
