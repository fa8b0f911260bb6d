/** Parts of a message that have fields inside them. */
const ROOTS = ['key', 'value', 'headers'] as const;
export type FieldRoot = (typeof ROOTS)[number];

/** A field of messages: where to look, and the names and places on the way to it. */
export interface FieldPath {
  root: FieldRoot;
  /** Names in objects, numbers in lists. */
  steps: readonly (string | number)[];
}

const STEP = /\.([A-Za-z_]\w*)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/y;
/** Words that CEL does not let stand after a dot; others may have written them so. */
const KEYWORDS = new Set(['true', 'false', 'null', 'in']);

/** Reads a path as a filter writes it: `value.customer.id`, `value.items[0]["unit price"]`; null for anything else. */
export function parseFieldPath(text: string): FieldPath | null {
  const root = ROOTS.find((each) => text.startsWith(each) && !/^\w/.test(text.slice(each.length)));
  if (!root) return null;
  const steps: (string | number)[] = [];
  let at = root.length;
  while (at < text.length) {
    STEP.lastIndex = at;
    const found = STEP.exec(text);
    if (!found) return null;
    const [whole, name, index, quoted] = found;
    const step = name ?? (index === undefined ? unquoted(quoted as string) : Number(index));
    if (step === null) return null;
    steps.push(step);
    at += whole.length;
  }
  return { root, steps };
}

/** The path as a filter writes it. */
export function writeFieldPath({ root, steps }: FieldPath): string {
  return root + steps.map(writeStep).join('');
}

/** The path in short, for the head of a column: without `value.` where nothing else could be meant. */
export function shortFieldName(path: string): string {
  const parsed = parseFieldPath(path);
  if (!parsed || parsed.steps.length === 0) return path;
  const [first, ...rest] = parsed.steps;
  if (parsed.root !== 'value' && parsed.root !== 'headers') return path;
  return String(first) + rest.map(writeStep).join('');
}

function writeStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[A-Za-z_]\w*$/.test(step) && !KEYWORDS.has(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}

function unquoted(text: string): string | null {
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}
