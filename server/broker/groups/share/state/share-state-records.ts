import { shareSnapshotKey } from '../../../../protocol/messages/share-snapshot-key.ts';
import {
  type ShareSnapshotValue,
  shareSnapshotValue,
} from '../../../../protocol/messages/share-snapshot-value.ts';
import { shareUpdateKey } from '../../../../protocol/messages/share-update-key.ts';
import { shareUpdateValue } from '../../../../protocol/messages/share-update-value.ts';
import type { GroupRecord } from '../../group-home.ts';
import { type Replay, recordKind, recordOf, replayOf, tombstoneOf } from '../../record-kind.ts';
import { combineBatches, type ShareState, type StateBatch } from './share-state.ts';
import { coordinatorKey, type SharePartitionKey } from './share-state-topic.ts';

const SNAPSHOT = recordKind(shareSnapshotKey, shareSnapshotValue);
const UPDATE = recordKind(shareUpdateKey, shareUpdateValue);

/** A change of a state: what is written between two whole ones. */
export type ShareStateChange = Pick<
  ShareState,
  'leaderEpoch' | 'startOffset' | 'deliveryCompleteCount' | 'batches'
>;

function keyOf({ groupId, topicId, partition }: SharePartitionKey) {
  return { groupId, topicId, partition };
}

export function snapshotRecord(key: SharePartitionKey, state: ShareState): GroupRecord {
  return recordOf(SNAPSHOT, keyOf(key), {
    snapshotEpoch: state.snapshotEpoch,
    stateEpoch: state.stateEpoch,
    leaderEpoch: state.leaderEpoch,
    startOffset: state.startOffset,
    deliveryCompleteCount: state.deliveryCompleteCount,
    createTimestamp: state.createdAtMs,
    writeTimestamp: state.writtenAtMs,
    stateBatches: state.batches,
  });
}

export function updateRecord(
  key: SharePartitionKey,
  snapshotEpoch: number,
  { leaderEpoch, startOffset, deliveryCompleteCount, batches }: ShareStateChange,
): GroupRecord {
  return recordOf(UPDATE, keyOf(key), {
    snapshotEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    stateBatches: batches,
  });
}

export function stateTombstone(key: SharePartitionKey): GroupRecord {
  return tombstoneOf(SNAPSHOT, keyOf(key));
}

/** A state with how many changes were written since it was written whole. */
export interface KeptState {
  readonly key: SharePartitionKey;
  readonly state: ShareState;
  readonly updates: number;
}

/** A state after a change. -1 leaves a start offset or an epoch as it is. */
export function changed(state: ShareState, change: ShareStateChange): ShareState {
  const startOffset = change.startOffset === -1 ? state.startOffset : change.startOffset;
  return {
    ...state,
    startOffset,
    leaderEpoch: change.leaderEpoch === -1 ? state.leaderEpoch : change.leaderEpoch,
    deliveryCompleteCount: change.deliveryCompleteCount,
    batches: combineBatches(state.batches, change.batches, startOffset),
  };
}

/** How records of `__share_group_state` are replayed into states by their keys. */
export const SHARE_STATE_REPLAYS: ReadonlyMap<number, Replay<Map<string, KeptState>>> = new Map([
  replayOf(SNAPSHOT, (states: Map<string, KeptState>, key, value) => {
    if (value === null) states.delete(coordinatorKey(key));
    else states.set(coordinatorKey(key), { key, state: stateIn(value), updates: 0 });
  }),
  replayOf(UPDATE, (states: Map<string, KeptState>, key, value) => {
    const kept = states.get(coordinatorKey(key));
    if (kept === undefined || value === null) return;
    const { leaderEpoch, startOffset, deliveryCompleteCount, stateBatches } = value;
    const batches = stateBatches.map(batchIn);
    const change = { leaderEpoch, startOffset: Number(startOffset), deliveryCompleteCount, batches };
    states.set(coordinatorKey(key), { key, state: changed(kept.state, change), updates: kept.updates + 1 });
  }),
]);

function stateIn(value: ShareSnapshotValue): ShareState {
  return {
    snapshotEpoch: value.snapshotEpoch,
    stateEpoch: value.stateEpoch,
    leaderEpoch: value.leaderEpoch,
    startOffset: Number(value.startOffset),
    deliveryCompleteCount: value.deliveryCompleteCount,
    batches: value.stateBatches.map(batchIn),
    createdAtMs: Number(value.createTimestamp),
    writtenAtMs: Number(value.writeTimestamp),
  };
}

export function batchIn(batch: {
  firstOffset: bigint;
  lastOffset: bigint;
  deliveryState: number;
  deliveryCount: number;
}): StateBatch {
  const { firstOffset, lastOffset, deliveryState, deliveryCount } = batch;
  return { firstOffset: Number(firstOffset), lastOffset: Number(lastOffset), deliveryState, deliveryCount };
}
