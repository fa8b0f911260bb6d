import { type ASTNode, parse } from '@marcbachmann/cel-js';
import { writeFieldPath } from '../fields/field-path.ts';
import {
  COMPARISONS,
  type Condition,
  type Conditions,
  type Operator,
  TEXT_CALLS,
  VARIABLES,
} from './conditions.ts';
import { typedItem, typedText, type ValueHint } from './literal.ts';

const FIELD_ROOTS = ['key', 'value', 'headers'] as const;

/** An expression says more than conditions can. */
class TooFree extends Error {}

/**
 * Reads an expression as the conditions that would write it: comparisons that all have to hold, or any of them. Null for
 * an expression that says more than that, or is none.
 */
export function readConditions(
  expression: string,
  hintOf: (subject: string) => ValueHint,
): Conditions | null {
  if (expression.trim() === '') return { join: 'and', rows: [] };
  try {
    const { ast } = parse(expression);
    const operator = ast.op === '||' ? '||' : '&&';
    const reader = new Reader(expression, hintOf);
    return {
      join: operator === '||' ? 'or' : 'and',
      rows: flatten(ast, operator).map((node) => reader.condition(node)),
    };
  } catch {
    // Whatever cannot be read is not for the builder; the server says what is wrong with it.
    return null;
  }
}

function flatten(node: ASTNode, operator: '&&' | '||'): ASTNode[] {
  if (node.op !== operator) return [node];
  const [left, right] = node.args as [ASTNode, ASTNode];
  return [...flatten(left, operator), ...flatten(right, operator)];
}

class Reader {
  private readonly source: string;
  private readonly hintOf: (subject: string) => ValueHint;

  constructor(source: string, hintOf: (subject: string) => ValueHint) {
    this.source = source;
    this.hintOf = hintOf;
  }

  condition(node: ASTNode): Condition {
    switch (node.op) {
      case 'in':
        return this.membership(node.args);
      case '!_':
        return this.negation(node.args);
      case 'call':
        return this.existence(node, 'exists');
      case 'rcall':
        return this.textCall(node.args);
      default:
        return this.comparison(node);
    }
  }

  private comparison(node: ASTNode): Condition {
    const found = Object.entries(COMPARISONS).find(([, sign]) => sign === node.op);
    if (!found) throw new TooFree();
    const [left, right] = node.args as [ASTNode, ASTNode];
    const subject = this.subject(left);
    const value = this.value(right, this.hintOf(subject), typedText);
    return { subject, operator: found[0] as Operator, value };
  }

  private textCall([name, receiver, given]: [string, ASTNode, ASTNode[]]): Condition {
    const found = Object.entries(TEXT_CALLS).find(([, call]) => call === name);
    const [text, ...more] = given;
    if (!found || text?.op !== 'value' || typeof text.args !== 'string' || more.length > 0) {
      throw new TooFree();
    }
    return {
      subject: this.subject(receiver),
      operator: found[0] as Operator,
      value: typedText(text.args, 'string'),
    };
  }

  private negation(node: ASTNode): Condition {
    if (node.op === 'rcall') {
      const condition = this.textCall(node.args);
      if (condition.operator === 'contains') return { ...condition, operator: 'contains-not' };
    }
    return this.existence(node, 'absent');
  }

  private existence(node: ASTNode, operator: 'exists' | 'absent'): Condition {
    if (node.op === 'in') {
      const condition = this.membership(node.args);
      if (condition.operator === 'exists') return { ...condition, operator };
    }
    if (node.op !== 'call' || node.args[0] !== 'has') throw new TooFree();
    return { subject: this.subject(node.args[1][0] as ASTNode), operator, value: '' };
  }

  private membership([left, right]: [ASTNode, ASTNode]): Condition {
    if (right.op === 'list') {
      const subject = this.subject(left);
      const hint = this.hintOf(subject);
      const items = right.args.map((item) => this.value(item, hint, typedItem));
      if (items.length === 0) throw new TooFree();
      return { subject, operator: 'one-of', value: items.join(', ') };
    }
    if (left.op !== 'value' || typeof left.args !== 'string') throw new TooFree();
    const subject = `${this.subject(right)}[${JSON.stringify(left.args)}]`;
    return { subject, operator: 'exists', value: '' };
  }

  private subject(node: ASTNode): string {
    if (node.op === 'id' && VARIABLES.some((variable) => variable === node.args)) return node.args;
    const steps: (string | number)[] = [];
    let at = node;
    while (at.op === '.' || at.op === '[]') {
      const [inner, step]: [ASTNode, string | ASTNode] = at.args;
      steps.unshift(typeof step === 'string' ? step : this.step(step));
      at = inner;
    }
    const root = FIELD_ROOTS.find((each) => at.op === 'id' && at.args === each);
    if (!root) throw new TooFree();
    return writeFieldPath({ root, steps });
  }

  private step(node: ASTNode): string | number {
    if (node.op === 'value' && typeof node.args === 'string') return node.args;
    if (node.op === 'value' && typeof node.args === 'bigint') return Number(node.args);
    throw new TooFree();
  }

  private value(node: ASTNode, hint: ValueHint, typed: typeof typedText): string {
    if (hint === 'time') return this.time(node);
    if (node.op === 'value' && typeof node.args === 'string') return typed(node.args, hint);
    if (node.op === '-_' && isNumber(node.args)) return `-${this.written(node.args)}`;
    const isWord = node.op === 'value' && (typeof node.args === 'boolean' || node.args === null);
    if (isWord || isNumber(node)) return this.written(node);
    throw new TooFree();
  }

  /** As it is written: digits that a number of JavaScript does not have are kept. */
  private written({ start, end }: ASTNode): string {
    return this.source.slice(start, end);
  }

  private time(node: ASTNode): string {
    if (node.op !== 'call' || node.args[0] !== 'timestamp') throw new TooFree();
    const [text] = node.args[1];
    if (text?.op !== 'value' || typeof text.args !== 'string') throw new TooFree();
    return new Date(text.args).toISOString();
  }
}

function isNumber(node: ASTNode): boolean {
  return node.op === 'value' && (typeof node.args === 'number' || typeof node.args === 'bigint');
}
