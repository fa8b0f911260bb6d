import { exactSearch } from './byte-search.ts';
import type { Step } from './step.ts';

/** A header of this name, or of `name=value`; names may have a `=` in them too. */
export function headerTest(asked: string): Step {
  return {
    search: exactSearch(surestPiece(asked), ['headers']),
    matches: ({ headers }) => headers.some(({ key, value }) => isAsked(asked, key, value)),
  };
}

function isAsked(asked: string, key: string, value: Buffer | null): boolean {
  if (!asked.startsWith(key)) return false;
  if (asked.length === key.length) return true;
  return (
    value !== null && asked[key.length] === '=' && value.toString('utf8') === asked.slice(key.length + 1)
  );
}

/** Name and value do not stand side by side in the bytes: what is before the first `=` and after the last one does for certain. */
function surestPiece(asked: string): string {
  const before = asked.slice(0, asked.indexOf('=') + 1 || undefined).replace(/=$/, '');
  const after = asked.slice(asked.lastIndexOf('=') + 1);
  return after.length > before.length ? after : before;
}
