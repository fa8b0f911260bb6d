/**
 * One value a process, made when first asked for. The console's program and its bundle each load their own copy of a
 * module; what must be there once is kept on globalThis under a name of ours (docs/decisions/0001).
 */
export function lasting<Value>(name: string, make: () => Value): Value {
  const key = Symbol.for(`kafdeck.${name}`);
  const holder = globalThis as unknown as Record<symbol, Value | undefined>;
  holder[key] ??= make();
  return holder[key];
}
