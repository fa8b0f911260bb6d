/** A place in a message: `value.customer.id` is `{ root: 'value', steps: ['customer', 'id'] }`. */
export interface FieldPath {
  /** As it was written. */
  readonly text: string;
  readonly root: string;
  /** Names of fields, and numbers of items. */
  readonly steps: readonly (string | number)[];
}

const NAME = /[^.[\],"'\s]+/y;
const STEP = /\.([^.[\],"'\s]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/**
 * Reads paths with commas between: `partition, value.items[0].sku, headers["a,b"]`. Null where the text is none; `position` is
 * where that shows.
 */
export function parseFieldPaths(text: string): { paths: FieldPath[] } | { position: number } {
  const paths: FieldPath[] = [];
  let at = skipSpace(text, 0);
  for (;;) {
    const found = pathAt(text, at);
    if (!found) return { position: at };
    paths.push(found.path);
    at = skipSpace(text, found.end);
    if (at === text.length) return { paths };
    if (text[at] !== ',') return { position: at };
    at = skipSpace(text, at + 1);
  }
}

function pathAt(text: string, start: number): { path: FieldPath; end: number } | null {
  NAME.lastIndex = start;
  const root = NAME.exec(text)?.[0];
  if (root === undefined) return null;
  let end = start + root.length;
  const steps: (string | number)[] = [];
  for (;;) {
    STEP.lastIndex = end;
    const step = STEP.exec(text);
    if (!step) break;
    end += step[0].length;
    const [, name, index, quoted] = step;
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else {
      const unquoted = unquote(quoted!);
      if (unquoted === null) return null;
      steps.push(unquoted);
    }
  }
  return { path: { text: text.slice(start, end), root, steps }, end };
}

function unquote(text: string): string | null {
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}
