import type { Input } from '../../protocol/codec.ts';
import { ERROR } from '../../protocol/errors.ts';
import { type FetchRequest, fetchApi, type PartitionData } from '../../protocol/messages/fetch.ts';
import { configNumber } from '../config/resolve.ts';
import type { TopicImage } from '../controller/metadata-image.ts';
import type { WantedPartition } from '../fetch/fetch-session.ts';
import { preferredReadReplica } from '../fetch/preferred-replica.ts';
import { untilReadable } from '../fetch/wait.ts';
import { handler, quotaClient, type RequestContext, throttleFor } from '../net/handler.ts';
import type { Partition } from '../replica/partition.ts';
import type { Isolation } from '../replica/results.ts';
import { may, mayOnCluster } from '../security/permissions.ts';
import { endpointsOf, leaderHint, replicaHere } from './leader-of.ts';

const FIRST_VERSION_WITH_FOLLOWER_FETCH = 11;
const FIRST_VERSION_WITH_TOPIC_IDS = 13;
const FIRST_VERSION_WITH_ENDPOINTS = 16;
const NO_RECORDS = Buffer.alloc(0);
const UNKNOWN_OFFSET = -1n;

/** One partition that a client wants, with the replica that serves it or the error that it gets. */
interface Target {
  readonly wanted: WantedPartition;
  readonly topic: TopicImage | null;
  readonly replica: Partition | number;
}

type Answer = Input<PartitionData> & {
  readonly errorCode: number;
  readonly highWatermark: bigint;
  readonly logStartOffset: bigint;
  readonly records: Buffer;
};

interface Result extends Omit<Answer, 'preferredReadReplica'> {
  readonly wanted: WantedPartition;
  readonly preferredReadReplica?: number;
}

interface Fetched {
  readonly results: readonly Result[];
  readonly bytes: number;
  /** Something that the client should learn at once. */
  readonly urgent: boolean;
}

/** How one request is to be read. */
interface Reading {
  readonly request: FetchRequest;
  readonly isolation: Isolation;
  readonly maxBytes: number;
  readonly minBytes: number;
  /** A consumer that says where it stands may be served by followers, and be sent to a nearer one (KIP-392). */
  readonly anyReplica: boolean;
  readonly selector: string | undefined;
}

/**
 * Fetch 4–18. v7 sessions (KIP-227), v9 leader epochs, v11 nearest replica (KIP-392), v12 diverging epochs (KIP-595), v13
 * topic ids, v16 where the leader is (KIP-951). Waits until `minBytes` can be read, at most `maxWaitMs`; the first batch
 * comes whole however large it is, all others fit into the partition's and the request's limit.
 */
export const fetch = handler(fetchApi, { min: 4, max: 18 }, async (request, context) => {
  const { apiVersion } = context.header;
  const round = context.fetchSessions.begin(request, apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS);
  if (round.errorCode !== ERROR.NONE) return { errorCode: round.errorCode, responses: [] };
  const reading = readingOf(request, context);
  const targets = round.wanted.map((wanted) => targetOf(wanted, isFromFollower(request), context));
  let fetched = readAll(targets, reading, context);
  // What is not there at all keeps nobody waiting, nor does it hasten the answer about the rest.
  const awaited = targets.flatMap(({ replica, wanted }) =>
    typeof replica === 'number'
      ? []
      : [
          {
            replica,
            offset: Number(wanted.request.fetchOffset),
            leaderEpoch: wanted.request.currentLeaderEpoch,
            anyReplica: reading.anyReplica,
          },
        ],
  );
  if (awaited.length > 0 && request.maxWaitMs > 0 && !isEnough(fetched, reading)) {
    await untilReadable(
      awaited,
      reading.isolation,
      request.maxWaitMs,
      context.connection,
      () => reading.minBytes <= 1 || isEnough(readAll(targets, reading, context), reading),
    );
    fetched = readAll(targets, reading, context);
  }
  const throttleMs = countBytes(context, fetched.bytes);
  if (throttleMs > 0) {
    const { errorCode, sessionId } = round.throttled();
    throttleFor(context, throttleMs);
    return { errorCode, sessionId, responses: [] };
  }
  const { errorCode, sessionId, results } = round.answer(fetched.results);
  return {
    errorCode,
    sessionId,
    responses: byTopic(results),
    nodeEndpoints: endpointsOf(context, results, FIRST_VERSION_WITH_ENDPOINTS),
  };
});

/** Counts an answer. Returns how long the client has to wait instead of getting it; it is then not counted. */
function countBytes(context: RequestContext, bytes: number): number {
  const client = quotaClient(context);
  const throttleMs = context.quotas.record('consumer_byte_rate', client, bytes);
  if (throttleMs > 0) context.quotas.unrecord('consumer_byte_rate', client, bytes);
  return throttleMs;
}

function readingOf(request: FetchRequest, context: RequestContext): Reading {
  const { broker, header, quotas } = context;
  const { isolationLevel } = request;
  const isFollower = isFromFollower(request);
  const maxBytes = Math.min(
    request.maxBytes,
    configNumber(broker, 'fetch.max.bytes'),
    isFollower ? Number.POSITIVE_INFINITY : quotas.mostInWindow('consumer_byte_rate', quotaClient(context)),
  );
  const ofClient = isolationLevel === 1 ? 'read_committed' : 'read_uncommitted';
  return {
    request,
    isolation: isFollower ? 'log_end' : ofClient,
    maxBytes,
    minBytes: Math.min(request.minBytes, maxBytes),
    anyReplica: !isFollower && header.apiVersion >= FIRST_VERSION_WITH_FOLLOWER_FETCH,
    selector: broker.brokerConfig('replica.selector.class'),
  };
}

