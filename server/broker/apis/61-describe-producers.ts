import { ERROR } from '../../protocol/errors.ts';
import { describeProducersApi } from '../../protocol/messages/describe-producers.ts';
import { problemWithTopicName } from '../controller/topic-name.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { replicaHere } from './leader-of.ts';

/** DescribeProducers 0 (KIP-664): the producers that a replica knows, the leader's or a follower's, and where their open transactions begin. */
export const describeProducers = handler(describeProducersApi, { min: 0, max: 0 }, (request, context) => ({
  topics: request.topics.map(({ name, partitionIndexes }) => {
    const problem = problemWithTopic(context, name);
    return {
      name,
      partitions: partitionIndexes.map((partitionIndex) =>
        problem === null ? describe(context, name, partitionIndex) : { partitionIndex, ...problem },
      ),
    };
  }),
}));

function problemWithTopic(context: RequestContext, name: string) {
  const illegal = problemWithTopicName(name);
  if (illegal !== null) return { errorCode: ERROR.INVALID_TOPIC_EXCEPTION, errorMessage: illegal };
  if (!may(context, 'read', 'topic', name)) return { errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED };
  return context.cluster.image.topic(name) === undefined
    ? { errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION }
    : null;
}

function describe(context: RequestContext, topic: string, partitionIndex: number) {
  const replica = replicaHere(context, topic, partitionIndex);
  if (typeof replica === 'number') return { partitionIndex, errorCode: replica };
  const producers = replica.stored.exists ? [...replica.producers.active()] : [];
  return {
    partitionIndex,
    errorCode: ERROR.NONE,
    activeProducers: producers.map(({ producerId, epoch, lastTimestamp, transactionStart, ...rest }) => ({
      producerId: BigInt(producerId),
      producerEpoch: epoch,
      lastSequence: rest.lastSequence,
      lastTimestamp: BigInt(lastTimestamp),
      coordinatorEpoch: rest.coordinatorEpoch,
      currentTxnStartOffset: BigInt(transactionStart),
    })),
  };
}
