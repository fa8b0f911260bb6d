/** A run of records that are in the same state. */
export interface StateBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** As DELIVERY_STATE numbers it. */
  readonly deliveryState: number;
  readonly deliveryCount: number;
}

/** The states of a record as `__share_group_state` numbers them (KIP-932). Acquired is never written: a lock does not outlive its broker. */
export const DELIVERY_STATE = { available: 0, acquired: 1, acknowledged: 2, archived: 4 } as const;

/** Where a share group has got to in one partition. */
export interface ShareState {
  readonly snapshotEpoch: number;
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  /** Everything before it is done; -1: the group has not begun. */
  readonly startOffset: number;
  /** Records after the start that are done, -1 when that is not known (KIP-1226). */
  readonly deliveryCompleteCount: number;
  readonly batches: readonly StateBatch[];
  readonly createdAtMs: number;
  readonly writtenAtMs: number;
}

/** Later batches laid over earlier ones, without what lies before the start; neighbours in the same state become one. */
export function combineBatches(
  earlier: readonly StateBatch[],
  later: readonly StateBatch[],
  startOffset: number,
): StateBatch[] {
  let runs = [...earlier];
  for (const batch of later) {
    runs = runs.flatMap((run) => without(run, batch));
    runs.push(batch);
  }
  const combined: StateBatch[] = [];
  for (const run of runs.sort((a, b) => a.firstOffset - b.firstOffset)) {
    if (run.lastOffset < startOffset) continue;
    const batch = { ...run, firstOffset: Math.max(run.firstOffset, startOffset) };
    const last = combined.at(-1);
    const continues =
      last !== undefined &&
      last.lastOffset + 1 === batch.firstOffset &&
      last.deliveryState === batch.deliveryState &&
      last.deliveryCount === batch.deliveryCount;
    if (continues) combined[combined.length - 1] = { ...last, lastOffset: batch.lastOffset };
    else combined.push(batch);
  }
  return combined;
}

/** What is left of a run beside of a batch that is laid over it. */
function without(run: StateBatch, { firstOffset, lastOffset }: StateBatch): StateBatch[] {
  if (run.lastOffset < firstOffset || run.firstOffset > lastOffset) return [run];
  const rest: StateBatch[] = [];
  if (run.firstOffset < firstOffset) rest.push({ ...run, lastOffset: firstOffset - 1 });
  if (run.lastOffset > lastOffset) rest.push({ ...run, firstOffset: lastOffset + 1 });
  return rest;
}
