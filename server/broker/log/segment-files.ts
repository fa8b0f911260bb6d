import type { FileStore } from './file-store.ts';

/** The files of a segment, its log first: what a swap renames in this order. */
export const SEGMENT_SUFFIXES = ['log', 'index', 'timeindex', 'txnindex'] as const;
export type SegmentSuffix = (typeof SEGMENT_SUFFIXES)[number];

/**
 * How far a segment's files have come in taking the place of others (Kafka's LogLoader reads the same): `cleaned` is being
 * written, `swap` is whole and about to take the place of those it was made of.
 */
export type SegmentStage = '' | '.cleaned' | '.swap';

/** Kafka's file names: the base offset in twenty digits. */
export function segmentFile(
  baseOffset: number,
  suffix: SegmentSuffix | 'snapshot',
  stage: SegmentStage = '',
): string {
  return `${String(baseOffset).padStart(20, '0')}.${suffix}${stage}`;
}

/** The base offset that a file's name begins with. */
export function baseOffsetIn(fileName: string): number {
  return Number(fileName.slice(0, 20));
}

/** How many segments a log's folder holds. */
export function segmentCount(store: FileStore, directory: string): number {
  return store.files(directory).filter((name) => name.endsWith('.log')).length;
}

/** Bytes of all record batches in a log's folder. */
export function sizeOfSegments(store: FileStore, directory: string): number {
  return store
    .files(directory)
    .filter((name) => name.endsWith('.log'))
    .reduce((sum, name) => sum + store.sizeOf(`${directory}/${name}`), 0);
}

const SEGMENT_FILE = /^\d{20}\.(log|index|timeindex|txnindex)$/;

/**
 * Brings a log's folder in order that was left in the middle of deleting or compacting, before its segments are opened:
 * deleted and half-written files go, and a swap that had begun is carried to its end.
 * `endOf` tells the offset after the last record of a `.swap` log. Returns the base offsets of all segments, ascending, and
 * whether a swap was carried to its end: some of what it replaced may then be left.
 */
export function settleSegmentFiles(
  store: FileStore,
  directory: string,
  endOf: (baseOffset: number) => number,
): { readonly bases: number[]; readonly swapped: boolean } {
  const names = store.files(directory);
  const pathOf = (name: string) => `${directory}/${name}`;
  const bases = (all: readonly string[]) =>
    all
      .filter((name) => SEGMENT_FILE.test(name) && name.endsWith('.log'))
      .map(baseOffsetIn)
      .sort((a, b) => a - b);
  const left = names.filter((name) => /\.(deleted|cleaned|swap)$/.test(name));
  if (left.length === 0) return { bases: bases(names), swapped: false };
  const cleaned = left.filter((name) => name.endsWith('.cleaned'));
  // A swap whose files were not all renamed yet did not begin: the segments it was made of are still there.
  const firstCleaned = Math.min(...cleaned.map(baseOffsetIn));
  const swaps = left.filter((name) => name.endsWith('.swap'));
  const dropped = swaps.filter((name) => baseOffsetIn(name) >= firstCleaned);
  for (const name of left.filter((name) => name.endsWith('.deleted'))) store.remove(pathOf(name));
  for (const name of [...cleaned, ...dropped]) store.remove(pathOf(name));
  const begun = swaps.filter((name) => !dropped.includes(name));
  for (const name of begun.filter((name) => name.endsWith('.log.swap'))) {
    const [start, end] = [baseOffsetIn(name), endOf(baseOffsetIn(name))];
    for (const replaced of names) {
      const offset = baseOffsetIn(replaced);
      if (SEGMENT_FILE.test(replaced) && offset >= start && offset < end) store.remove(pathOf(replaced));
    }
  }
  for (const name of begun) store.rename(pathOf(name), pathOf(name.slice(0, -'.swap'.length)));
  return { bases: bases(store.files(directory)), swapped: begun.length > 0 };
}
