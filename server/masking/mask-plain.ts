import type { Plain } from '../serdes/serde.ts';
import { type Hider, isPlainList } from './hide.ts';
import type { Hiding } from './masking-rules.ts';
import type { Entered, PathState } from './path-state.ts';

/** Stands for a field or element that is left out. */
const LEFT_OUT = Symbol('left out');

/** A value without what the paths lead to. The same object where they lead to nothing in it. */
export function maskPlain(value: Plain, state: PathState<Hiding>, hider: Hider): Plain {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (isPlainList(value)) return maskList(value, state, hider);
  let changed: Record<string, Plain> | null = null;
  for (const name of Object.keys(value)) {
    const one = value[name]!;
    const masked = maskPart(one, state.field(name), hider);
    if (masked === one) continue;
    // Fields stay in their order, and a field may be named `__proto__`.
    changed ??= { ...value };
    if (masked === LEFT_OUT) delete changed[name];
    else setField(changed, name, masked);
  }
  return changed ?? value;
}

function maskList(list: readonly Plain[], state: PathState<Hiding>, hider: Hider): readonly Plain[] {
  let isChanged = false;
  const masked: Plain[] = [];
  list.forEach((one, index) => {
    const part = maskPart(one, state.element(index), hider);
    if (part !== one) isChanged = true;
    if (part !== LEFT_OUT) masked.push(part);
  });
  return isChanged ? masked : list;
}

function maskPart(value: Plain, { rule, inner }: Entered<Hiding>, hider: Hider): Plain | typeof LEFT_OUT {
  if (rule !== null) return hider.value(rule, value) ?? LEFT_OUT;
  return inner === null ? value : maskPlain(value, inner, hider);
}

function setField(object: Record<string, Plain>, name: string, value: Plain): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value });
  else object[name] = value;
}
