import type { MessageTests } from '../../../lib/contract/message-query.ts';
import { type ByteSearch, exactSearch } from './byte-search.ts';
import { celFilter } from './cel/cel-filter.ts';
import { headerTest } from './header-test.ts';
import { regexPattern } from './regex-pattern.ts';
import type { Step } from './step.ts';
import type { DecodedPart, Part, TestedRecord } from './tested-record.ts';
import { plainPattern, type TextPattern } from './text-pattern.ts';
import type { Unevaluated } from './unevaluated.ts';

/** Everything that is asked of a message, ready to be asked of one after the other. */
export interface MessageTest {
  /**
   * Ways to pass over records by their bytes alone, the best first. Each is enough by itself: take the first that `isSound` for the
   * topic at hand.
   */
  readonly searches: readonly ByteSearch[];
  /** What is not asked for need not be at hand. `size` is always there; a key, a value or headers are read when they are touched. */
  readonly isEverything: boolean;
  /** What could not be evaluated so far; it grows as records are tested. */
  readonly unevaluated: Readonly<Unevaluated>;
  matches(record: TestedRecord): boolean;
}

/**
 * Makes the test of what the contract's query asks for.
 *
 * @throws Failure `invalid_request` for a regular expression or filter that cannot be read, naming the field and the place
 */
export function compileMessageTest(tests: MessageTests): MessageTest {
  const unevaluated: Unevaluated = { count: 0, first: null };
  const steps = [
    ...sizeSteps(tests),
    ...keySteps(tests),
    ...headerSteps(tests),
    ...textSteps(tests),
    ...filterSteps(tests, unevaluated),
  ];
  const searches = steps
    .flatMap(({ search }) => (search ? [search] : []))
    .sort((a, b) => b.selectivity - a.selectivity);
  return {
    searches,
    isEverything: steps.length === 0,
    unevaluated,
    matches: (record) => steps.every((step) => step.matches(record)),
  };
}

function* sizeSteps({ tombstones, minSize, maxSize }: MessageTests): Generator<Step> {
  if (tombstones !== 'include') {
    const wanted = tombstones === 'only';
    yield { search: null, matches: (record) => record.isTombstone === wanted };
  }
  if (minSize !== undefined) yield { search: null, matches: (record) => record.size >= minSize };
  if (maxSize !== undefined) yield { search: null, matches: (record) => record.size <= maxSize };
}

function* keySteps({ key }: MessageTests): Generator<Step> {
  if (key === undefined) return;
  yield { search: exactSearch(key, ['key']), matches: (record) => record.key.text === key };
}

function* headerSteps({ header }: MessageTests): Generator<Step> {
  if (header !== undefined) yield headerTest(header);
}

function* textSteps(tests: MessageTests): Generator<Step> {
  if (tests.search !== undefined) yield textStep(plainPattern(tests.search, tests), tests.in);
  if (tests.regex !== undefined) yield textStep(regexPattern(tests.regex), tests.in);
}

function* filterSteps({ filter }: MessageTests, unevaluated: Unevaluated): Generator<Step> {
  if (filter !== undefined) yield celFilter(filter, unevaluated);
}

const EVERYWHERE: readonly Part[] = ['key', 'value', 'headers'];

function textStep(pattern: TextPattern, where: MessageTests['in']): Step {
  const parts = where === 'any' ? EVERYWHERE : [where];
  const tests = parts.map((part) => IN_PART[part]);
  return {
    search: pattern.searchIn(parts),
    matches: (record) => tests.some((isIn) => isIn(pattern, record)),
  };
}

const IN_PART: Record<Part, (pattern: TextPattern, record: TestedRecord) => boolean> = {
  key: (pattern, { key }) => isInPart(pattern, key),
  value: (pattern, { value }) => isInPart(pattern, value),
  headers: (pattern, { headers }) =>
    headers.some(
      ({ key, value }) => pattern.isIn(key) || (value !== null && pattern.isIn(value.toString('utf8'))),
    ),
};

function isInPart(pattern: TextPattern, { text }: DecodedPart): boolean {
  return text !== null && pattern.isIn(text);
}
