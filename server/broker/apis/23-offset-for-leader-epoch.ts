import { ERROR } from '../../protocol/errors.ts';
import { offsetForLeaderEpochApi } from '../../protocol/messages/offset-for-leader-epoch.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { replicaHere } from './leader-of.ts';

/** OffsetForLeaderEpoch 2–4 (KIP-320): where the log of an epoch ends, so that a reader notices that its records are gone. */
export const offsetForLeaderEpoch = handler(
  offsetForLeaderEpochApi,
  { min: 2, max: 4 },
  (request, context) => ({
    topics: request.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition, currentLeaderEpoch, leaderEpoch }) => ({
        partition,
        ...endOfEpoch(context, topic, partition, currentLeaderEpoch, leaderEpoch),
      })),
    })),
  }),
);

function endOfEpoch(
  context: RequestContext,
  topic: string,
  partition: number,
  currentLeaderEpoch: number,
  leaderEpoch: number,
) {
  if (!may(context, 'describe', 'topic', topic)) return { errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED };
  const replica = replicaHere(context, topic, partition);
  if (typeof replica === 'number') return { errorCode: replica };
  const errorCode = replica.leaderProblem(currentLeaderEpoch);
  if (errorCode !== 0) return { errorCode };
  const end = replica.endOfEpoch(leaderEpoch);
  return { errorCode, leaderEpoch: end.epoch, endOffset: BigInt(end.endOffset) };
}
