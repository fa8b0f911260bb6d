import type { ASTNode } from '@marcbachmann/cel-js';

/** More are not read sooner one by one than all together. */
const MOST_FIELDS = 8;

/**
 * Names of the fields that an expression asks of a variable: `value.total > 1 && has(value.customer.id)` asks `total` and
 * `customer` of `value`. Null where the variable is used in another way, so that all of it is needed.
 */
export function usedFields(expression: ASTNode, variable: string): readonly string[] | null {
  const names = new Set<string>();
  // Under this name an object would take it for something else.
  if (!collect(expression, variable, names) || names.has('__proto__')) return null;
  return names.size > 0 && names.size <= MOST_FIELDS ? [...names] : null;
}

/** False once the variable stands for itself. A variable of a macro with its name counts as that, too. */
function collect(part: unknown, variable: string, names: Set<string>): boolean {
  if (Array.isArray(part)) return part.every((one) => collect(one, variable, names));
  if (!isNode(part)) return true;
  if (part.op === 'id') return part.args !== variable;
  const name = part.op === '.' || part.op === '[]' ? fieldName(part.args[1]) : null;
  if (name !== null && isVariable((part.args as [unknown, unknown])[0], variable)) {
    names.add(name);
    return true;
  }
  return collect(part.args, variable, names);
}

function fieldName(key: ASTNode | string): string | null {
  if (typeof key === 'string') return key;
  return key.op === 'value' && typeof key.args === 'string' ? key.args : null;
}

function isVariable(part: unknown, variable: string): boolean {
  return isNode(part) && part.op === 'id' && part.args === variable;
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part;
}
