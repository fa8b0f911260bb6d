import { decode, encode } from '../../protocol/codec.ts';
import { ZERO_UUID } from '../../protocol/default-value.ts';
import { leaderChangeMessage } from '../../protocol/messages/leader-change-message.ts';
import { snapshotFooterRecord } from '../../protocol/messages/snapshot-footer-record.ts';
import { snapshotHeaderRecord } from '../../protocol/messages/snapshot-header-record.ts';
import { encodeRecordBatch, iterateRecords } from '../../protocol/records/record-batch.ts';
import type { Input, Message } from '../../protocol/schema.ts';
import type { FileStore } from '../log/file-store.ts';
import { resolveLogConfig } from '../log/log-config.ts';
import { PartitionLog } from '../log/partition-log.ts';
import { RecentBatches } from '../log/recent-batches.ts';

const DIRECTORY = '__cluster_metadata-0';
/** A log longer than this, and longer than its snapshot, is folded into a new snapshot. */
const FOLD_BYTES = 4 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;
const SNAPSHOT_BATCH_RECORDS = 1000;
const SNAPSHOT = /^(\d{20})-(\d{10})\.checkpoint$/;
/** The types of control records (Kafka's ControlRecordType). */
const CONTROL = { leaderChange: 2, snapshotHeader: 3, snapshotFooter: 4 } as const;
const NO_DIRECTORY = ZERO_UUID;

/** Who took the active controller's role, and in which epoch. */
export interface ControllerTerm {
  readonly id: number;
  readonly epoch: number;
}

/** One step of what the log holds: the values of records that are applied together, or a new controller. */
export type MetadataStep =
  | { readonly values: readonly Buffer[]; readonly term: null }
  | { readonly values: null; readonly term: ControllerTerm };

interface Snapshot {
  readonly path: string;
  readonly endOffset: number;
  readonly epoch: number;
}

/**
 * The metadata on disk as KRaft keeps it: a log of record batches, one for each change as a whole, so that a torn end takes
 * back one change and never half of one; and a snapshot (`.checkpoint`) of all that came before the log's start.
 */
export class MetadataLog {
  readonly #store: FileStore;
  readonly #now: () => number;
  readonly #foldBytes: number;
  readonly #config = resolveLogConfig(new Map(), () => undefined);
  readonly #log: PartitionLog;
  #snapshot: Snapshot | null;
  #snapshotBytes = 0;
  #epoch = 0;
  #unsynced = false;

