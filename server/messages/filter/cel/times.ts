import { Duration, EvaluationError, Timestamp } from './values.ts';

/** RFC 3339, as CEL has it. */
const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/i;
const [FIRST_INSTANT, END_INSTANT] = [Date.parse('0001-01-01T00:00:00Z'), Date.UTC(10_000, 0, 1)];

export function timestampOf(text: string): Timestamp | EvaluationError {
  const [, seconds, fraction = '', zone] = INSTANT.exec(text) ?? [];
  const ms = seconds === undefined ? Number.NaN : Date.parse(`${seconds}${zone}`.toUpperCase());
  return instantOf(ms + (fraction === '' ? 0 : Number(`0.${fraction}`) * 1000), text);
}

export function instantOf(ms: number, told: string): Timestamp | EvaluationError {
  if (ms >= FIRST_INSTANT && ms < END_INSTANT) return new Timestamp(ms);
  return new EvaluationError('failed', `timestamp("${told.slice(0, 40)}")`);
}

const UNIT_MS: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};

/** `1h30m`, `-1.5h`, `300ms`. */
export function durationOf(text: string): Duration | EvaluationError {
  const whole = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$|^[+-]?0$/.exec(text);
  if (whole === null || text.length > 100)
    return new EvaluationError('failed', `duration("${text.slice(0, 40)}")`);
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g))
    ms += Number(amount) * UNIT_MS[unit!]!;
  return new Duration(text.startsWith('-') ? -ms : ms);
}

/** What can be asked of a point in time. Months and days of month, week and year begin with 0, as CEL has it; `getDate` with 1. */
export const TIMESTAMP_PARTS: Record<string, (at: Date) => number> = {
  getFullYear: (at) => at.getUTCFullYear(),
  getMonth: (at) => at.getUTCMonth(),
  getDate: (at) => at.getUTCDate(),
  getDayOfMonth: (at) => at.getUTCDate() - 1,
  getDayOfWeek: (at) => at.getUTCDay(),
  getDayOfYear: (at) => Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000),
  getHours: (at) => at.getUTCHours(),
  getMinutes: (at) => at.getUTCMinutes(),
  getSeconds: (at) => at.getUTCSeconds(),
  getMilliseconds: (at) => at.getUTCMilliseconds(),
};

/** What can be asked of a length of time: all of it in that unit, rounded towards 0. */
export const DURATION_PARTS: Record<string, (ms: number) => number> = {
  getHours: (ms) => Math.trunc(ms / 3_600_000),
  getMinutes: (ms) => Math.trunc(ms / 60_000),
  getSeconds: (ms) => Math.trunc(ms / 1000),
  getMilliseconds: (ms) => Math.trunc(ms),
};

/** The same point in time on the clocks of a zone, told as if it were UTC. An error for a zone that nobody knows. */
export function inZone({ ms }: Timestamp, zone: string): Date | EvaluationError {
  const offset = /^([+-]?)(\d\d):(\d\d)$/.exec(zone);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    return new Date(ms + (offset[1] === '-' ? -minutes : minutes) * 60_000);
  }
  const clock = clockOf(zone);
  if (clock === null) return new EvaluationError('failed', `time zone "${zone.slice(0, 40)}"`);
  const at = new Date(ms);
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year, month, day, hour, minute, second } = parts as Record<string, number>;
  return new Date(Date.UTC(year!, month! - 1, day!, hour!, minute!, second!, at.getUTCMilliseconds()));
}

const clocks = new Map<string, Intl.DateTimeFormat | null>();
const MOST_CLOCKS = 100;

function clockOf(zone: string): Intl.DateTimeFormat | null {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    if (clocks.size >= MOST_CLOCKS) clocks.clear();
    clock = newClock(zone);
    clocks.set(zone, clock);
  }
  return clock;
}

function newClock(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}
