import fc from 'fast-check';
import type { CompressionType } from '../../protocol/records/compression.ts';
import { encodeRecordBatch, type RecordToEncode } from '../../protocol/records/record-batch.ts';
import type { AbortedTransaction } from '../aborted-transactions.ts';
import { tampered } from './tampered.ts';

/** A record as the test that made it knows it. */
export interface KnownRecord {
  readonly offset: number;
  readonly timestamp: number;
  readonly value: string;
}

/** A batch with what is true of it. */
export interface KnownBatch {
  readonly bytes: Buffer;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly records: readonly KnownRecord[];
  readonly maxTimestamp: number;
  readonly isControl: boolean;
  readonly isCorrupt: boolean;
  /** Null outside of transactions. */
  transaction: 'committed' | 'aborted' | null;
}

export interface KnownLog {
  readonly batches: readonly KnownBatch[];
  /** With the offset of the marker that ends each. */
  readonly aborted: readonly (AbortedTransaction & { readonly marker: number })[];
  readonly end: number;
}

/** What happens to a log next. */
type Event =
  | {
      readonly kind: 'batch';
      /** 0: outside of transactions. */
      readonly producer: number;
      /** How many offsets before each record compaction has taken away, its time, and what it is. */
      readonly records: readonly { gap: number; time: number; text: string }[];
      readonly gapAfter: number;
      readonly compression: CompressionType;
      readonly isCorrupt: boolean;
    }
  | { readonly kind: 'marker'; readonly producer: number; readonly commits: boolean };

const TEXTS = ['needle', 'a needle in hay', 'needleneedle', 'hay', 'need', 'le', ''];

const record = fc.record({
  gap: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: 5 })),
  time: fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 40 }) }, fc.constant(-1)),
  text: fc.constantFrom(...TEXTS),
});
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      producer: fc.nat({ max: 3 }),
      records: fc.array(record, { minLength: 1, maxLength: 8 }),
      gapAfter: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 4 })),
      compression: fc.constantFrom<CompressionType>('none', 'none', 'gzip', 'snappy', 'lz4', 'zstd'),
      isCorrupt: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('marker' as const),
      producer: fc.integer({ min: 1, max: 3 }),
      commits: fc.boolean(),
    }),
  },
);

/**
 * Logs with gaps, every compression, transactions of several producers at once, control batches and corrupt ones. In half of
 * them times ascend.
 */
export function randomLog({ corrupts }: { corrupts: boolean }): fc.Arbitrary<KnownLog> {
  return fc
    .record({
      events: fc.array(event, { maxLength: 25 }),
      lastCommits: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      ascends: fc.boolean(),
    })
    .map(({ events, lastCommits, ascends }) => {
      const log = new LogMaker({ corrupts, ascends });
      for (const one of events) log.add(one);
      for (const [index, commits] of lastCommits.entries())
        log.add({ kind: 'marker', producer: index + 1, commits });
      return log;
    });
}

class LogMaker implements KnownLog {
  readonly batches: KnownBatch[] = [];
  readonly aborted: (AbortedTransaction & { marker: number })[] = [];
  end = 0;
  readonly #open = new Map<number, KnownBatch[]>();
  readonly #corrupts: boolean;
  readonly #ascends: boolean;
  #time = 0;

  constructor({ corrupts, ascends }: { corrupts: boolean; ascends: boolean }) {
    this.#corrupts = corrupts;
    this.#ascends = ascends;
  }

  add(one: Event): void {
    if (one.kind === 'batch') this.#append(one);
    else this.#endTransaction(one);
  }

  #append({ producer, records, gapAfter, compression, isCorrupt }: Extract<Event, { kind: 'batch' }>): void {
    const baseOffset = this.end;
    let offset = baseOffset - 1;
    const encoded: RecordToEncode[] = [];
    const known: KnownRecord[] = [];
    for (const { gap, time, text } of records) {
      offset += 1 + gap;
      const value = `${text}#${offset}`;
      const timestamp = this.#timestamp(time);
      encoded.push({ offset, timestamp, key: `k${offset}`, value });
      known.push({ offset, timestamp, value });
    }
    const lastOffset = offset + gapAfter;
    const inTransaction = producer > 0 ? { isTransactional: true, producerId: BigInt(producer) } : {};
    const whole = tampered(
      encodeRecordBatch({ baseOffset, records: encoded, compression, ...inTransaction }),
      {
        lastOffsetDelta: lastOffset - baseOffset,
      },
    );
    const batch: KnownBatch = {
      bytes:
        isCorrupt && this.#corrupts ? tampered(whole, { crc: (whole.readUInt32BE(17) ^ 1) >>> 0 }) : whole,
      baseOffset,
      lastOffset,
      records: known,
      maxTimestamp: Math.max(...known.map(({ timestamp }) => timestamp)),
      isControl: false,
      isCorrupt,
      transaction: null,
    };
    this.batches.push(batch);
    this.end = lastOffset + 1;
    if (producer === 0) return;
    const open = this.#open.get(producer);
    if (open) open.push(batch);
    else this.#open.set(producer, [batch]);
  }

  #endTransaction({ producer, commits }: { producer: number; commits: boolean }): void {
    const open = this.#open.get(producer);
    if (!open) return;
    this.#open.delete(producer);
    const offset = this.end;
    const transaction = commits ? 'committed' : 'aborted';
    const timestamp = this.#timestamp(20);
    for (const batch of open) batch.transaction = transaction;
    if (!commits)
      this.aborted.push({ producerId: BigInt(producer), firstOffset: open[0]!.baseOffset, marker: offset });
    this.batches.push({
      bytes: encodeRecordBatch({
        baseOffset: offset,
        records: [{ key: Buffer.from([0, 0, 0, commits ? 1 : 0]), value: Buffer.alloc(6), timestamp }],
        isControl: true,
        isTransactional: true,
        producerId: BigInt(producer),
      }),
      baseOffset: offset,
      lastOffset: offset,
      records: [{ offset, timestamp, value: '' }],
      maxTimestamp: timestamp,
      isControl: true,
      isCorrupt: false,
      transaction,
    });
    this.end = offset + 1;
  }

  #timestamp(time: number): number {
    if (!this.#ascends) return time;
    this.#time += Math.max(0, time) % 4;
    return this.#time;
  }
}
