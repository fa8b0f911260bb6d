/**
 * How many minutes each step may take: several times what it takes on an idle machine with two cores, where all of them
 * together take less than half an hour.
 */
export const MINUTES = {
  check: 3,
  unit: 12,
  storage: 5,
  ecosystem: 6,
  registry: 5,
  contract: 7,
  clients: 10,
  walks: 16,
  tools: 14,
} as const;

/** When all steps of this command have to be done: seconds since 1970 in `KAFDECK_TEST_DEADLINE`, or never. */
const deadline = 1000 * Number(process.env.KAFDECK_TEST_DEADLINE ?? Number.POSITIVE_INFINITY);

/** Milliseconds that a step may take which begins now. */
export const limitOf = (step: keyof typeof MINUTES): number =>
  Math.max(0, Math.min(MINUTES[step] * 60_000, deadline - Date.now()));
