/** Binary units, as file systems and `kafka-log-dirs` readers expect them (IEC 80000-13). */
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size in the largest unit that keeps it at or above 1: `1536` is `{ amount: 1.5, unit: 'KiB' }`. */
export function inByteUnit(bytes: number): { amount: number; unit: string } {
  let amount = bytes;
  let step = 0;
  // 1023.95 would be shown as 1,024.0 of the smaller unit.
  while (Math.abs(amount) >= (step === 0 ? 1024 : 1023.95) && step < BYTE_UNITS.length - 1) {
    amount /= 1024;
    step += 1;
  }
  return { amount, unit: BYTE_UNITS[step]! };
}

/** One decimal, rounded down, so that 99.97 % is never shown as 100 %; nor is anything above zero shown as 0 %. */
export function shownPercent(percent: number): number {
  if (percent > 0 && percent < 0.1) return 0.1;
  return Math.floor(percent * 10 + 1e-9) / 10;
}
