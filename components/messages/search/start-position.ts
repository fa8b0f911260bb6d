/** Where reading starts, as the form edits it; the URL and the API write it as one word (`from`). */
export interface StartPosition {
  kind: 'latest' | 'earliest' | 'offset' | 'timestamp';
  /** Digits as typed; counted from the log's end when negative. */
  offset: string;
  /** Local time as an `<input type="datetime-local">` holds it. */
  time: string;
}

export type StartProblem = 'offset-not-a-number' | 'offset-too-large' | 'time-missing';

const FROM = /^(latest|earliest|offset:(-?\d{1,19})|timestamp:(.{1,40}))$/;

/** Reads `from` of a URL; what is not understood is read from the newest. */
export function startPositionOf(from: string): StartPosition {
  const found = FROM.exec(from);
  const offset = found?.[2];
  const timestamp = found?.[3];
  if (offset !== undefined) return { kind: 'offset', offset, time: '' };
  if (timestamp !== undefined) return { kind: 'timestamp', offset: '', time: localTime(timestamp) };
  return { kind: found?.[1] === 'earliest' ? 'earliest' : 'latest', offset: '', time: '' };
}

/** The `from` that says the same, or what is wrong with what was typed. */
export function fromOf(
  position: StartPosition,
): { ok: true; from: string } | { ok: false; problem: StartProblem } {
  switch (position.kind) {
    case 'offset': {
      const text = position.offset.trim();
      if (!/^-?\d{1,19}$/.test(text)) return { ok: false, problem: 'offset-not-a-number' };
      if (!Number.isSafeInteger(Number(text))) return { ok: false, problem: 'offset-too-large' };
      return { ok: true, from: `offset:${Number(text)}` };
    }
    case 'timestamp': {
      const date = new Date(position.time);
      if (Number.isNaN(date.getTime())) return { ok: false, problem: 'time-missing' };
      return { ok: true, from: `timestamp:${date.toISOString()}` };
    }
    default:
      return { ok: true, from: position.kind };
  }
}

/** A time in the form of `<input type="datetime-local">` in this browser's zone; empty when it is no time. */
export function localTime(time: string | number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}
