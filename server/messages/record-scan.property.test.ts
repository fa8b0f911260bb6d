import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SchemaNeeded } from '../serdes/serde.ts';
import { exactSearch } from './filter/byte-search.ts';
import { OPEN_GATE, type RecordGate } from './record-gate.ts';
import { isInterruption, RecordScan } from './record-scan.ts';
import {
  randomLog as anyLog,
  type KnownBatch,
  type KnownLog,
  type KnownRecord,
} from './testing/random-log.ts';
import type { TimeSlice } from './time-slice.ts';

const randomLog = anyLog({ corrupts: true });

interface Asked {
  from: number;
  until: number;
  fromTimestamp: number;
  untilTimestamp: number;
  committedOnly: boolean;
  wantsControl: boolean;
  kind: 'all' | 'bytes' | 'decoded';
}

interface Outcome {
  found: { offset: number; transaction: string | undefined }[];
  scanned: number;
  nextOffset: number;
  unreadable: [first: number, last: number][];
}

const asked = fc.record({
  from: fc.nat({ max: 120 }),
  length: fc.oneof(fc.nat({ max: 120 }), fc.constant(Number.POSITIVE_INFINITY)),
  fromTimestamp: fc.oneof(fc.constant(OPEN_GATE.fromTimestamp), fc.nat({ max: 40 })),
  untilTimestamp: fc.oneof(fc.constant(OPEN_GATE.untilTimestamp), fc.nat({ max: 40 })),
  committedOnly: fc.boolean(),
  wantsControl: fc.boolean(),
  kind: fc.constantFrom('all' as const, 'bytes' as const, 'decoded' as const),
});
type AskedAnywhere = typeof asked extends fc.Arbitrary<infer Value> ? Value : never;

const within = (log: KnownLog, { from, length, ...more }: AskedAnywhere): Asked => {
  const first = Math.min(from, log.end);
  return { ...more, from: first, until: first + length };
};
const wantsText = ({ kind }: Asked, { offset, value }: KnownRecord) =>
  kind === 'all' || (value.includes('needle') && offset % 3 !== 0);

/** Record after record, without any of what makes the scan quick. */
function expected(log: KnownLog, ask: Asked): Outcome {
  const outcome: Outcome = { found: [], scanned: 0, nextOffset: ask.from, unreadable: [] };
  for (const batch of log.batches) {
    if (ask.until === ask.from || batch.lastOffset < ask.from || batch.baseOffset >= ask.until) continue;
    outcome.nextOffset = Math.min(batch.lastOffset + 1, ask.until);
    if (batch.isControl && !ask.wantsControl) continue;
    const asksFor = batch.records.filter(({ offset }) => offset >= ask.from && offset < ask.until);
    const isPassed = isPassedByHeader(batch, ask);
    if (batch.isCorrupt && !isPassed) {
      outcome.unreadable.push([Math.max(batch.baseOffset, ask.from), batch.lastOffset]);
      continue;
    }
    if (!batch.isControl) outcome.scanned += asksFor.length;
    if (isPassed) continue;
    for (const record of asksFor) {
      const { offset, timestamp } = record;
      const isInTime = timestamp === -1 || (timestamp >= ask.fromTimestamp && timestamp < ask.untilTimestamp);
      if (!isInTime || !(batch.isControl || wantsText(ask, record))) continue;
      outcome.found.push({ offset, transaction: batch.transaction ?? undefined });
    }
  }
  return outcome;
}

function isPassedByHeader({ isControl, transaction, maxTimestamp }: KnownBatch, ask: Asked): boolean {
  if (isControl) return false;
  if (ask.committedOnly && transaction === 'aborted') return true;
  return maxTimestamp !== -1 && maxTimestamp < ask.fromTimestamp;
}

interface Disturbance {
  isOver: () => boolean;
  needsSchema: (offset: number) => boolean;
  /** Another scan goes on where this one is. */
  isBegunAnew: () => boolean;
}

