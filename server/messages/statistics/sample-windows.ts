import type { OffsetWindow } from '../offset-windows.ts';

/** A window is a fetch from a broker and at least one batch to unfold: fewer records are not worth that. */
const LEAST_IN_WINDOW = 200;
/** So many for each bucket of time show the timeline about as all would. */
const WINDOWS_A_BUCKET = 6;
/** The golden ratio's part: multiples of it are spread evenly however many there are. */
const SPREAD = 0.6180339887498949;

/**
 * Where to look for a sample: each partition gets a share of it by its size, in windows that are evenly spaced from its first
 * offset to its last. Windows of different partitions lie at different places of their spaces. The same question has the same
 * answer. Null where all can be looked at.
 *
 * @param ranges what is asked for of each partition
 * @param sample offsets at most
 */
export function sampleWindows(
  ranges: readonly OffsetWindow[],
  sample: number | null,
  buckets: number,
): OffsetWindow[][] | null {
  const sizes = ranges.map(({ start, end }) => end - start);
  const total = sumOf(sizes);
  if (sample === null || total <= sample) return null;
  const quotas = shareOut(sizes, total, sample);
  const windows = Math.min(Math.max(1, Math.floor(sample / LEAST_IN_WINDOW)), buckets * WINDOWS_A_BUCKET);
  return ranges.map((range, index) => {
    const quota = quotas[index]!;
    const count = Math.min(quota, Math.max(1, Math.round((windows * quota) / sample)));
    return spread(range, quota, count, ((index + 0.5) * SPREAD) % 1);
  });
}

/** In proportion, together exactly as many as there are to share (largest remainders first). */
function shareOut(sizes: readonly number[], total: number, sample: number): number[] {
  const exact = sizes.map((size) => (size * sample) / total);
  const shares = exact.map(Math.floor);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((one, other) => other.remainder - one.remainder);
  const left = sample - sumOf(shares);
  for (const { index } of byRemainder.slice(0, left)) shares[index]! += 1;
  return shares.map((share, index) => Math.min(share, sizes[index]!));
}

/** @param phase where a window lies in its space, from 0 to 1 */
function spread({ start, end }: OffsetWindow, quota: number, count: number, phase: number): OffsetWindow[] {
  const size = end - start;
  return Array.from({ length: count }, (_, index) => {
    const [first, next] = [Math.floor((index * size) / count), Math.floor(((index + 1) * size) / count)];
    const wanted = Math.floor(((index + 1) * quota) / count) - Math.floor((index * quota) / count);
    const length = Math.min(wanted, next - first);
    const at = start + first + Math.floor(phase * (next - first - length + 1));
    return { start: at, end: at + length };
  }).filter((window) => window.end > window.start);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
