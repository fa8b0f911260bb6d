import { amountOf, bytesOf } from './byte-amount.ts';
import {
  type EndPosition,
  endPositionOf,
  type PositionProblem,
  type StartPosition,
  startPositionOf,
  writePosition,
} from './position.ts';
import type { Reading } from './reading.ts';

/** A reading while it is being edited: positions and sizes as they are typed, one box for text and pattern. */
export interface Draft
  extends Omit<Reading, 'from' | 'until' | 'search' | 'regex' | 'minSize' | 'maxSize' | 'limit'> {
  start: StartPosition;
  end: EndPosition;
  text: string;
  isRegex: boolean;
  minSize: string;
  maxSize: string;
  limit: number;
}

export type DraftProblem =
  | PositionProblem
  | 'size-not-understood'
  | 'size-order'
  | 'pattern-broken'
  | 'nothing-left';
export type DraftProblems = Partial<Record<'start' | 'end' | 'text' | 'minSize' | 'maxSize', DraftProblem>>;

/** What a pattern begins with that does not tell upper and lower case apart, as the server reads it. */
const CASELESS = '(?i)';

export function draftOf(reading: Reading): Draft {
  const { from, until, search, regex, minSize, maxSize, ...same } = reading;
  const isRegex = regex !== '';
  const isCaseless = regex.startsWith(CASELESS);
  return {
    ...same,
    start: startPositionOf(from),
    end: endPositionOf(until),
    text: isRegex ? regex.slice(isCaseless ? CASELESS.length : 0) : search,
    isRegex,
    matchCase: isRegex ? !isCaseless : reading.matchCase,
    minSize: amountOf(minSize),
    maxSize: amountOf(maxSize),
  };
}

/** The reading that a draft asks for, or which of its parts cannot be meant so. */
export function readingOf(
  draft: Draft,
): { ok: true; reading: Reading } | { ok: false; problems: DraftProblems } {
  const { start, end, text, isRegex, minSize, maxSize, ...same } = draft;
  const problems: DraftProblems = {};
  const from = writePosition(start);
  const until = writePosition(end);
  if (!from.ok) problems.start = from.problem;
  if (!until.ok) problems.end = until.problem;
  const least = sizeOf(minSize);
  const most = sizeOf(maxSize);
  if (least === undefined) problems.minSize = 'size-not-understood';
  if (most === undefined) problems.maxSize = 'size-not-understood';
  if (least != null && most != null && least > most) problems.maxSize = 'size-order';
  if (isRegex && !isPattern(text)) problems.text = 'pattern-broken';
  if (isBackwards(start, end)) problems.end ??= 'nothing-left';
  if (!from.ok || !until.ok || Object.keys(problems).length > 0) return { ok: false, problems };
  return {
    ok: true,
    reading: {
      ...same,
      from: from.text,
      until: same.follow ? '' : until.text,
      search: isRegex ? '' : text,
      regex: isRegex && text !== '' ? (same.matchCase ? text : CASELESS + text) : '',
      matchCase: !isRegex && same.matchCase,
      wholeWord: !isRegex && same.wholeWord,
      minSize: least ?? null,
      maxSize: most ?? null,
    },
  };
}

/** Undefined for what is no size, null for nothing. */
function sizeOf(text: string): number | null | undefined {
  return text.trim() === '' ? null : (bytesOf(text) ?? undefined);
}

/** Flags of its own may stand in front, as the server takes them. */
function isPattern(text: string): boolean {
  try {
    new RegExp(text.replace(/^\(\?[ims]+\)/, ''), 'u');
    return true;
  } catch {
    return false;
  }
}

/** The end lies at or before the start, so nothing can be between them. */
function isBackwards(start: StartPosition, end: EndPosition): boolean {
  if (start.kind === 'timestamp' && end.kind === 'timestamp')
    return end.time !== '' && end.time <= start.time;
  if (start.kind !== 'offset' || end.kind !== 'offset') return false;
  const [first, last] = [Number(start.offset), Number(end.offset)];
  return first < 0 === last < 0 && last <= first;
}
