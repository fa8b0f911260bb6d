/** How many replicas of one partition a rack may hold. */
export interface RackBound {
  readonly least: number;
  readonly most: number;
}

/**
 * The bounds under which a partition's replicas are spread over racks as widely as can be: every rack gets one before any
 * gets a second, and so on, as far as a rack has brokers (KIP-36 asks for no more; this also holds for racks of unequal
 * size). `rackSizes` are the numbers of brokers by rack; there are at least as many brokers as replicas.
 */
export function rackBounds(rackSizes: readonly number[], replicationFactor: number): RackBound[] {
  let level = 0;
  while (level < replicationFactor && filledTo(rackSizes, level + 1) <= replicationFactor) level += 1;
  const isExact = filledTo(rackSizes, level) === replicationFactor;
  return rackSizes.map((size) => ({
    least: Math.min(size, level),
    most: Math.min(size, isExact ? level : level + 1),
  }));
}

/** Replicas placed when no rack holds more than `level`. */
function filledTo(rackSizes: readonly number[], level: number): number {
  return rackSizes.reduce((sum, size) => sum + Math.min(size, level), 0);
}
