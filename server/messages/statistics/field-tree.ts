import type { SeenField } from '../../../lib/contract/serdes.ts';
import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import type { Plain } from '../../serdes/serde.ts';
import { shortCopy } from './short-copy.ts';

type ToldField = MessageStatistics['fields'][number];
type FieldType = SeenField['types'][number];

const MOST_TOLD = 300;
/** When there are more, the rarer ones are forgotten. */
const MOST_NODES = 1024;
const DEEPEST = 8;
/** Of a list's items and of a map's fields: more of them are of the same kind, or keys. */
const MOST_PARTS = 100;
/** Of all parts of one message. */
const MOST_STEPS = 2000;
const MOST_EXAMPLES = 5;
const LONGEST_EXAMPLE = 60;
const LONGEST_NAME = 200;
const NO_MESSAGE = -1;

const TYPES: readonly FieldType[] = ['null', 'bool', 'number', 'string', 'list', 'map', 'bytes'];

/** One field and those in it: plain data, so that threads can hand it over. */
export interface FieldNode {
  /** Messages that have it. */
  matched: number;
  /** The message that was counted last, so that the items of a list count once. */
  message: number;
  /** Bits, in the order of TYPES. */
  types: number;
  isHidden: boolean;
  examples: string[];
  hasMoreExamples: boolean;
  min: number | bigint | null;
  max: number | bigint | null;
  fields: Map<string, FieldNode> | null;
  items: FieldNode | null;
}

export interface FieldState {
  readonly roots: Map<Root, FieldNode>;
  /** By how much counts may be too low, because a field that had been forgotten came again. */
  error: number;
}

type Root = 'key' | 'value';

/** Whether a masking rule hides a field, so that no value of it is told; null in a path stands for the elements of a list. */
export type HidesField = (part: Root, path: readonly (string | null)[]) => boolean;

/** The way to a field: made only where one is new. */
type Path = () => [Root, ...(string | null)[]];

/**
 * Which fields messages have, of what types, with a few values. However many there are, only so many are remembered: the rarest
 * are forgotten, as Misra and Gries do ("Finding repeated elements", 1982), so a field of many messages stays.
 */
export class FieldTree {
  readonly state: FieldState = { roots: new Map(), error: 0 };
  readonly #hides: HidesField;
  #nodes = 0;
  #message = 0;
  #stepsLeft = 0;

  constructor(hides: HidesField) {
    this.#hides = hides;
  }

  /** The key or value of a message, as it is shown. */
  add(root: Root, value: Plain): void {
    this.#message += 1;
    this.#stepsLeft = MOST_STEPS;
    const { roots } = this.state;
    let node = roots.get(root);
    if (!node) {
      node = this.#newNode(() => [root]);
      roots.set(root, node);
    }
    this.#walk(node, () => [root], value, 0);
    this.#makeRoom();
  }

  merge(other: FieldState): void {
    this.state.error += other.error;
    for (const [root, node] of other.roots) {
      const mine = this.state.roots.get(root);
      if (mine) this.#mergeNode(mine, node);
      else this.state.roots.set(root, this.#adopted(node));
    }
    this.#makeRoom();
  }

  /** In the order in which a message has them, as far as messages agree. */
  tell(): Pick<MessageStatistics, 'fields' | 'moreFields'> {
    const { roots, error } = this.state;
    const choice = new Choice([...roots.values()], MOST_TOLD);
    const fields: ToldField[] = [];
    for (const [path, node] of roots) tellNode(fields, path, node, node.matched, choice);
    return { fields, moreFields: { isCut: choice.cut > 0 || error > 0, error } };
  }

  #walk(node: FieldNode, path: Path, value: Plain, depth: number): void {
    this.#stepsLeft -= 1;
    note(node, value, this.#message);
    if (depth >= DEEPEST || typeof value !== 'object' || value === null || value instanceof Uint8Array)
      return;
    if (Array.isArray(value)) this.#walkItems(node, path, value, depth);
    else this.#walkFields(node, path, value as Readonly<Record<string, Plain>>, depth);
  }

  #walkItems(node: FieldNode, path: Path, items: readonly Plain[], depth: number): void {
    const itemPath: Path = () => [...path(), null];
    for (let index = 0; index < items.length && index < MOST_PARTS && this.#stepsLeft > 0; index++) {
      node.items ??= this.#newNode(itemPath);
      this.#walk(node.items, itemPath, items[index]!, depth + 1);
    }
  }

  #walkFields(node: FieldNode, path: Path, value: Readonly<Record<string, Plain>>, depth: number): void {
    let left = MOST_PARTS;
    for (const name in value) {
      if (left-- <= 0 || this.#stepsLeft <= 0) return;
      if (name.length > LONGEST_NAME) continue;
      const fieldPath: Path = () => [...path(), name];
      node.fields ??= new Map();
      let field = node.fields.get(name);
      if (!field) {
        field = this.#newNode(fieldPath);
        node.fields.set(shortCopy(name, LONGEST_NAME), field);
      }
      this.#walk(field, fieldPath, value[name]!, depth + 1);
    }
  }

