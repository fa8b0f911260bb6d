import { ERROR } from '../../protocol/errors.ts';
import {
  type ShareFetchRequest,
  type ShareFetchResponse,
  shareFetchApi,
} from '../../protocol/messages/share-fetch.ts';
import type { Input } from '../../protocol/schema.ts';
import { groupConfigNumber, groupConfigText } from '../groups/group-configs.ts';
import { GroupRefusal, orRefusal } from '../groups/group-refusal.ts';
import { shareFetch as fetchShared, type SharedRecords } from '../groups/share/delivery/share-fetch.ts';
import type { SharePartitions } from '../groups/share/delivery/share-partitions.ts';
import { SESSION_EPOCH, type SessionPartition } from '../groups/share/delivery/share-sessions.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';
import { endpointsOf, leaderHint } from './leader-of.ts';
import { type Acknowledged, acknowledgeAll } from './share-acknowledgements.ts';

type Answer = Input<ShareFetchResponse>;
type PartitionAnswer = NonNullable<NonNullable<Answer['responses']>[number]['partitions']>[number];

/** `record_limit` (KIP-1206): exactly as many records as asked for at most. */
const STRICT_ACQUIRE_MODE = 1;
const NO_RECORDS = Buffer.alloc(0);

/**
 * ShareFetch 1–2 (KIP-932): acquires records for a share consumer, within its session, and takes acknowledgements with it.
 * v2 exact numbers of records (KIP-1206) and more time for records that are worked on (KIP-1222).
 */
export const shareFetch = handler(shareFetchApi, { min: 1, max: 2 }, (request, context) =>
  orRefusal<Answer>(
    () => serve(request, context),
    ({ errorCode }) => ({ errorCode }),
  ),
);

async function serve(request: ShareFetchRequest, context: RequestContext): Promise<Answer> {
  const { groupId, memberId, shareSessionEpoch: epoch } = request;
  const { sharePartitions: partitions } = context.coordinator;
  if (groupId === null) throw new GroupRefusal(ERROR.INVALID_REQUEST, 'Invalid group id in the request.');
  if (!may(context, 'read', 'group', groupId)) {
    throw new GroupRefusal(NOT_AUTHORIZED.group.errorCode, NOT_AUTHORIZED.group.errorMessage ?? '');
  }
  if (memberId === null || memberId === '') {
    throw new GroupRefusal(ERROR.INVALID_REQUEST, 'Invalid member id in the request.');
  }
  throwIfRenewalFetches(request);
  const member = { groupId, memberId };
  updateSession(request, member, partitions, context);
  const acknowledgements = request.topics
    .map(({ topicId, partitions: listed }) => ({
      topicId,
      partitions: listed.filter((each) => each.acknowledgementBatches.length > 0),
    }))
    .filter((topic) => topic.partitions.length > 0);
  const acknowledging = acknowledgeAll(partitions, member, acknowledgements, request.isRenewAck, context);
  const fetching =
    epoch === SESSION_EPOCH.final || request.isRenewAck
      ? Promise.resolve([])
      : fetch(request, member, context);
  const [acknowledged, fetched] = await Promise.all([acknowledging, fetching]);
  if (epoch === SESSION_EPOCH.final) await partitions.endSession(groupId, memberId);
  return answer(fetched, acknowledged, groupId, epoch === SESSION_EPOCH.initial, context);
}

/** A request that renews locks fetches nothing: the locks might run out meanwhile (KIP-1222). */
function throwIfRenewalFetches({
  isRenewAck,
  maxBytes,
  minBytes,
  maxRecords,
  maxWaitMs,
}: ShareFetchRequest): void {
  if (!isRenewAck) return;
  const wrong = Object.entries({ maxBytes, minBytes, maxRecords, maxWaitMs }).filter(
    ([, value]) => value !== 0,
  );
  if (wrong.length === 0) return;
  const sentence = wrong.map(([name]) => `${name} must be set to 0, `).join('');
  throw new GroupRefusal(ERROR.INVALID_REQUEST, `${sentence}if isRenewAck is true.`);
}