/** The scan itself, with turns that are over when it says so, and schemas that are missing at first. */
function scanned(log: KnownLog, ask: Asked, disturbance: Partial<Disturbance> = {}) {
  const { isOver = () => false, needsSchema = () => false, isBegunAnew = () => false } = disturbance;
  const had = new Set<number>();
  const gate: RecordGate = {
    ...OPEN_GATE,
    ...ask,
    search: ask.kind === 'bytes' ? exactSearch('needle', ['value']) : null,
    matches:
      ask.kind === 'all'
        ? null
        : ({ offset, timestamp, value }) => {
            if (needsSchema(offset) && !had.has(offset)) {
              had.add(offset);
              throw new SchemaNeeded(Promise.resolve());
            }
            return wantsText(ask, { offset, timestamp, value: value!.toString() });
          },
  };
  const slice = {
    get isOver() {
      return isOver();
    },
    get isOverNow() {
      return isOver();
    },
    spend() {},
  } as unknown as TimeSlice;
  let scan = scanFrom(log, ask.from, ask.until, gate);
  const found: Outcome['found'] = [];
  for (let turns = 0; turns < 10_000; turns++) {
    const next = scan.next(slice);
    if (next === null) break;
    if (!isInterruption(next)) found.push({ offset: next.offset, transaction: next.transaction });
    if (isBegunAnew()) scan = scanFrom(log, scan.nextOffset, ask.until, gate);
  }
  return {
    found,
    scanned: scan.scanned,
    nextOffset: scan.nextOffset,
    unreadable: scan.unreadable.map(({ baseOffset, lastOffset }) => [baseOffset, lastOffset]),
  };
}

/** A broker sends from the batch on that has the offset, and tells of the transactions that reach into what it sends. */
function scanFrom(log: KnownLog, from: number, until: number, gate: RecordGate): RecordScan {
  const records = Buffer.concat(
    log.batches.filter(({ lastOffset }) => lastOffset >= from).map(({ bytes }) => bytes),
  );
  const abortedTransactions = log.aborted.filter(({ marker }) => marker >= from);
  const fetched = { records, abortedTransactions, isolation: 'committed', highWatermark: log.end } as const;
  return new RecordScan(fetched, from, { gate, until });
}

it('finds and counts what looking at record after record does', () => {
  fc.assert(
    fc.property(randomLog, asked, (log, anywhere) => {
      const ask = within(log, anywhere);
      expect(scanned(log, ask)).toEqual(expected(log, ask));
    }),
    { numRuns: 1500 },
  );
});

it('does so whenever it is interrupted, and whichever schemas have to be fetched', () => {
  fc.assert(
    fc.property(randomLog, asked, fc.infiniteStream(fc.boolean()), fc.nat(), (log, anywhere, over, mask) => {
      const ask = within(log, anywhere);
      const isOver = () => over.next().value === true;
      const needsSchema = (offset: number) => ((mask >> (offset % 30)) & 1) === 1;
      expect(scanned(log, ask, { isOver, needsSchema })).toEqual(expected(log, ask));
    }),
    { numRuns: 700 },
  );
});

it('does so when it is interrupted at any single place', () => {
  fc.assert(
    fc.property(randomLog, asked, (log, anywhere) => {
      const ask = within(log, anywhere);
      const wanted = expected(log, ask);
      let isThrough = false;
      for (let place = 0; !isThrough; place++) {
        let count = 0;
        const isOver = () => count++ === place;
        expect(scanned(log, ask, { isOver }), `interrupted at ${place}`).toEqual(wanted);
        isThrough = count <= place;
      }
    }),
    { numRuns: 60 },
  );
});

it('says at any time where another scan has to go on so that nothing is lost or found twice', () => {
  fc.assert(
    fc.property(
      randomLog,
      asked,
      fc.infiniteStream(fc.boolean()),
      fc.infiniteStream(fc.nat({ max: 3 })),
      (log, anywhere, over, anew) => {
        const ask = within(log, anywhere);
        const isOver = () => over.next().value === true;
        const isBegunAnew = () => anew.next().value === 0;
        expect(scanned(log, ask, { isOver, isBegunAnew }).found).toEqual(expected(log, ask).found);
      },
    ),
    { numRuns: 500 },
  );
});
