/** Partition numbers in short: `0–3, 7, 9–10`. */
export function partitionRanges(partitions: readonly number[]): string {
  const sorted = [...partitions].sort((one, other) => one - other);
  const ranges: [number, number][] = [];
  for (const partition of sorted) {
    const last = ranges.at(-1);
    if (last && partition === last[1] + 1) last[1] = partition;
    else ranges.push([partition, partition]);
  }
  return ranges
    .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`))
    .join(', ');
}
