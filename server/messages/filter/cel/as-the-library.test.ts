import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileMessageTest } from '../message-test.ts';
import { asked, record } from '../testing/record.ts';
import { environment } from './environment.ts';

/** Expressions in which CEL leaves no choice: of the library and of ours the results have to be the same. */
const { bool } = fc.letrec<Record<'bool' | 'int' | 'text' | 'list', string>>((tie) => {
  const call = (name: string, ...parts: fc.Arbitrary<string>[]) =>
    fc.tuple(...parts).map(([receiver, ...args]) => `${receiver}.${name}(${args.join(', ')})`);
  const infix = (operators: string[], left: fc.Arbitrary<string>, right: fc.Arbitrary<string>) =>
    fc.tuple(left, fc.constantFrom(...operators), right).map((parts) => `(${parts.join(' ')})`);
  const [bools, ints, texts, lists] = [tie('bool'), tie('int'), tie('text'), tie('list')];
  const choice = (of: fc.Arbitrary<string>) =>
    fc.tuple(bools, of, of).map(([is, then, otherwise]) => `(${is} ? ${then} : ${otherwise})`);
  return {
    bool: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('true', 'false', 'partition > 2', 'topic == "orders"'),
      infix(['==', '!=', '<', '<=', '>', '>='], ints, ints),
      infix(['==', '!=', '<', '>='], texts, texts),
      infix(['&&', '||'], bools, bools),
      infix(['in'], ints, lists),
      infix(['==', '!='], lists, lists),
      bools.map((one) => `!${one}`),
      fc.constantFrom('contains', 'startsWith', 'endsWith').chain((name) => call(name, texts, texts)),
      fc
        .constantFrom('exists', 'all', 'exists_one')
        .chain((name) =>
          fc.tuple(lists, bools).map(([list, one]) => `${list}.${name}(i, i > offset || ${one})`),
        ),
      choice(bools),
    ),
    int: fc.oneof(
      { depthSize: 'small' },
      { weight: 6, arbitrary: fc.constantFrom('partition', 'offset', 'size') },
      fc.oneof(fc.bigInt(-100n, 100n), fc.bigInt(-(2n ** 63n) + 1n, 2n ** 63n - 1n)).map(String),
      infix(['+', '-', '*', '/', '%'], ints, ints),
      texts.map((one) => `size(${one})`),
      lists.map((one) => `${one}.size()`),
      // Of an empty text the library makes 0.
      texts.map((one) => `int(${one} + "0")`),
      call('indexOf', texts, texts),
      fc.tuple(lists, ints).map(([list, index]) => `${list}[${index}]`),
      choice(ints),
    ),
    text: fc.oneof(
      { depthSize: 'small' },
      { weight: 6, arbitrary: fc.constantFrom('topic', 'string(offset)') },
      fc.constantFrom('""', '"a"', '"12"', '"orders"', '"주문"'),
      infix(['+'], texts, texts),
      ints.map((one) => `string(${one})`),
      call('substring', texts, fc.constantFrom('0', '1', 'partition')),
      choice(texts),
    ),
    list: fc.oneof(
      { depthSize: 'small' },
      fc.array(ints, { minLength: 1, maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      infix(['+'], lists, lists),
      fc.tuple(lists, bools).map(([list, one]) => `${list}.filter(i, i > 0 && ${one})`),
      lists.map((list) => `${list}.map(i, i + 1)`),
    ),
  };
});

const given = { topic: 'orders', partition: 3, offset: 42, key: 'abc' };
const context = { topic: 'orders', partition: 3n, offset: 42n, size: 3n };

function ofLibrary(expression: string): boolean | 'error' {
  try {
    return environment().evaluate(expression, context);
  } catch {
    return 'error';
  }
}

function ofOurs(expression: string): boolean | 'error' | 'refused' {
  try {
    const test = compileMessageTest(asked({ filter: expression }));
    const matches = test.matches(record(given));
    return test.unevaluated.count > 0 ? 'error' : matches;
  } catch {
    return 'refused';
  }
}

const RUNS = 800;

it('gives what the library gives', () => {
  let refused = 0;
  const counts = { true: 0, false: 0, error: 0 };
  fc.assert(
    fc.property(bool, (expression) => {
      const result = ofLibrary(expression);
      counts[`${result}`] += 1;
      const ours = ofOurs(expression);
      // A part that fails for every message is refused, even where nobody would ask for its result.
      if (ours !== 'refused') expect(ours).toBe(result);
      else refused += 1;
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(25);
  expect(refused).toBeLessThan(RUNS / 2);
});
