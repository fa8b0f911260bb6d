import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alterConfigsCommands } from '../../lib/kafka/command-line.ts';

/** What a tool gets as its arguments when a POSIX shell runs the line. */
const wordsOf = (line: string): string[] =>
  execFileSync('/bin/sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`], {
    encoding: 'utf8',
  })
    .split('\0')
    .slice(0, -1);
const lineWith = (value: string): string =>
  alterConfigsCommands(
    { bootstrapServers: ['localhost:9092'], security: null },
    { type: 'topics', name: 't' },
    { key: value },
  ).commands[0]!;

describe('quoting of command lines', () => {
  it('lets the shell hand over exactly what was meant', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 30 })
      .filter((value) => !/[\0\ud800-\udfff=[\],]/.test(value) && value.trim() === value && value !== '');
    fc.assert(
      fc.property(text, (value) => {
        expect(wordsOf(lineWith(value)).at(-1)).toBe(`key=${value}`);
      }),
      { numRuns: 60 },
    );
  });

  it.each(["it's", '$(touch x)', '`id`', 'a b', '!x', '*', '~', '"', '\\', ';ls', 'a\nb'])(
    'bears %j',
    (value) => {
      expect(wordsOf(lineWith(value)).at(-1)).toBe(`key=${value}`);
    },
  );
});
