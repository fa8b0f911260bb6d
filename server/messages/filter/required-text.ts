import { regexTokens } from './regex-tokens.ts';

/**
 * The longest text that has to occur wherever a regular expression is found, null where there is none that can be told. Only
 * what stands outside of groups is looked at, so it may be shorter than what could be known, but never wrong.
 */
export function requiredText(source: string): string | null {
  let best = '';
  let run = '';
  let depth = 0;
  /** The last character of the run is not certain before it is known that no `*` follows. */
  let last = '';
  const endRun = (kept: string) => {
    if (kept.length > best.length) best = kept;
    run = '';
    last = '';
  };
  for (const token of regexTokens(source)) {
    if (token.kind === 'or' && depth === 0) return null;
    if (token.kind === 'open') {
      if (depth === 0) endRun(run + last);
      depth += 1;
    } else if (token.kind === 'close') {
      depth -= 1;
    } else if (depth > 0) {
      // What a group asks for depends on what it is and how often it may stand there.
    } else if (token.kind === 'character') {
      run += last;
      last = token.character;
    } else if (token.kind === 'quantifier') {
      endRun(token.least > 0 ? run + last : run);
    } else {
      endRun(run + last);
    }
  }
  endRun(run + last);
  return best === '' ? null : best;
}
