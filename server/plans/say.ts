import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const TIME_UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** `1536` is "1.5 KiB". */
export function sayBytes(bytes: number): string {
  let amount = bytes;
  let step = 0;
  while (amount >= 1024 && step < BYTE_UNITS.length - 1) {
    amount /= 1024;
    step += 1;
  }
  return `${step === 0 ? amount : amount.toFixed(1)} ${BYTE_UNITS[step]}`;
}

/** Milliseconds in the largest unit that divides them: `5400000` is "90 min". */
export function sayDuration(milliseconds: number): Sentence {
  const [unit, size] = TIME_UNITS.find(([, each]) => milliseconds > 0 && milliseconds % each === 0) ?? [
    'ms',
    1,
  ];
  return say(`time.${unit}`, { count: milliseconds / size });
}
