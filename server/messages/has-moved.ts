import { ERROR } from '../protocol/errors.ts';

/** The partition is elsewhere or not quite there: the newest state of the cluster says where, soon. */
const MOVED: ReadonlySet<number> = new Set([
  ERROR.UNKNOWN_TOPIC_OR_PARTITION,
  ERROR.LEADER_NOT_AVAILABLE,
  ERROR.NOT_LEADER_OR_FOLLOWER,
  ERROR.REPLICA_NOT_AVAILABLE,
  ERROR.KAFKA_STORAGE_ERROR,
  ERROR.FENCED_LEADER_EPOCH,
  ERROR.UNKNOWN_LEADER_EPOCH,
  ERROR.OFFSET_NOT_AVAILABLE,
  ERROR.UNKNOWN_TOPIC_ID,
  ERROR.INCONSISTENT_TOPIC_ID,
]);

export function hasMoved(errorCode: number): boolean {
  return MOVED.has(errorCode);
}
