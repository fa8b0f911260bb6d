import type { ASTNode } from '@marcbachmann/cel-js';
import { say } from '../../../../lib/i18n/sentences/sentence.ts';
import { JsonFields } from '../../../serdes/json-fields.ts';
import type { Plain } from '../../../serdes/serde.ts';
import { regexMistake } from '../regex-pattern.ts';
import { evaluationSentence } from '../unevaluated.ts';
import { field, hasField, hasHeader, header, headerMap, indexed } from './access.ts';
import type { Implementation } from './cel-function.ts';
import { binary, type Code, constant, type Meter, nary, unary, variable } from './code.ts';
import type { Variable } from './environment.ts';
import { FilterMistake } from './filter-mistake.ts';
import { functions, methods } from './functions.ts';
import { and, membership, or, sameness, ternary } from './logic.ts';
import { bind, collect, existsOne, type Loop, quantifier } from './macros.ts';
import { arithmetic, comparison, negative, not } from './operators.ts';
import { usedFields } from './used-fields.ts';
import { EvaluationError, Timestamp, TypeName, type Value, wholeNumber, wrongTypes } from './values.ts';

/** Where names are looked up while an expression is compiled. */
interface Scope {
  /** Variables of macros, and where their values stand. */
  readonly locals: ReadonlyMap<string, number>;
  /** The next place for one. */
  readonly free: number;
  readonly meter: Meter;
  /** How the value of a message is looked at. */
  readonly value: Code;
}

/**
 * Makes an expression that has been read and checked ready to run.
 *
 * @throws FilterMistake for what is wrong whatever the message: a function that there is not, `timestamp("yesterday")`
 */
export function compileExpression(node: ASTNode, meter: Meter): Code {
  return compile(node, { locals: new Map(), free: 0, meter, value: valueFor(node) });
}

function compile(node: ASTNode, scope: Scope): Code {
  const code = compileNode(node, scope);
  if (code.constant instanceof EvaluationError)
    throw new FilterMistake(evaluationSentence(code.constant.why), node);
  return code;
}

function compileNode(node: ASTNode, scope: Scope): Code {
  const of = (part: ASTNode) => compile(part, scope);
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case 'id':
      return named(node, scope);
    case '.':
    case '[]':
      return accessed(node, scope);
    case '==':
    case '!=':
      return sameness(of(node.args[0]), of(node.args[1]), node.op === '==');
    case '<':
    case '<=':
    case '>':
    case '>=':
      return binary(of(node.args[0]), of(node.args[1]), comparison(node.op));
    case '+':
    case '-':
    case '*':
    case '/':
    case '%': {
      const [left, right] = [of(node.args[0]), of(node.args[1])];
      const areInts = isInt(node.args[0]) && isInt(node.args[1]);
      return binary(left, right, arithmetic(node.op, areInts));
    }
    case '!_':
      return unary(of(node.args), not);
    case '-_':
      return unary(of(node.args), negative);
    case '&&':
      return and(of(node.args[0]), of(node.args[1]));
    case '||':
      return or(of(node.args[0]), of(node.args[1]));
    case '?:':
      return ternary(of(node.args[0]), of(node.args[1]), of(node.args[2]));
    case 'in':
      return contained(node.args, scope);
    case 'list':
      return nary(node.args.map(of), (values) => values);
    case 'map':
      return nary(node.args.flat().map(of), mapOf);
    case 'call':
      return called(node, scope);
    case 'rcall':
      return macro(node, scope) ?? methodCalled(node, scope);
    default:
      throw new FilterMistake(say('filter.notHere', { what: node.op }), node);
  }
}

/** What the type checker has found a part to be: `int` is what the expression itself counts, not a number out of a message. */
function isInt(node: ASTNode & { checkedType?: { name: string } }): boolean {
  return node.checkedType?.name === 'int' || node.checkedType?.name === 'uint';
}

type Literal = Extract<ASTNode, { op: 'value' }>['args'];

function literal(value: Literal): Code {
  if (typeof value === 'bigint') return constant(wholeNumber(value));
  // What is left of objects is an unsigned integer.
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return constant(value);
  return constant(wholeNumber(BigInt(value.valueOf())));
}

const UNREADABLE = {
  key: new EvaluationError('unreadable', 'key'),
  value: new EvaluationError('unreadable', 'value'),
};
const NO_TIMESTAMP = new EvaluationError('no-such-key', 'timestamp');

const VARIABLE_CODES: { readonly [name in Variable]: Code } = {
  key: variable(({ key }) => (key.plain === undefined ? UNREADABLE.key : key.plain)),
  value: variable(({ value }) => readable(value.plain)),
  headers: variable(headerMap),
  topic: variable(({ topic }) => topic),
  partition: variable(({ partition }) => partition),
  offset: variable(({ offset }) => offset),
  timestamp: variable(({ timestamp }) => (timestamp < 0 ? NO_TIMESTAMP : new Timestamp(timestamp))),
  size: variable(({ size }) => size),
};

function readable(value: Plain | undefined): Value {
  return value === undefined ? UNREADABLE.value : value;
}

/** Most expressions look at a few fields: the rest of a value then need not be made. */
function valueFor(expression: ASTNode): Code {
  const names = usedFields(expression, 'value');
  if (names === null) return VARIABLE_CODES.value;
  const fields = new JsonFields(names);
  return variable(({ value }) => readable(value.only(fields)));
}

const TYPE_NAMES = ['bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type', 'string', 'type', 'uint'];

const CONSTANTS = new Map<string, Code>([
  ...TYPE_NAMES.map((name): [string, Code] => [name, constant(new TypeName(name))]),
  [
    'google',
    constant(
      new Map([
        [
          'protobuf',
          new Map(['Timestamp', 'Duration'].map((name) => [name, new TypeName(`google.protobuf.${name}`)])),
        ],
      ]),
    ),
  ],
]);

