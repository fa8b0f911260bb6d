/** What a config's number counts, told by the ending of its name as Kafka's own names are made. */
export type ConfigUnit = 'duration' | 'size';

export interface UnitChoice {
  /** Key of its label and symbol. */
  unit: 'ms' | 's' | 'min' | 'h' | 'd' | 'B' | 'KiB' | 'MiB' | 'GiB';
  factor: bigint;
}

const DURATIONS: UnitChoice[] = [
  { unit: 'ms', factor: 1n },
  { unit: 's', factor: 1000n },
  { unit: 'min', factor: 60_000n },
  { unit: 'h', factor: 3_600_000n },
  { unit: 'd', factor: 86_400_000n },
];

const SIZES: UnitChoice[] = [
  { unit: 'B', factor: 1n },
  { unit: 'KiB', factor: 1024n },
  { unit: 'MiB', factor: 1024n ** 2n },
  { unit: 'GiB', factor: 1024n ** 3n },
];

const LONG_MAX = 9223372036854775807n;

/** Null for configs that are no duration and no size. */
export function configUnit(name: string): ConfigUnit | null {
  if (name.endsWith('.ms')) return 'duration';
  return name.endsWith('.bytes') ? 'size' : null;
}

export function unitChoices(kind: ConfigUnit): UnitChoice[] {
  return kind === 'duration' ? DURATIONS : SIZES;
}

/** A value split into an amount and the largest unit that divides it; null when it is not a number. */
export function splitAmount(
  kind: ConfigUnit,
  value: string,
): { amount: string; unit: UnitChoice['unit'] } | null {
  if (!/^\d{1,19}$/.test(value)) return null;
  const number = BigInt(value);
  const choices = unitChoices(kind);
  const best = number === 0n ? undefined : choices.findLast(({ factor }) => number % factor === 0n);
  const { unit, factor } = best ?? (choices[0] as UnitChoice);
  return { amount: String(number / factor), unit };
}

/** The config's value for an amount in a unit; decimals are fine (`1.5` d) as long as the result is whole. Null when not. */
export function joinAmount(kind: ConfigUnit, amount: string, unit: UnitChoice['unit']): string | null {
  const found = /^(\d{1,19})(?:\.(\d{1,6}))?$/.exec(amount.trim());
  const factor = unitChoices(kind).find((choice) => choice.unit === unit)?.factor;
  if (!found || factor === undefined) return null;
  const decimals = found[2] ?? '';
  const scaled = BigInt(`${found[1]}${decimals}`) * factor;
  const divisor = 10n ** BigInt(decimals.length);
  if (scaled % divisor !== 0n) return null;
  const value = scaled / divisor;
  return value > LONG_MAX ? null : String(value);
}

/** An amount with its unit as typed; an empty amount leaves the inherited value. */
export interface AmountField {
  amount: string;
  unit: UnitChoice['unit'];
  /** No limit, which Kafka writes as -1. */
  isUnlimited: boolean;
}

/** The value an amount stands for: undefined when it is empty, null when it is no amount. */
export function amountValue(kind: ConfigUnit, field: AmountField): string | null | undefined {
  if (field.isUnlimited) return '-1';
  if (field.amount.trim() === '') return undefined;
  return joinAmount(kind, field.amount, field.unit);
}

/** A value as an amount; an empty one where it is no number. */
export function amountField(kind: ConfigUnit, value: string): AmountField {
  const unit = kind === 'duration' ? 'd' : 'MiB';
  return { amount: '', unit, ...splitAmount(kind, value), isUnlimited: value === '-1' };
}

/**
 * How a person would say a config's value: `7 d`, `1 MiB`, about `1.2 GiB`. Null where the value says it best itself.
 * -1 and Long.MAX_VALUE mean "no limit" in Kafka's durations and sizes.
 */
export function readableAmount(
  name: string,
  value: string,
): { amount: string; unit: UnitChoice['unit'] } | 'unlimited' | null {
  const kind = configUnit(name);
  if (!kind) return null;
  if (value === '-1' || value === String(LONG_MAX)) return 'unlimited';
  const exact = splitAmount(kind, value);
  if (!exact || exact.unit === 'ms' || exact.unit === 'B') return approximate(kind, value);
  return exact;
}

function approximate(kind: ConfigUnit, value: string): { amount: string; unit: UnitChoice['unit'] } | null {
  const number = Number(value);
  const best = unitChoices(kind).findLast(({ factor }) => Number(factor) <= number);
  if (!/^\d{1,19}$/.test(value) || !best || best.factor === 1n) return null;
  return { amount: String(Math.round((number / Number(best.factor)) * 10) / 10), unit: best.unit };
}
