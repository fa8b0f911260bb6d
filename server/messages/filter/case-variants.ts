/** Every character that is written in a capital and a small letter, or folds to one; 2,900 of them. */
let cased: string | null = null;
const variants = new Map<string, readonly string[]>();

/** The characters that are the same as this one when case does not count (Unicode's simple case folding), itself among them. */
export function caseVariants(character: string): readonly string[] {
  let found = variants.get(character);
  if (found === undefined) {
    cased ??= allCased();
    found = cased.match(new RegExp(escaped(character), 'giu')) ?? [character];
    variants.set(character, found);
  }
  return found;
}

function allCased(): string {
  const CHANGES = /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u;
  let all = '';
  // No letter with two cases stands beyond the second plane.
  for (let point = 0; point < 0x20000; point++) {
    const character = String.fromCodePoint(point);
    if (CHANGES.test(character)) all += character;
  }
  return all;
}

/** Text as a pattern that finds it, for regular expressions with the flag u. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