function named(node: ASTNode & { op: 'id' }, { locals, value }: Scope): Code {
  const name = node.args;
  const local = locals.get(name);
  if (local !== undefined) return variable((_, values) => values[local]!);
  if (name === 'value') return value;
  const code = CONSTANTS.get(name) ?? VARIABLE_CODES[name as Variable];
  // The type checker has let through what is only there for its macros, too.
  if (code === undefined) throw new FilterMistake(say('filter.notHere', { what: name }), node);
  return code;
}

function accessed(node: ASTNode & { op: '.' | '[]' }, scope: Scope): Code {
  const [object, key] = node.args;
  const name = typeof key === 'string' ? key : textOf(key);
  if (name !== null && isHeaders(object, scope)) return header(name);
  const code = compile(object, scope);
  if (name !== null) return field(code, name);
  return binary(code, compile(key as ASTNode, scope), indexed);
}

function textOf(node: ASTNode): string | null {
  return node.op === 'value' && typeof node.args === 'string' ? node.args : null;
}

function isHeaders(node: ASTNode, { locals }: Scope): boolean {
  return node.op === 'id' && node.args === 'headers' && !locals.has('headers');
}

function contained([element, collection]: [ASTNode, ASTNode], scope: Scope): Code {
  const name = textOf(element);
  if (name !== null && isHeaders(collection, scope)) return hasHeader(name);
  return membership(compile(element, scope), compile(collection, scope));
}

function mapOf(values: Value[]): Value {
  const map = new Map<Value, Value>();
  for (let i = 0; i < values.length; i += 2) map.set(values[i]!, values[i + 1]!);
  return map;
}

function called(node: ASTNode & { op: 'call' }, scope: Scope): Code {
  const [name, args] = node.args;
  if (name === 'has') return has(args[0]!, scope);
  const codes = args.map((arg) => compile(arg, scope));
  if (name === 'type' && isInt(args[0]!)) return unary(codes[0]!, () => new TypeName('int'));
  return applied(name, functions.get(name), codes, node, (types) => `${name}(${types.join(', ')})`);
}

function has(node: ASTNode, scope: Scope): Code {
  // The type checker has let through nothing but `a.b`.
  const [object, name] = node.args as [ASTNode, string];
  return isHeaders(object, scope) ? hasHeader(name) : hasField(compile(object, scope), name);
}

function methodCalled(node: ASTNode & { op: 'rcall' }, scope: Scope): Code {
  const [name, receiver, args] = node.args;
  const codes = [receiver, ...args].map((part) => compile(part, scope));
  const pattern = name === 'matches' && codes.length === 2 ? codes[1]!.constant : undefined;
  if (typeof pattern === 'string') return matched(codes[0]!, pattern, args[0]!);
  return applied(
    name,
    methods.get(name),
    codes,
    node,
    ([first, ...types]) => `${first}.${name}(${types.join(', ')})`,
  );
}

/** An expression that is the same for every message is read once, here. */
function matched(text: Code, pattern: string, node: ASTNode): Code {
  const mistake = regexMistake(pattern);
  if (mistake !== null) {
    const { index, reason } = mistake;
    throw new FilterMistake(say('regex.invalid.field', { at: index + 1, reason }), node);
  }
  const regex = new RegExp(pattern, 'u');
  return unary(text, (value) =>
    typeof value === 'string' ? regex.test(value) : wrongTypes(([type]) => `${type}.matches(string)`, value),
  );
}

function applied(
  name: string,
  implementation: Implementation | undefined,
  codes: Code[],
  node: ASTNode,
  pattern: (types: string[]) => string,
): Code {
  if (implementation === undefined)
    throw new FilterMistake(say('filter.notHere', { what: `${name}()` }), node);
  const [first, second] = codes;
  if (codes.length === 1) return unary(first!, (a) => implementation(a) ?? wrongTypes(pattern, a));
  if (codes.length === 2)
    return binary(first!, second!, (a, b) => implementation(a, b) ?? wrongTypes(pattern, a, b));
  return nary(codes, (values) => implementation(...values) ?? wrongTypes(pattern, ...values));
}

/** Null where it is no macro but a method. */
function macro(node: ASTNode & { op: 'rcall' }, scope: Scope): Code | null {
  const [name, receiver, args] = node.args;
  const [first, second, third] = args;
  if (first?.op !== 'id' || second === undefined) return null;
  if (name === 'bind' && receiver.op === 'id' && receiver.args === 'cel' && third) {
    const value = compile(second, scope);
    const { slot, inner } = withLocal(scope, first.args);
    return bind(slot, value, compile(third, inner));
  }
  if (!isLoop(name)) return null;
  const range = compile(receiver, scope);
  const { slot, inner } = withLocal(scope, first.args);
  const loop: Loop = { macro: name, range, slot, meter: scope.meter };
  const body = compile(second, inner);
  switch (name) {
    case 'all':
      return quantifier(loop, body, false);
    case 'exists':
      return quantifier(loop, body, true);
    case 'exists_one':
      return existsOne(loop, body);
    case 'filter':
      return collect(loop, body, named(first, inner));
    case 'map':
      return third ? collect(loop, body, compile(third, inner)) : collect(loop, null, body);
  }
}

const LOOPS = ['all', 'exists', 'exists_one', 'filter', 'map'] as const;

function isLoop(name: string): name is (typeof LOOPS)[number] {
  return (LOOPS as readonly string[]).includes(name);
}

function withLocal(scope: Scope, name: string): { slot: number; inner: Scope } {
  const slot = scope.free;
  const locals = new Map(scope.locals).set(name, slot);
  return { slot, inner: { ...scope, locals, free: slot + 1 } };
}
