import type { FieldPath } from './field-path.ts';

/** A path that is being followed, and how far. */
interface Cursor<Rule> {
  readonly id: number;
  readonly path: FieldPath;
  readonly at: number;
  readonly rule: Rule;
}

/** What a field or element is to the paths. */
export interface Entered<Rule> {
  /** The first of the rules whose path ends here; null: none does. */
  readonly rule: Rule | null;
  /** Where the paths are within it; null: no path leads on. */
  readonly inner: PathState<Rule> | null;
}

const NOTHING = { rule: null, inner: null };
/** Stands for every element of a list: what is so of one of them is so of it. */
export const ANY_ELEMENT = -1;
/** Names that a message may have without end are not all kept. */
const MOST_KEPT = 1000;

/**
 * Where several paths are, at some place within a value. Lists are no obstacle: `items.sku` also is the `sku` of each element of the
 * list `items`.
 */
export class PathState<Rule> {
  readonly #cursors: readonly Cursor<Rule>[];
  /** States by their cursors, so that the same ones are only made once. */
  readonly #known: Map<string, PathState<Rule>>;
  readonly #byName = new Map<string, Entered<Rule>>();
  readonly #byIndex = new Map<number, Entered<Rule>>();
  readonly #hasIndex: boolean;

  private constructor(cursors: readonly Cursor<Rule>[], known: Map<string, PathState<Rule>>) {
    this.#cursors = cursors;
    this.#known = known;
    this.#hasIndex = cursors.some(({ path }) => path.some(({ kind }) => kind === 'index'));
  }

  /** At the root of a value, for the paths of several rules, the most important first. */
  static of<Rule>(paths: readonly (readonly [FieldPath, Rule])[]): PathState<Rule> {
    const cursors = paths.map(([path, rule], id) => ({ id, path, at: 0, rule }));
    return new PathState(cursors, new Map());
  }

  /** Into the field of an object. */
  field(name: string): Entered<Rule> {
    let entered = this.#byName.get(name);
    if (entered === undefined) {
      entered = this.#enter(name, null);
      if (this.#byName.size < MOST_KEPT) this.#byName.set(name, entered);
    }
    return entered;
  }

  /** Into an element of a list; ANY_ELEMENT for whichever. */
  element(index: number): Entered<Rule> {
    const kept = this.#hasIndex ? index : 0;
    let entered = this.#byIndex.get(kept);
    if (entered === undefined) {
      entered = this.#enter(null, index);
      if (this.#byIndex.size < MOST_KEPT) this.#byIndex.set(kept, entered);
    }
    return entered;
  }

  #enter(name: string | null, index: number | null): Entered<Rule> {
    const inner = new Map<string, Cursor<Rule>>();
    let ended: Cursor<Rule> | null = null;
    for (const start of this.#cursors) {
      for (const cursor of withoutDeep(start)) {
        const segment = cursor.path[cursor.at]!;
        const { id, path, rule } = cursor;
        const further = { id, path, rule, at: cursor.at + 1 };
        if (segment.kind === 'deep') {
          inner.set(`${id}:${cursor.at}`, cursor);
          if (further.at === path.length) ended = first(ended, cursor);
        } else if (isStep(segment, name, index)) {
          if (further.at === path.length) ended = first(ended, cursor);
          else inner.set(`${id}:${further.at}`, further);
        } else if (index !== null && (segment.kind === 'name' || segment.kind === 'any-name')) {
          inner.set(`${id}:${cursor.at}`, cursor);
        }
      }
    }
    if (ended === null && inner.size === 0) return NOTHING;
    return { rule: ended?.rule ?? null, inner: inner.size === 0 ? null : this.#state(inner) };
  }

  #state(cursors: Map<string, Cursor<Rule>>): PathState<Rule> {
    const key = [...cursors.keys()].sort().join();
    let state = this.#known.get(key);
    if (state === undefined) {
      state = new PathState([...cursors.values()], this.#known);
      if (this.#known.size < MOST_KEPT) this.#known.set(key, state);
    }
    return state;
  }
}

/** `**` may stand for nothing: then what comes after it is the next step. */
function* withoutDeep<Rule>(cursor: Cursor<Rule>): Generator<Cursor<Rule>> {
  yield cursor;
  let { at } = cursor;
  while (cursor.path[at]?.kind === 'deep' && at + 1 < cursor.path.length) {
    at += 1;
    yield { ...cursor, at };
  }
}

function isStep(segment: FieldPath[number], name: string | null, index: number | null): boolean {
  switch (segment.kind) {
    case 'name':
      return name === segment.name;
    case 'any-name':
      return name !== null;
    case 'index':
      return index === segment.index || index === ANY_ELEMENT;
    case 'any-index':
      return index !== null;
    case 'deep':
      return false;
  }
}

function first<Rule>(a: Cursor<Rule> | null, b: Cursor<Rule>): Cursor<Rule> {
  return a === null || b.id < a.id ? b : a;
}
