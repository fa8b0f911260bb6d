import type { Partition } from '../../../replica/partition.ts';

const UNITS_MS = { D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 } as const;

/** A duration as ISO 8601 writes it (`P1DT2H3M4.5S`), in milliseconds. */
export function durationMs(text: string): number {
  let total = 0;
  for (const [, amount, unit] of text.toUpperCase().matchAll(/([\d.]+)([DHMS])/g)) {
    total += Number(amount) * UNITS_MS[unit as keyof typeof UNITS_MS];
  }
  return total;
}

/** Where a share group begins to read a partition (`share.auto.offset.reset`, KIP-1106). */
export function startOffsetOf(replica: Partition, reset: string, nowMs: number): number {
  if (reset === 'earliest') return replica.logStartOffset;
  if (!reset.startsWith('by_duration:')) return replica.highWatermark;
  const found = replica.findTimestamp(nowMs - durationMs(reset.slice('by_duration:'.length)));
  return found === null ? replica.highWatermark : found.offset;
}