function updateSession(
  { shareSessionEpoch: epoch, topics, forgottenTopicsData }: ShareFetchRequest,
  { groupId, memberId }: { groupId: string; memberId: string },
  { sessions, endSession }: SharePartitions,
  { connection, coordinator }: RequestContext,
): void {
  const named = topics.flatMap(({ topicId, partitions }) =>
    partitions.map(({ partitionIndex }): SessionPartition => ({ topicId, partition: partitionIndex })),
  );
  if (epoch !== SESSION_EPOCH.initial) {
    const forgotten = forgottenTopicsData.flatMap(({ topicId, partitions }) =>
      partitions.map((partition): SessionPartition => ({ topicId, partition })),
    );
    sessions.continue(groupId, memberId, epoch, named, forgotten);
    return;
  }
  const acknowledges = topics.some(({ partitions }) =>
    partitions.some(({ acknowledgementBatches }) => acknowledgementBatches.length > 0),
  );
  if (acknowledges)
    throw new GroupRefusal(ERROR.INVALID_REQUEST, 'The first request of a session acknowledges nothing.');
  sessions.begin(groupId, memberId, named);
  // A member that hangs up holds nothing any more.
  connection.onClose(() => void endSession.call(coordinator.sharePartitions, groupId, memberId));
}

function fetch(
  request: ShareFetchRequest,
  { groupId, memberId }: { groupId: string; memberId: string },
  context: RequestContext,
): Promise<SharedRecords[]> {
  const { cluster, broker, coordinator, connection } = context;
  const { sharePartitions } = coordinator;
  const isReadable = ({ topicId }: SessionPartition) => {
    const topic = cluster.image.topicById(topicId);
    return topic === undefined || may(context, 'read', 'topic', topic.name);
  };
  const keys = sharePartitions.sessions
    .partitionsOf(groupId, memberId)
    .filter(isReadable)
    .map((each) => ({ groupId, ...each }));
  // Each request begins with another partition, so that none is starved.
  const turn = keys.length === 0 ? 0 : Math.max(request.shareSessionEpoch, 0) % keys.length;
  const isolation = groupConfigText(cluster, broker, groupId, 'share.isolation.level');
  return fetchShared(
    sharePartitions,
    [...keys.slice(turn), ...keys.slice(0, turn)],
    {
      memberId,
      maxWaitMs: request.maxWaitMs,
      minBytes: request.minBytes,
      maxBytes: request.maxBytes,
      maxRecords: request.maxRecords,
      strict: request.shareAcquireMode === STRICT_ACQUIRE_MODE,
      isolation: isolation === 'read_committed' ? 'read_committed' : 'read_uncommitted',
    },
    (callback) => connection.onClose(callback),
  );
}

function answer(
  fetched: readonly SharedRecords[],
  acknowledged: readonly Acknowledged[],
  groupId: string,
  isFull: boolean,
  context: RequestContext,
): Answer {
  const topics = new Map<string, Map<number, PartitionAnswer>>();
  const add = (topicId: string, partition: PartitionAnswer) => {
    const partitions = topics.get(topicId) ?? new Map<number, PartitionAnswer>();
    topics.set(topicId, partitions);
    const index = partition.partitionIndex ?? 0;
    partitions.set(index, { records: NO_RECORDS, ...partitions.get(index), ...partition });
  };
  for (const { key, records, acquired, refusal } of fetched) {
    if (!isFull && refusal === null && acquired.length === 0) continue;
    const isMoved = refusal?.errorCode === ERROR.NOT_LEADER_OR_FOLLOWER;
    const topic = context.cluster.image.topicById(key.topicId);
    add(key.topicId, {
      partitionIndex: key.partition,
      errorCode: refusal?.errorCode ?? ERROR.NONE,
      records,
      acquiredRecords: acquired,
      ...(isMoved && topic !== undefined ? leaderHint(context, topic.name, key.partition, 0) : {}),
    });
  }
  for (const { topicId, partition, errorCode, errorMessage } of acknowledged) {
    add(topicId, {
      partitionIndex: partition,
      acknowledgeErrorCode: errorCode,
      acknowledgeErrorMessage: errorMessage,
    });
  }
  const { cluster, broker } = context;
  return {
    errorCode: ERROR.NONE,
    acquisitionLockTimeoutMs: groupConfigNumber(cluster, broker, groupId, 'share.record.lock.duration.ms'),
    responses: [...topics].map(([topicId, partitions]) => ({
      topicId,
      partitions: [...partitions.values()],
    })),
    nodeEndpoints: endpointsOf(
      context,
      [...topics.values()].flatMap((partitions) => [...partitions.values()]),
      0,
    ),
  };
}
