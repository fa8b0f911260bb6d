import { ERROR } from '../../../../protocol/errors.ts';
import type { Isolation } from '../../../replica/results.ts';
import { GroupRefusal } from '../../group-refusal.ts';
import type { SharePartitionKey } from '../state/share-state-topic.ts';
import type { AcquiredRange } from './share-partition.ts';
import type { ServedSharePartition, SharePartitions } from './share-partitions.ts';
import { type BatchBytes, batchesIn } from './share-read.ts';

export interface ShareFetchWish {
  readonly memberId: string;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxRecords: number;
  /** No more records than asked for, rather than whole batches. */
  readonly strict: boolean;
  readonly isolation: Isolation;
}

/** What a member gets of one partition: records that are now its own, or why it gets none. */
export interface SharedRecords {
  readonly key: SharePartitionKey;
  readonly records: Buffer;
  readonly acquired: readonly AcquiredRange[];
  readonly refusal: GroupRefusal | null;
}

interface Readable {
  readonly served: ServedSharePartition;
  readonly fetchOffset: number;
  readonly batches: readonly BatchBytes[];
}

const NO_RECORDS = Buffer.alloc(0);

/**
 * Acquires records for a member, of each partition in turn until it has enough. Waits until there is something, at most
 * `maxWaitMs`.
 * @param goesAway calls back when the member hangs up; returns how to stop
 */
export async function shareFetch(
  partitions: SharePartitions,
  keys: readonly SharePartitionKey[],
  wish: ShareFetchWish,
  goesAway: (callback: () => void) => () => void,
): Promise<SharedRecords[]> {
  if (keys.length === 0 || wish.maxRecords <= 0 || wish.maxBytes <= 0) return [];
  const refused: SharedRecords[] = [];
  const served: ServedSharePartition[] = [];
  for (const key of keys) {
    try {
      served.push(await partitions.open(key));
    } catch (error) {
      if (!(error instanceof GroupRefusal)) throw error;
      refused.push({ key, records: NO_RECORDS, acquired: [], refusal: error });
    }
  }
  if (refused.length === 0 && !isEnough(readAll(served, wish), wish)) {
    await untilEnough(partitions, served, wish, goesAway);
  }
  const acquired: SharedRecords[] = [];
  let room = wish.maxRecords;
  for (const readable of readAll(served, wish)) {
    const got = acquire(readable, wish, room);
    room -= got.acquired.reduce((sum, { firstOffset, lastOffset }) => sum + lastOffset - firstOffset + 1, 0);
    acquired.push(got);
  }
  return [...acquired, ...refused];
}

function readAll(served: readonly ServedSharePartition[], wish: ShareFetchWish): Readable[] {
  let bytes = 0;
  const found: Readable[] = [];
  for (const each of served) {
    const { share, replica } = each;
    share.logStartsAt(replica.logStartOffset);
    const fetchOffset = share.nextFetchOffset;
    let batches: BatchBytes[] = [];
    if (fetchOffset !== null && bytes < wish.maxBytes && fetchOffset < replica.readableUpTo(wish.isolation)) {
      const read = replica.read({
        offset: fetchOffset,
        maxBytes: wish.maxBytes - bytes,
        isolation: wish.isolation,
      });
      if (read.errorCode === ERROR.NONE) batches = batchesIn(read);
    }
    for (const batch of batches) bytes += batch.bytes.length;
    found.push({ served: each, fetchOffset: fetchOffset ?? 0, batches });
  }
  return found;
}

function isEnough(readable: readonly Readable[], { minBytes, maxWaitMs }: ShareFetchWish): boolean {
  const bytes = readable.flatMap(({ batches }) => batches).reduce((sum, each) => sum + each.bytes.length, 0);
  return maxWaitMs <= 0 || (bytes > 0 && bytes >= minBytes);
}

function acquire(
  { served, fetchOffset, batches }: Readable,
  wish: ShareFetchWish,
  room: number,
): SharedRecords {
  const { key, share } = served;
  const acquired = room > 0 ? share.acquire(wish.memberId, fetchOffset, batches, room, wish.strict) : [];
  const [first, last] = [acquired[0], acquired.at(-1)];
  if (first === undefined || last === undefined) return { key, records: NO_RECORDS, acquired, refusal: null };
  const wanted = batches.filter(
    ({ baseOffset, lastOffset }) => lastOffset >= first.firstOffset && baseOffset <= last.lastOffset,
  );
  return { key, records: Buffer.concat(wanted.map(({ bytes }) => bytes)), acquired, refusal: null };
}

function untilEnough(
  partitions: SharePartitions,
  served: readonly ServedSharePartition[],
  wish: ShareFetchWish,
  goesAway: (callback: () => void) => () => void,
): Promise<void> {
  return new Promise((resolve) => {
    let check: NodeJS.Immediate | null = null;
    const stops: (() => void)[] = [];
    const done = () => {
      clearTimeout(timer);
      if (check !== null) clearImmediate(check);
      for (const stop of stops) stop();
      resolve();
    };
    const timer = setTimeout(done, wish.maxWaitMs);
    const look = () => {
      // Once a turn of the event loop, however much has happened in it.
      check ??= setImmediate(() => {
        check = null;
        const isGone = served.some(({ replica }) => !replica.isLeader);
        if (isGone || isEnough(readAll(served, wish), wish)) done();
      });
    };
    stops.push(goesAway(done), partitions.onAvailable(look));
    for (const { replica } of served) stops.push(replica.onProgress(look));
  });
}
