/** One step of the way to a field. */
export type Segment =
  /** The field of this name. */
  | { readonly kind: 'name'; readonly name: string }
  /** `*`: any field. */
  | { readonly kind: 'any-name' }
  /** `[3]` */
  | { readonly kind: 'index'; readonly index: number }
  /** `[*]` */
  | { readonly kind: 'any-index' }
  /** `**`: any number of fields and elements, or none. */
  | { readonly kind: 'deep' };

/** The way to a field: plain data. */
export type FieldPath = readonly Segment[];

const PIECE =
  /(?<deep>\*\*)|(?<any>\*)|\[(?<index>\d{1,9})\]|(?<elements>\[\*\])|\["(?<quoted>(?:[^"\\]|\\["\\])*)"\]|(?<name>[^.[\]"*\s]+)/uy;

/**
 * Reads a path as a person writes it: `customer.email`, `cards[*].number`, `items[0]`, `*.id`, `**.ssn`, `["a.b"].c`. Null where it
 * is none.
 */
export function parseFieldPath(text: string): FieldPath | null {
  const path: Segment[] = [];
  for (let at = 0; at < text.length; ) {
    if (path.length > 0 && text[at] === '.') at += 1;
    else if (path.length > 0 && text[at] !== '[') return null;
    PIECE.lastIndex = at;
    const groups = PIECE.exec(text)?.groups;
    if (groups === undefined) return null;
    path.push(segmentOf(groups));
    at = PIECE.lastIndex;
  }
  return path.length === 0 || path.length > MOST_SEGMENTS ? null : path;
}
const MOST_SEGMENTS = 100;

function segmentOf({
  deep,
  any,
  index,
  elements,
  quoted,
  name,
}: Record<string, string | undefined>): Segment {
  if (deep !== undefined) return { kind: 'deep' };
  if (any !== undefined) return { kind: 'any-name' };
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  if (elements !== undefined) return { kind: 'any-index' };
  return { kind: 'name', name: quoted?.replace(/\\(.)/g, '$1') ?? name! };
}