function isFromFollower({ replicaId, replicaState }: FetchRequest): boolean {
  return Math.max(replicaId, replicaState.replicaId) >= 0;
}

function targetOf(wanted: WantedPartition, isFollower: boolean, context: RequestContext): Target {
  const { cluster, header } = context;
  const { topic: name, topicId, request } = wanted;
  const byId = header.apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS;
  const topic = (byId ? cluster.image.topicById(topicId) : cluster.image.topic(name)) ?? null;
  const readable = topic?.name ?? (byId ? null : name);
  const isAllowed = isFollower
    ? mayOnCluster(context, 'clusterAction')
    : readable === null || may(context, 'read', 'topic', readable);
  if (!isAllowed) return { wanted, topic, replica: ERROR.TOPIC_AUTHORIZATION_FAILED };
  if (topic !== null) return { wanted, topic, replica: replicaHere(context, topic.name, request.partition) };
  const replica = byId ? ERROR.UNKNOWN_TOPIC_ID : ERROR.UNKNOWN_TOPIC_OR_PARTITION;
  return { wanted, topic, replica };
}

function isEnough({ bytes, urgent }: Fetched, { minBytes }: Reading): boolean {
  return urgent || bytes >= minBytes;
}

function readAll(targets: readonly Target[], reading: Reading, context: RequestContext): Fetched {
  let bytes = 0;
  let urgent = false;
  const results = targets.map((target) => {
    const answer = readOne(target, reading, reading.maxBytes - bytes, bytes === 0, context);
    bytes += answer.records.length;
    const isNews =
      answer.errorCode !== ERROR.NONE ||
      answer.divergingEpoch !== undefined ||
      answer.preferredReadReplica !== undefined;
    if (isNews && typeof target.replica !== 'number') urgent = true;
    return answer;
  });
  return { results, bytes, urgent };
}

function readOne(
  { wanted, topic, replica }: Target,
  { request, isolation, anyReplica, selector }: Reading,
  room: number,
  isFirst: boolean,
  context: RequestContext,
): Result {
  const { partition: partitionIndex, partitionMaxBytes, currentLeaderEpoch } = wanted.request;
  const refused = (errorCode: number): Result => ({
    wanted,
    partitionIndex,
    errorCode,
    highWatermark: UNKNOWN_OFFSET,
    logStartOffset: UNKNOWN_OFFSET,
    records: NO_RECORDS,
    ...(topic !== null && isAboutLeader(errorCode)
      ? leaderHint(context, topic.name, partitionIndex, FIRST_VERSION_WITH_ENDPOINTS)
      : {}),
  });
  if (typeof replica === 'number') return refused(replica);
  const offset = Number(wanted.request.fetchOffset);
  const preferred = anyReplica
    ? preferredReadReplica(replica, { offset, rackId: request.rackId, selector }, context.cluster.image)
    : null;
  const maxBytes = preferred === null ? Math.max(0, Math.min(partitionMaxBytes, room)) : 0;
  const read = replica.read({
    offset,
    maxBytes,
    isolation,
    currentLeaderEpoch,
    lastFetchedEpoch: wanted.request.lastFetchedEpoch,
    anyReplica,
  });
  if (read.errorCode !== 0) return refused(read.errorCode);
  const records = read.records.length === 1 ? read.records[0]! : Buffer.concat(read.records);
  const result = {
    wanted,
    partitionIndex,
    errorCode: ERROR.NONE,
    highWatermark: BigInt(read.highWatermark),
    lastStableOffset: BigInt(read.lastStableOffset),
    logStartOffset: BigInt(read.logStartOffset),
    abortedTransactions:
      read.abortedTransactions?.map(({ producerId, firstOffset }) => ({
        producerId: BigInt(producerId),
        firstOffset: BigInt(firstOffset),
      })) ?? null,
    // Only the first partition with data may go beyond the limits, and only by its first batch.
    records: preferred === null && (isFirst || records.length <= maxBytes) ? records : NO_RECORDS,
    ...(preferred === null ? {} : { preferredReadReplica: preferred }),
  };
  if (read.divergingEpoch === null) return result;
  const { epoch, endOffset } = read.divergingEpoch;
  return { ...result, divergingEpoch: { epoch, endOffset: BigInt(endOffset) } };
}

function isAboutLeader(errorCode: number): boolean {
  return errorCode === ERROR.NOT_LEADER_OR_FOLLOWER || errorCode === ERROR.FENCED_LEADER_EPOCH;
}

/** Results that follow each other and are of one topic go under one heading. */
function byTopic(results: readonly Result[]) {
  const topics: { topic: string; topicId: string; partitions: Result[] }[] = [];
  for (const result of results) {
    const { topic, topicId } = result.wanted;
    const last = topics.at(-1);
    if (last !== undefined && last.topic === topic && last.topicId === topicId) last.partitions.push(result);
    else topics.push({ topic, topicId, partitions: [result] });
  }
  return topics;
}