  #newNode(path: Path): FieldNode {
    const [root, ...steps] = path();
    this.#nodes += 1;
    return {
      matched: 0,
      message: NO_MESSAGE,
      types: 0,
      isHidden: this.#hides(root, steps),
      examples: [],
      hasMoreExamples: false,
      min: null,
      max: null,
      fields: null,
      items: null,
    };
  }

  #mergeNode(mine: FieldNode, other: FieldNode): void {
    mine.matched += other.matched;
    mine.types |= other.types;
    mine.isHidden ||= other.isHidden;
    for (const example of other.examples) addExample(mine, example);
    mine.hasMoreExamples ||= other.hasMoreExamples;
    addNumber(mine, other.min);
    addNumber(mine, other.max);
    if (other.items) {
      if (mine.items) this.#mergeNode(mine.items, other.items);
      else mine.items = this.#adopted(other.items);
    }
    for (const [name, field] of other.fields ?? []) {
      mine.fields ??= new Map();
      const known = mine.fields.get(name);
      if (known) this.#mergeNode(known, field);
      else mine.fields.set(name, this.#adopted(field));
    }
  }

  #adopted(node: FieldNode): FieldNode {
    this.#nodes += 1;
    const { fields, items } = node;
    return {
      ...node,
      message: NO_MESSAGE,
      examples: [...node.examples],
      fields: fields && new Map([...fields].map(([name, field]) => [name, this.#adopted(field)])),
      items: items && this.#adopted(items),
    };
  }

  #makeRoom(): void {
    if (this.#nodes <= MOST_NODES) return;
    const roots = [...this.state.roots.values()];
    const choice = new Choice(roots, MOST_NODES / 2);
    for (const root of roots) if (choice.isTaken(root)) forget(root, choice);
    this.#nodes = roots.flatMap(countsOf).length;
    this.state.error += choice.cut;
  }
}

/** The fields of the most messages; of as many messages, those that were seen first. Asked of each field before those in it. */
class Choice {
  /** The most messages that a field has which is not taken. */
  readonly cut: number;
  #tiesLeft: number;

  constructor(roots: readonly FieldNode[], most: number) {
    const counts = roots.flatMap(countsOf).sort((one, other) => other - one);
    this.cut = counts[most] ?? 0;
    this.#tiesLeft = most - counts.filter((count) => count > this.cut).length;
  }

  isTaken({ matched }: FieldNode): boolean {
    if (matched > this.cut) return true;
    if (matched < this.cut || this.#tiesLeft === 0) return false;
    this.#tiesLeft -= 1;
    return true;
  }
}

function note(node: FieldNode, value: Plain, message: number): void {
  if (node.message !== message) {
    node.message = message;
    node.matched += 1;
  }
  node.types |= typeBit(value);
  if (node.isHidden || value === null || typeof value === 'object') return;
  if (typeof value === 'number' || typeof value === 'bigint') addNumber(node, value);
  if (node.hasMoreExamples) return;
  const text = String(value);
  if (text.length > LONGEST_EXAMPLE) addExample(node, `${shortCopy(text, LONGEST_EXAMPLE)}…`);
  else addExample(node, text);
}

function addExample(node: FieldNode, text: string): void {
  const { examples } = node;
  if (examples.includes(text)) return;
  if (examples.length < MOST_EXAMPLES) examples.push(shortCopy(text, LONGEST_EXAMPLE + 1));
  else node.hasMoreExamples = true;
}

/** NaN is neither small nor large. */
function addNumber(node: FieldNode, number: number | bigint | null): void {
  if (number === null || Number.isNaN(number)) return;
  if (node.min === null || number < node.min) node.min = number;
  if (node.max === null || number > node.max) node.max = number;
}

function typeBit(value: Plain): number {
  if (value === null) return 1 << 0;
  switch (typeof value) {
    case 'boolean':
      return 1 << 1;
    case 'string':
      return 1 << 3;
    case 'object':
      return Array.isArray(value) ? 1 << 4 : value instanceof Uint8Array ? 1 << 6 : 1 << 5;
    default:
      return 1 << 2;
  }
}

function childrenOf({ fields, items }: FieldNode): FieldNode[] {
  return [...(fields?.values() ?? []), ...(items ? [items] : [])];
}

function countsOf(node: FieldNode): number[] {
  return [node.matched, ...childrenOf(node).flatMap(countsOf)];
}

/** A field is in no more messages than the one that it is in, so what goes takes only what would go too. */
function forget(node: FieldNode, choice: Choice): void {
  if (node.items) {
    if (choice.isTaken(node.items)) forget(node.items, choice);
    else node.items = null;
  }
  for (const [name, field] of node.fields ?? []) {
    if (choice.isTaken(field)) forget(field, choice);
    else node.fields!.delete(name);
  }
}

function tellNode(told: ToldField[], path: string, node: FieldNode, readable: number, choice: Choice): void {
  if (!choice.isTaken(node)) return;
  const { matched, types, isHidden, examples, hasMoreExamples, min, max, fields, items } = node;
  told.push({
    path,
    types: TYPES.filter((_, bit) => (types & (1 << bit)) !== 0),
    matched,
    share: readable === 0 ? 0 : matched / readable,
    isMasked: isHidden,
    examples: isHidden ? [] : [...examples],
    areExamplesAll: !isHidden && !hasMoreExamples,
    numbers: isHidden || min === null ? null : { min: String(min), max: String(max) },
  });
  if (items) tellNode(told, `${path}[0]`, items, readable, choice);
  for (const [name, field] of fields ?? []) tellNode(told, path + step(name), field, readable, choice);
}

/** As a filter writes it: `.name`, or `["any name"]` where it is no identifier. */
function step(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
