import type { ASTNode } from '@marcbachmann/cel-js';
import { anySearch, type ByteSearch, isToldFromBytes } from '../byte-search.ts';
import { requiredText } from '../required-text.ts';
import type { Part } from '../tested-record.ts';

/**
 * What the bytes of a record have to hold for an expression to be true, null where nothing can be told. An expression is false or
 * an error for records without it, and neither matches.
 *
 * Sound where the texts and numbers of a key or value stand in its bytes as text or as JSON, which may write any character as
 * `\u0061` and a number in many ways.
 */
export function neededBytes(expression: ASTNode): ByteSearch | null {
  const needed = neededFor(expression, new Map());
  if (needed === null) return null;
  const { texts, patterns, parts, selectivity } = needed;
  return anySearch([...[...texts].map((text) => Buffer.from(text)), ...patterns], [...parts], selectivity);
}

/** One of these has to be there. */
interface Needed {
  readonly texts: ReadonlySet<string>;
  /** For bytes taken as characters. */
  readonly patterns: ReadonlySet<string>;
  readonly parts: ReadonlySet<Part>;
  /** Of the one that is found most easily. */
  readonly selectivity: number;
}

/** Which part of a record the variables of macros come from. */
type Origins = ReadonlyMap<string, Part | null>;

function neededFor(node: ASTNode, origins: Origins): Needed | null {
  switch (node.op) {
    case '&&':
      return better(neededFor(node.args[0], origins), neededFor(node.args[1], origins));
    case '||':
      return either(neededFor(node.args[0], origins), neededFor(node.args[1], origins));
    case '==':
      return (
        neededForSame(node.args[0], node.args[1], origins) ??
        neededForSame(node.args[1], node.args[0], origins)
      );
    case 'in':
      return neededForMember(node.args[0], node.args[1], origins);
    case 'rcall':
      return neededForMethod(node, origins);
    default:
      return null;
  }
}

function neededForSame(known: ASTNode, other: ASTNode, origins: Origins): Needed | null {
  const origin = originOf(other, origins);
  if (origin === null || known.op !== 'value') return null;
  if (typeof known.args === 'string') return neededForText(known.args, origin.part);
  // Numbers that stand alone have nothing before them that tells them from other bytes.
  return typeof known.args === 'bigint' && origin.isWithin ? neededForNumber(known.args, origin.part) : null;
}

function neededForMember(element: ASTNode, collection: ASTNode, origins: Origins): Needed | null {
  if (collection.op === 'list') {
    const all = collection.args.map((one) => neededForSame(one, element, origins));
    return all.length > 0 && all.length <= MOST_CHOICES ? all.reduce(either) : null;
  }
  const origin = originOf(collection, origins);
  const isText = element.op === 'value' && typeof element.args === 'string';
  return origin !== null && isText ? neededForText(element.args as string, origin.part) : null;
}
/** More are not faster than reading the records. */
const MOST_CHOICES = 16;

function neededForMethod(node: ASTNode & { op: 'rcall' }, origins: Origins): Needed | null {
  const [name, receiver, [first, second]] = node.args;
  const origin = originOf(receiver, origins);
  if (origin === null || first === undefined) return null;
  if (name === 'exists' && first.op === 'id' && second)
    return neededFor(second, new Map(origins).set(first.args, origin.part));
  if (first.op !== 'value' || typeof first.args !== 'string' || second !== undefined) return null;
  if (['contains', 'startsWith', 'endsWith'].includes(name)) return neededForText(first.args, origin.part);
  const required = name === 'matches' ? requiredText(first.args) : null;
  return required === null ? null : neededForText(required, origin.part);
}

/** The part of a record that a value is taken from as it is, and whether it stands within something; null for what is made. */
function originOf(node: ASTNode, origins: Origins): { part: Part; isWithin: boolean } | null {
  if (node.op === '.' || node.op === '[]') {
    const object = originOf(node.args[0], origins);
    return object && { part: object.part, isWithin: true };
  }
  if (node.op !== 'id') return null;
  if (origins.has(node.args)) {
    const part = origins.get(node.args)!;
    return part && { part, isWithin: true };
  }
  const isPart = node.args === 'key' || node.args === 'value' || node.args === 'headers';
  return isPart ? { part: node.args as Part, isWithin: false } : null;
}

/** JSON writes these with a backslash, or may. */
const MAY_BE_ESCAPED = /[\p{Cc}"\\/]+/u;

function neededForText(text: string, part: Part): Needed | null {
  const [longest] = text.split(MAY_BE_ESCAPED).sort((a, b) => b.length - a.length);
  if (!longest || !isToldFromBytes(longest)) return null;
  return {
    texts: new Set([longest, '\\u']),
    patterns: new Set(),
    parts: new Set([part]),
    selectivity: Buffer.byteLength(longest),
  };
}

/** Fewer digits are everywhere. */
const FEWEST_DIGITS = 4;
/** A number of JSON with an exponent, or with so many digits that it may be rounded to a whole one. */
const OTHER_NOTATION = '[:,[\\s]-?\\d+(?:\\.\\d{10}|(?:\\.\\d+)?[eE])';

function neededForNumber(value: bigint, part: Part): Needed | null {
  const digits = String(value).replace('-', '');
  if (digits.length < FEWEST_DIGITS) return null;
  return {
    texts: new Set([digits]),
    patterns: new Set([OTHER_NOTATION]),
    parts: new Set([part]),
    selectivity: digits.length,
  };
}

function better(a: Needed | null, b: Needed | null): Needed | null {
  if (a === null || b === null) return a ?? b;
  return a.selectivity >= b.selectivity ? a : b;
}

function either(a: Needed | null, b: Needed | null): Needed | null {
  if (a === null || b === null) return null;
  return {
    texts: new Set([...a.texts, ...b.texts]),
    patterns: new Set([...a.patterns, ...b.patterns]),
    parts: new Set([...a.parts, ...b.parts]),
    selectivity: Math.min(a.selectivity, b.selectivity),
  };
}
