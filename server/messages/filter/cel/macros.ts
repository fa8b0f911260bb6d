import { type Code, type Meter, tooMuchWork, variable } from './code.ts';
import { EvaluationError, isList, isMap, isObject, keysOf, type Value, wrongTypes } from './values.ts';

/** What a macro goes through, and where it puts each element for the expression that it runs. */
export interface Loop {
  readonly macro: string;
  readonly range: Code;
  readonly slot: number;
  readonly meter: Meter;
}

/** `all` and `exists`: the first element that decides does, whatever errors others gave; errors count where none does. */
export function quantifier(loop: Loop, predicate: Code, deciding: boolean): Code {
  return each(loop, (elements, record, locals) => {
    let error: EvaluationError | null = null;
    for (const element of elements) {
      if (!takeStep(loop)) return tooMuchWork();
      locals[loop.slot] = element;
      const answer = asBool(loop, predicate.run(record, locals));
      if (answer === deciding) return deciding;
      if (answer instanceof EvaluationError) error ??= answer;
    }
    return error ?? !deciding;
  });
}

export function existsOne(loop: Loop, predicate: Code): Code {
  return each(loop, (elements, record, locals) => {
    let found = 0;
    for (const element of elements) {
      if (!takeStep(loop)) return tooMuchWork();
      locals[loop.slot] = element;
      const answer = asBool(loop, predicate.run(record, locals));
      if (answer instanceof EvaluationError) return answer;
      if (answer) found += 1;
    }
    return found === 1;
  });
}

/** `filter`, and `map` with or without a condition. */
export function collect(loop: Loop, condition: Code | null, result: Code): Code {
  return each(loop, (elements, record, locals) => {
    const list: Value[] = [];
    for (const element of elements) {
      if (!takeStep(loop)) return tooMuchWork();
      locals[loop.slot] = element;
      const isWanted = condition === null || asBool(loop, condition.run(record, locals));
      if (isWanted instanceof EvaluationError) return isWanted;
      if (!isWanted) continue;
      const value = result.run(record, locals);
      if (value instanceof EvaluationError) return value;
      list.push(value);
    }
    return list;
  });
}

/** `cel.bind(name, value, expression)` */
export function bind(slot: number, value: Code, expression: Code): Code {
  return variable((record, locals) => {
    const bound = value.run(record, locals);
    if (bound instanceof EvaluationError) return bound;
    locals[slot] = bound;
    return expression.run(record, locals);
  });
}

type Body = (elements: readonly Value[], ...scope: Parameters<Code['run']>) => Value;

function each({ macro, range }: Loop, body: Body): Code {
  return variable((record, locals) => {
    const value = range.run(record, locals);
    if (value instanceof EvaluationError) return value;
    const elements = elementsOf(value);
    return elements === null
      ? wrongTypes(([type]) => `${type}.${macro}(…)`, value)
      : body(elements, record, locals);
  });
}

/** Of a map, its keys. */
function elementsOf(value: Value): readonly Value[] | null {
  if (isList(value)) return value;
  return isMap(value) || isObject(value) ? keysOf(value) : null;
}

function asBool({ macro }: Loop, value: Value): boolean | EvaluationError {
  if (typeof value === 'boolean' || value instanceof EvaluationError) return value;
  return wrongTypes(([type]) => `${macro}(…, ${type})`, value);
}

function takeStep({ meter }: Loop): boolean {
  meter.left -= 1;
  return meter.left >= 0;
}
