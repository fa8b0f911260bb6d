/** A place in the logs as the form edits it; the address and the API write it as one word (`from`, `until`). */
export interface Position<Kind extends string = string> {
  kind: Kind;
  /** Digits as typed; counted from the log's end when negative. */
  offset: string;
  /** Local time as an `<input type="datetime-local">` holds it. */
  time: string;
  /** `0=12,1=7` as in the address: an offset for each partition, which nobody types. */
  offsets: string;
}

export type StartPosition = Position<'latest' | 'earliest' | 'offset' | 'timestamp' | 'offsets'>;
export type EndPosition = Position<'end' | 'offset' | 'timestamp' | 'offsets'>;

export type PositionProblem = 'offset-not-a-number' | 'offset-too-large' | 'time-missing';
export type Written = { ok: true; text: string } | { ok: false; problem: PositionProblem };

const FROM = /^(?:(latest|earliest)|offset:(-?\d{1,19})|offsets:(\d[\d=,]*)|timestamp:(.{1,40}))$/;

function read<Kind extends string>(
  text: string,
  otherwise: Kind,
): Position<Kind | 'offset' | 'offsets' | 'timestamp'> {
  const [, word, offset, offsets, timestamp] = FROM.exec(text) ?? [];
  const nowhere = { offset: '', time: '', offsets: '' };
  if (offset !== undefined) return { ...nowhere, kind: 'offset', offset };
  if (offsets !== undefined) return { ...nowhere, kind: 'offsets', offsets };
  if (timestamp !== undefined) return { ...nowhere, kind: 'timestamp', time: localTime(timestamp) };
  return { ...nowhere, kind: (word as Kind | undefined) ?? otherwise };
}

/** Reads `from` of an address; what is not understood is read from the newest. */
export function startPositionOf(from: string): StartPosition {
  return read<'latest' | 'earliest'>(from, 'latest');
}

/** Reads `until` of an address; empty is the end of the logs. */
export function endPositionOf(until: string): EndPosition {
  return read<'end'>(/^(latest|earliest)$/.test(until) ? '' : until, 'end');
}

/** The word that says the same, or what is wrong with what was typed; nothing for the end. */
export function writePosition(position: StartPosition | EndPosition): Written {
  switch (position.kind) {
    case 'offset': {
      const text = position.offset.trim();
      if (!/^-?\d{1,19}$/.test(text)) return { ok: false, problem: 'offset-not-a-number' };
      if (!Number.isSafeInteger(Number(text))) return { ok: false, problem: 'offset-too-large' };
      return { ok: true, text: `offset:${Number(text)}` };
    }
    case 'timestamp': {
      const date = new Date(position.time);
      if (Number.isNaN(date.getTime())) return { ok: false, problem: 'time-missing' };
      return { ok: true, text: `timestamp:${date.toISOString()}` };
    }
    case 'offsets':
      return { ok: true, text: `offsets:${position.offsets}` };
    case 'end':
      return { ok: true, text: '' };
    default:
      return { ok: true, text: position.kind };
  }
}

/**
 * A time in the form of `<input type="datetime-local">` in this browser's zone, with milliseconds where it has some;
 * empty when it is no time.
 */
export function localTime(time: string | number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, date.getMilliseconds() === 0 ? 19 : 23);
}