  constructor(store: FileStore, now: () => number = Date.now, foldBytes = FOLD_BYTES) {
    this.#foldBytes = foldBytes;
    this.#store = store;
    this.#now = now;
    this.#snapshot = newestSnapshot(store);
    this.#log = PartitionLog.open({
      store,
      directory: DIRECTORY,
      config: this.#config,
      recent: new RecentBatches(0),
      logStartOffset: this.#snapshot?.endOffset ?? 0,
      recoveryPoint: 0,
      cleanedTo: 0,
    });
  }

  /** Offset after the last record. */
  get endOffset(): number {
    return this.#log.logEndOffset;
  }

  /** Every change in order, the snapshot's first. What a crash left unfinished is cut off already. */
  *replay(): Generator<MetadataStep> {
    if (this.#snapshot !== null) {
      this.#epoch = this.#snapshot.epoch;
      const bytes = this.#store.readBytes(this.#snapshot.path) ?? Buffer.alloc(0);
      this.#snapshotBytes = bytes.length;
      yield* stepsIn(bytes);
    }
    for (let offset = this.#log.logStartOffset; offset < this.endOffset; ) {
      const batches = Buffer.concat(this.#log.read(offset, READ_BYTES, this.endOffset));
      for (const step of stepsIn(batches)) {
        if (step.term !== null) this.#epoch = step.term.epoch;
        yield step;
      }
      offset = lastOffsetIn(batches) + 1;
    }
  }

  /** Appends the values of records as one change. */
  append(values: readonly Buffer[]): void {
    this.#append(
      encodeRecordBatch({
        records: values.map((value) => ({ value, timestamp: this.#now() })),
        baseOffset: this.endOffset,
        partitionLeaderEpoch: this.#epoch,
      }),
    );
  }

  /** Notes that a controller begins its term; what is appended from now on is of its epoch. */
  appendTerm({ id, epoch }: ControllerTerm, voterIds: readonly number[]): void {
    this.#epoch = epoch;
    const voters = voterIds.map((voterId) => ({ voterId, voterDirectoryId: NO_DIRECTORY }));
    this.#append(
      controlBatch(this.endOffset, epoch, this.#now(), CONTROL.leaderChange, leaderChangeMessage, {
        leaderId: id,
        voters,
        grantingVoters: voters,
      }),
    );
  }

  get wantsSnapshot(): boolean {
    return this.#log.sizeInBytes > this.#foldBytes && this.#log.sizeInBytes > this.#snapshotBytes;
  }

  /** Replaces everything before by these values of records. */
  writeSnapshot(values: Iterable<Buffer>): void {
    const endOffset = this.endOffset;
    const now = this.#now();
    const parts = [
      controlBatch(0, this.#epoch, now, CONTROL.snapshotHeader, snapshotHeaderRecord, {
        lastContainedLogTimestamp: now,
      }),
    ];
    let offset = 1;
    for (const chunk of chunks(values, SNAPSHOT_BATCH_RECORDS)) {
      const records = chunk.map((value) => ({ value, timestamp: now }));
      parts.push(encodeRecordBatch({ records, baseOffset: offset, partitionLeaderEpoch: this.#epoch }));
      offset += chunk.length;
    }
    parts.push(controlBatch(offset, this.#epoch, now, CONTROL.snapshotFooter, snapshotFooterRecord, {}));
    const content = Buffer.concat(parts);
    const old = this.#snapshot;
    const name = `${String(endOffset).padStart(20, '0')}-${String(this.#epoch).padStart(10, '0')}`;
    this.#snapshot = { path: `${DIRECTORY}/${name}.checkpoint`, endOffset, epoch: this.#epoch };
    this.#store.replace(this.#snapshot.path, content);
    this.#snapshotBytes = content.length;
    this.#log.restartAt(endOffset);
    if (old !== null && old.path !== this.#snapshot.path) this.#store.remove(old.path);
  }

  /** Forces what was appended to the device, in the background. */
  sync(): void {
    if (!this.#unsynced) return;
    this.#unsynced = false;
    this.#log.flushLater();
  }

  close(): void {
    this.#log.close();
  }

  #append(batch: Buffer): void {
    this.#log.append(batch, this.#config, this.#now());
    this.#unsynced = true;
  }
}

function newestSnapshot(store: FileStore): Snapshot | null {
  const [newest] = store
    .files(DIRECTORY)
    .filter((name) => SNAPSHOT.test(name))
    .sort()
    .reverse();
  if (newest === undefined) return null;
  const [, endOffset, epoch] = SNAPSHOT.exec(newest)!;
  return { path: `${DIRECTORY}/${newest}`, endOffset: Number(endOffset), epoch: Number(epoch) };
}

/** The steps in a buffer of batches, one for each batch. */
function* stepsIn(batches: Buffer): Generator<MetadataStep> {
  let base = -1;
  let values: Buffer[] = [];
  for (const { batch, key, value } of iterateRecords(batches)) {
    const baseOffset = Number(batch.baseOffset);
    if (baseOffset !== base && values.length > 0) {
      yield { values, term: null };
      values = [];
    }
    base = baseOffset;
    if (!batch.isControl) {
      if (value !== null) values.push(value);
    } else if (key !== null && value !== null && key.readInt16BE(2) === CONTROL.leaderChange) {
      const { leaderId } = decode(leaderChangeMessage, 0, value);
      yield { values: null, term: { id: leaderId, epoch: batch.partitionLeaderEpoch } };
    }
  }
  if (values.length > 0) yield { values, term: null };
}

function lastOffsetIn(batches: Buffer): number {
  let last = -1;
  for (const { offset } of iterateRecords(batches)) last = offset;
  return last;
}

/** A batch of one control record: its key is a version and the type, its value the message in version 0. */
function controlBatch<T>(
  baseOffset: number,
  epoch: number,
  timestamp: number,
  type: number,
  message: Message<T>,
  body: Input<T>,
): Buffer {
  const key = Buffer.alloc(4);
  key.writeInt16BE(type, 2);
  return encodeRecordBatch({
    records: [{ key, value: encode(message, 0, body), timestamp }],
    baseOffset,
    partitionLeaderEpoch: epoch,
    isControl: true,
  });
}

function* chunks<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
