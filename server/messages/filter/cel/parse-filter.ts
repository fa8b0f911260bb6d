import { type ASTNode, TypeError as CelTypeError, ParseError } from '@marcbachmann/cel-js';
import { type Sentence, spoken } from '../../../../lib/contract/sentence.ts';
import { say } from '../../../../lib/i18n/sentences/sentence.ts';
import { environment, VARIABLES } from './environment.ts';
import { FilterMistake } from './filter-mistake.ts';

/**
 * Reads an expression and checks its types as far as they are known.
 *
 * @throws FilterMistake
 */
export function parseFilter(source: string): ASTNode {
  try {
    const parsed = environment().parse(source);
    const { valid, type, error } = parsed.check();
    if (!valid) throw error;
    if (type !== 'bool' && type !== 'dyn' && !type!.startsWith('dyn<'))
      throw new FilterMistake(say('filter.notBool', { type: type! }), parsed.ast);
    return parsed.ast;
  } catch (error) {
    if (error instanceof ParseError || error instanceof CelTypeError) throw mistakeOf(error, source);
    // Thousands of signs in a row are read by functions that call themselves.
    if (error instanceof RangeError)
      throw new FilterMistake(say('filter.tooComplex'), { start: 0, end: source.length });
    throw error;
  }
}

function mistakeOf(error: ParseError | CelTypeError, source: string): FilterMistake {
  const { start, end } = error.range ?? { start: 0, end: source.length };
  const from = Math.min(start, source.length);
  const place = { start: from, end: Math.min(Math.max(end, from), source.length) };
  return new FilterMistake(
    sentenceOf(error, source.slice(place.start, place.end), place.start >= source.length),
    place,
  );
}

/** What the library says about the mistakes that people make most, in words of ours; the rest as it says it. */
function sentenceOf({ code, summary }: ParseError | CelTypeError, text: string, isAtEnd: boolean): Sentence {
  switch (code) {
    case 'expected_token':
    case 'unexpected_token':
    case 'unexpected_character':
      if (isAtEnd) return say('filter.endsEarly');
      return text === '=' ? say('filter.singleEquals') : say('filter.unexpected', { what: text });
    case 'unterminated_string':
    case 'unterminated_triple_quoted_string':
    case 'newline_in_string':
      return say('filter.unterminated');
    case 'unknown_variable':
      return say('filter.unknownVariable', {
        name: text,
        known: Object.keys(VARIABLES).join(', '),
      });
    case 'no_such_overload':
      return say('filter.wrongTypes', { operation: summary.replace(/^no such overload: /, '') });
    case 'no_matching_overload':
      return say('filter.noFunction', { call: /'(.*)'/.exec(summary)?.[1] ?? text });
    case 'limit_exceeded':
      return say('filter.tooComplex');
    default:
      return spoken(summary);
  }
}
