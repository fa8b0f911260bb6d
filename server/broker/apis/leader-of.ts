import { ERROR } from '../../protocol/errors.ts';
import type { TopicImage } from '../controller/metadata-image.ts';
import type { RequestContext } from '../net/handler.ts';
import type { Partition } from '../replica/partition.ts';
import { addressOf } from './address-of.ts';

/** The topic that a request names, by id where the version has ids; null when there is none. */
export function requestedTopic(
  { cluster, header }: RequestContext,
  name: string,
  topicId: string,
  firstVersionWithIds: number,
): TopicImage | null {
  const found =
    header.apiVersion >= firstVersionWithIds ? cluster.image.topicById(topicId) : cluster.image.topic(name);
  return found ?? null;
}

/** This broker's replica of a partition, or the error that a client gets who looks for it here. */
export function replicaHere(
  { broker, cluster }: RequestContext,
  topic: string,
  partition: number,
): Partition | number {
  const replica = broker.partitions.get(topic, partition);
  if (replica !== undefined) return replica;
  return cluster.image.partition(topic, partition) === undefined
    ? ERROR.UNKNOWN_TOPIC_OR_PARTITION
    : ERROR.NOT_LEADER_OR_FOLLOWER;
}

/**
 * Where the leader is, for answers that send a client on (KIP-951): -1s when it is not known, nothing in versions that
 * can't say it.
 */
export function leaderHint(
  { cluster, header }: RequestContext,
  topic: string,
  partition: number,
  firstVersion: number,
) {
  if (header.apiVersion < firstVersion) return {};
  const image = cluster.image.partition(topic, partition);
  return { currentLeader: { leaderId: image?.leader ?? -1, leaderEpoch: image?.leaderEpoch ?? -1 } };
}

/** The addresses of the leaders that an answer sends clients to; none in versions that can't say them. */
export function endpointsOf(
  context: RequestContext,
  answers: readonly { readonly currentLeader?: { readonly leaderId?: number } }[],
  firstVersion: number,
) {
  const { cluster, header } = context;
  if (header.apiVersion < firstVersion) return [];
  const ids = new Set(answers.map(({ currentLeader }) => currentLeader?.leaderId ?? -1));
  return [...ids].flatMap((id) => {
    const broker = cluster.image.brokers.get(id);
    if (broker === undefined || broker.fenced) return [];
    return [{ nodeId: id, ...addressOf(context, broker), rack: broker.rack }];
  });
}
