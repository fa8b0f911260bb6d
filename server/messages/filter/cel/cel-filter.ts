import { Failure } from '../../../../lib/contract/failure.ts';
import { say } from '../../../../lib/i18n/sentences/sentence.ts';
import type { Step } from '../step.ts';
import type { TestedRecord } from '../tested-record.ts';
import { placeAt } from '../text-place.ts';
import type { Unevaluated } from '../unevaluated.ts';
import { type Meter, MOST_STEPS, type Run } from './code.ts';
import { compileExpression } from './compile.ts';
import { FilterMistake } from './filter-mistake.ts';
import { neededBytes } from './needed-bytes.ts';
import { parseFilter } from './parse-filter.ts';
import { EvaluationError, typeName, type Value } from './values.ts';

/**
 * A CEL expression as a test. A record for which it has no result does not match and is counted in `unevaluated`.
 *
 * @throws Failure `invalid_request` naming the place
 */
export function celFilter(source: string, unevaluated: Unevaluated): Step {
  const meter: Meter = { left: 0 };
  try {
    const ast = parseFilter(source);
    const { run } = compileExpression(ast, meter);
    return {
      search: neededBytes(ast),
      matches: (record) => evaluate(run, record, meter, unevaluated),
    };
  } catch (error) {
    throw error instanceof FilterMistake ? badFilter(source, error) : error;
  }
}

/** One after the other they take the same places. */
const locals: Value[] = [];

function evaluate(run: Run, record: TestedRecord, meter: Meter, unevaluated: Unevaluated): boolean {
  meter.left = MOST_STEPS;
  const result = resultOf(run, record);
  if (typeof result === 'boolean') return result;
  const { why } =
    result instanceof EvaluationError ? result : new EvaluationError('wrong-types', typeName(result));
  const { topic, partition, offset } = record;
  unevaluated.count += 1;
  unevaluated.first ??= { topic, partition, offset, why };
  return false;
}

function resultOf(run: Run, record: TestedRecord): Value {
  try {
    return run(record, locals);
  } catch (error) {
    // Values may be nested deeper than a comparison of them can go.
    if (error instanceof RangeError) return new EvaluationError('failed', 'too deeply nested');
    throw error;
  }
}

function badFilter(source: string, { sentence, start, end }: FilterMistake): Failure {
  const at = placeAt(source, start, end - start);
  const { line, column } = at;
  return new Failure('invalid_request', say('filter.invalid', { line, column, why: sentence }), {
    action: say('filter.invalid.do'),
    fields: [{ field: 'filter', message: sentence, at }],
  });
}
