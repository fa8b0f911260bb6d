import { ERROR } from '../../protocol/errors.ts';
import { type ListOffsetsPartition, listOffsetsApi } from '../../protocol/messages/list-offsets.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import type { Partition } from '../replica/partition.ts';
import type { Isolation } from '../replica/results.ts';
import { may } from '../security/permissions.ts';
import { replicaHere } from './leader-of.ts';

/** Timestamps that ask for a place instead of a time. */
const LATEST = -1;
const EARLIEST = -2;
/** The record with the highest timestamp, v7 (KIP-734). */
const MAX_TIMESTAMP = -3;
/** v8 (KIP-405). */
const EARLIEST_LOCAL = -4;
/** v9 (KIP-1005) and v11 (KIP-1023): places in tiered storage, which there is none of. */
const LATEST_TIERED = -5;
const EARLIEST_PENDING_UPLOAD = -6;
const FIRST_VERSION_WITH_LEADER_EPOCHS = 4;
const FIRST_VERSION_WITH_OFFSET_NOT_AVAILABLE = 5;

/** A reader that asks with this id is content with any replica. */
const DEBUGGING_REPLICA = -2;

const NOT_FOUND = { timestamp: -1, offset: -1, leaderEpoch: -1 };

/**
 * ListOffsets 1–11. v2 isolation, v4 leader epochs, v5 OFFSET_NOT_AVAILABLE right after an election (KIP-207), v7 highest
 * timestamp, v8 earliest local, v9 latest tiered, v11 earliest pending upload.
 */
export const listOffsets = handler(listOffsetsApi, { min: 1, max: 11 }, (request, context) => {
  const isolation: Isolation =
    request.replicaId === -1
      ? request.isolationLevel === 1
        ? 'read_committed'
        : 'read_uncommitted'
      : 'log_end';
  return {
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((wanted) => {
        const isDuplicate = partitions.some(
          (other) => other !== wanted && other.partitionIndex === wanted.partitionIndex,
        );
        const { errorCode, found } = isDuplicate
          ? { errorCode: ERROR.INVALID_REQUEST, found: NOT_FOUND }
          : find(context, name, wanted, isolation, request.replicaId === DEBUGGING_REPLICA);
        return {
          partitionIndex: wanted.partitionIndex,
          errorCode,
          timestamp: BigInt(found.timestamp),
          offset: BigInt(found.offset),
          ...(context.header.apiVersion >= FIRST_VERSION_WITH_LEADER_EPOCHS
            ? { leaderEpoch: found.leaderEpoch }
            : {}),
        };
      }),
    })),
  };
});

function find(
  context: RequestContext,
  topic: string,
  { partitionIndex, currentLeaderEpoch, timestamp }: ListOffsetsPartition,
  isolation: Isolation,
  anyReplica: boolean,
): { readonly errorCode: number; readonly found: typeof NOT_FOUND } {
  if (!may(context, 'describe', 'topic', topic)) {
    return { errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED, found: NOT_FOUND };
  }
  const replica = replicaHere(context, topic, partitionIndex);
  const errorCode =
    typeof replica === 'number' ? replica : replica.leaderProblem(currentLeaderEpoch, anyReplica);
  if (typeof replica === 'number' || errorCode !== 0) return { errorCode, found: NOT_FOUND };
  const wanted = Number(timestamp);
  const version = context.header.apiVersion;
  if (wanted < EARLIEST_PENDING_UPLOAD || !isServed(wanted, version)) {
    return { errorCode: ERROR.UNSUPPORTED_VERSION, found: NOT_FOUND };
  }
  const found = findIn(replica, wanted, isolation);
  const mayGoBack = isolation !== 'log_end' && replica.isHighWatermarkStale;
  if (mayGoBack && (wanted === LATEST || (wanted >= 0 && found === NOT_FOUND))) {
    const known = version >= FIRST_VERSION_WITH_OFFSET_NOT_AVAILABLE;
    return {
      errorCode: known ? ERROR.OFFSET_NOT_AVAILABLE : ERROR.LEADER_NOT_AVAILABLE,
      found: NOT_FOUND,
    };
  }
  return { errorCode: 0, found };
}

function isServed(timestamp: number, version: number): boolean {
  const since: Readonly<Record<number, number>> = {
    [MAX_TIMESTAMP]: 7,
    [EARLIEST_LOCAL]: 8,
    [LATEST_TIERED]: 9,
    [EARLIEST_PENDING_UPLOAD]: 11,
  };
  return version >= (since[timestamp] ?? 0);
}

function findIn(replica: Partition, timestamp: number, isolation: Isolation): typeof NOT_FOUND {
  switch (timestamp) {
    case LATEST:
      return {
        timestamp: -1,
        offset: replica.readableUpTo(isolation),
        leaderEpoch: replica.leaderEpoch,
      };
    case EARLIEST:
    case EARLIEST_LOCAL: {
      const offset = replica.logStartOffset;
      return { timestamp: -1, offset, leaderEpoch: replica.epochBefore(offset + 1) };
    }
    case LATEST_TIERED:
    case EARLIEST_PENDING_UPLOAD:
      return NOT_FOUND;
    default: {
      const found =
        timestamp === MAX_TIMESTAMP ? replica.findMaxTimestamp() : replica.findTimestamp(timestamp);
      return found !== null && found.offset < replica.readableUpTo(isolation) ? found : NOT_FOUND;
    }
  }
}
