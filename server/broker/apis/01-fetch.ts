import type { Input } from '../../protocol/codec.ts';
import { ERROR } from '../../protocol/errors.ts';
import {
  type FetchPartition,
  type FetchRequest,
  fetchApi,
  type PartitionData,
} from '../../protocol/messages/fetch.ts';
import type { TopicImage } from '../controller/metadata-image.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import type { Partition } from '../replica/partition.ts';
import type { Isolation } from '../replica/results.ts';
import { endpointsOf, leaderHint, replicaHere, requestedTopic } from './leader-of.ts';

const FIRST_VERSION_WITH_DIVERGING_EPOCHS = 12;
const FIRST_VERSION_WITH_TOPIC_IDS = 13;
const FIRST_VERSION_WITH_ENDPOINTS = 16;
const NO_RECORDS = Buffer.alloc(0);

/** One partition that a client wants, with the replica that serves it or the error that it gets. */
interface Wanted {
  readonly topic: TopicImage | null;
  readonly request: FetchPartition;
  readonly replica: Partition | number;
}

interface Fetched {
  readonly responses: (Input<PartitionData> & { readonly records: Buffer })[];
  readonly bytes: number;
  /** Something that the client should learn at once. */
  readonly urgent: boolean;
}

/**
 * Fetch 4–18. v7 sessions (KIP-227), v9 leader epochs, v12 diverging epochs (KIP-595), v13 topic ids, v16 where the leader
 * is (KIP-951). Every answer is sessionless (id 0), which the protocol always allows: clients then name all partitions
 * each time. Waits until `minBytes` can be read, at most `maxWaitMs`; the first batch comes whole however large it is.
 */
export const fetch = handler(fetchApi, { min: 4, max: 18 }, async (request, context) => {
  if (request.sessionId !== 0) return { errorCode: ERROR.FETCH_SESSION_ID_NOT_FOUND, responses: [] };
  const isolation = isolationOf(request);
  const wanted = request.topics.map((topic) => {
    const image = requestedTopic(context, topic.topic, topic.topicId, FIRST_VERSION_WITH_TOPIC_IDS);
    return topic.partitions.map(
      (partition): Wanted => ({
        topic: image,
        request: partition,
        replica: replicaFor(context, image, partition.partition),
      }),
    );
  });
  const all = wanted.flat();
  let fetched = readAll(all, request, isolation, context);
  if (!isEnough(fetched, request) && all.length > 0) {
    await untilEnough(all, request, isolation, context);
    fetched = readAll(all, request, isolation, context);
  }
  const answers = fetched.responses.values();
  return {
    responses: request.topics.map(({ topic, topicId, partitions }) => ({
      topic,
      topicId,
      partitions: partitions.map(() => answers.next().value!),
    })),
    nodeEndpoints: endpointsOf(context, fetched.responses, FIRST_VERSION_WITH_ENDPOINTS),
  };
});

function isolationOf({ replicaId, replicaState, isolationLevel }: FetchRequest): Isolation {
  if (Math.max(replicaId, replicaState.replicaId) >= 0) return 'log_end';
  return isolationLevel === 1 ? 'read_committed' : 'read_uncommitted';
}

function replicaFor(
  context: RequestContext,
  topic: TopicImage | null,
  partition: number,
): Partition | number {
  if (topic !== null) return replicaHere(context, topic.name, partition);
  return context.header.apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS
    ? ERROR.UNKNOWN_TOPIC_ID
    : ERROR.UNKNOWN_TOPIC_OR_PARTITION;
}

function isEnough({ bytes, urgent }: Fetched, { minBytes, maxWaitMs }: FetchRequest): boolean {
  return urgent || bytes >= minBytes || maxWaitMs <= 0;
}

function readAll(
  all: readonly Wanted[],
  request: FetchRequest,
  isolation: Isolation,
  context: RequestContext,
): Fetched {
  let bytes = 0;
  let urgent = false;
  const responses = all.map((wanted) => {
    const response = readOne(wanted, request.maxBytes - bytes, bytes === 0, isolation, context);
    bytes += response.records.length;
    if (response.errorCode !== 0 || response.divergingEpoch !== undefined) urgent = true;
    return response;
  });
  return { responses, bytes, urgent };
}

function readOne(
  { topic, request, replica }: Wanted,
  room: number,
  isFirst: boolean,
  isolation: Isolation,
  context: RequestContext,
): Input<PartitionData> & { readonly records: Buffer } {
  const { partition: partitionIndex } = request;
  const refused = (errorCode: number) => {
    const response = { partitionIndex, errorCode, highWatermark: -1n, records: NO_RECORDS };
    return topic !== null && isAboutLeader(errorCode)
      ? {
          ...response,
          ...leaderHint(context, topic.name, partitionIndex, FIRST_VERSION_WITH_DIVERGING_EPOCHS),
        }
      : response;
  };
  if (typeof replica === 'number') return refused(replica);
  const maxBytes = Math.max(0, Math.min(request.partitionMaxBytes, room));
  const read = replica.read({
    offset: Number(request.fetchOffset),
    maxBytes,
    isolation,
    currentLeaderEpoch: request.currentLeaderEpoch,
    lastFetchedEpoch: request.lastFetchedEpoch,
  });
  if (read.errorCode !== 0) return refused(read.errorCode);
  const records = read.records.length === 1 ? read.records[0]! : Buffer.concat(read.records);
  const response = {
    partitionIndex,
    errorCode: 0,
    highWatermark: BigInt(read.highWatermark),
    lastStableOffset: BigInt(read.lastStableOffset),
    logStartOffset: BigInt(read.logStartOffset),
    abortedTransactions: isolation === 'read_committed' ? [] : null,
    // Only the first partition with data may go beyond the limits, and only by its first batch.
    records: isFirst || records.length <= maxBytes ? records : NO_RECORDS,
  };
  if (read.divergingEpoch === null) return response;
  const { epoch, endOffset } = read.divergingEpoch;
  return { ...response, divergingEpoch: { epoch, endOffset: BigInt(endOffset) } };
}

function isAboutLeader(errorCode: number): boolean {
  return errorCode === ERROR.NOT_LEADER_OR_FOLLOWER || errorCode === ERROR.FENCED_LEADER_EPOCH;
}

/** Resolves when the request can be answered: enough data, a problem, the client gone, or the time over. */
function untilEnough(
  all: readonly Wanted[],
  request: FetchRequest,
  isolation: Isolation,
  context: RequestContext,
): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    let check: NodeJS.Immediate | null = null;
    const done = () => {
      clearTimeout(timer);
      if (check !== null) clearImmediate(check);
      for (const stop of stops) stop();
      resolve();
    };
    const timer = setTimeout(done, request.maxWaitMs);
    stops.push(context.connection.onClose(done));
    for (const { replica, request: partition } of all) {
      if (typeof replica === 'number') continue;
      const offset = Number(partition.fetchOffset);
      stops.push(
        replica.onProgress(() => {
          const isGone = !replica.isLeader || offset < replica.logStartOffset;
          if (!isGone && replica.readableUpTo(isolation) <= offset) return;
          // Once a turn of the event loop, however many partitions have got something in it.
          check ??= setImmediate(() => {
            check = null;
            const few = request.minBytes <= 1;
            if (few || isEnough(readAll(all, request, isolation, context), request)) done();
          });
        }),
      );
    }
  });
}
