import { expect, it } from 'vitest';
import { CEL_ENTRIES, CEL_OPERATORS, type CelEntry } from '../../../../lib/cel/catalogue.ts';
import { compileMessageTest } from '../message-test.ts';
import { asked, record } from '../testing/record.ts';
import { VARIABLES } from './environment.ts';
import { functions, methods } from './functions.ts';

const namesOf = (kind: CelEntry['kind']) =>
  CEL_ENTRIES.filter((entry) => entry.kind === kind)
    .map(({ name }) => name)
    .sort();

it('offers what there is, and nothing else', () => {
  const macros = ['all', 'bind', 'exists', 'exists_one', 'filter', 'map'];
  expect(namesOf('variable')).toEqual(Object.keys(VARIABLES).sort());
  expect(namesOf('function')).toEqual([...functions.keys(), 'has'].sort());
  expect(namesOf('method')).toEqual([...methods.keys(), ...macros].sort());
});

it('knows each operator', () => {
  const given = { value: '{"a":1}', offset: 3 };
  for (const { example } of CEL_OPERATORS) {
    const { matches } = compileMessageTest(asked({ filter: example }));
    expect([example, matches(record(given))]).toEqual([example, true]);
  }
});

/** The type checker of the library decides which calls there are, and `functions` has their meaning. */
it('lets through a call of everything', () => {
  const receivers: Record<string, string> = {
    string: 'topic',
    list: '["a"]',
    bytes: 'b"a"',
    timestamp: 'timestamp',
    cel: 'cel',
  };
  const argument: Record<string, string> = {
    string: 'topic',
    regex: '"a"',
    int: '0',
    number: 'partition',
    item: 'i',
    name: 'i',
    condition: 'true',
    result: 'true',
    any: '1',
    field: 'value.a',
    zone: '"UTC"',
  };
  for (const { name, kind, types } of CEL_ENTRIES) {
    if (kind === 'variable') continue;
    const [, receiver = '', list = ''] = /^([\w |]*?)\.?\((.*)\) →/.exec(types)!;
    const args = list === '' ? [] : list.split(', ');
    for (const given of [args, args.filter((arg) => !arg.endsWith('?'))]) {
      const call = `${name}(${given.map((arg) => argument[arg.split(' | ')[0]!.replace('?', '')]).join(', ')})`;
      const filter = `dyn(${kind === 'method' ? `${receivers[receiver.split(' | ')[0]!]}.` : ''}${call}) == 1`;
      expect(() => compileMessageTest(asked({ filter })), filter).not.toThrow();
    }
  }
});
