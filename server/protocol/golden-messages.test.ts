import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decode, encode } from './codec.ts';
import { everyMessage } from './testing/every-message.ts';

interface Golden {
  name: string;
  version: number;
  /** As Kafka's JSON converter reads it: base64 for bytes; tagged fields only where they were set. */
  value: unknown;
  /** What Kafka's Java code writes, in base64. */
  bytes: string;
}

/** Whole numbers are compared by their digits: an int64 does not fit a JavaScript number. */
function parse(line: string): Golden {
  const reviver = (_: string, value: unknown, context: { source?: string }) =>
    typeof value === 'number' && context.source && /^-?\d+$/.test(context.source)
      ? BigInt(context.source)
      : value;
  const golden: Golden = JSON.parse(line, reviver as Parameters<typeof JSON.parse>[1]);
  return { ...golden, version: Number(golden.version) };
}

/** The decoded value in the shape of the expected JSON: without what is not in it. */
function inShapeOf(expected: unknown, value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value) && Array.isArray(expected))
    return value.map((element, index) => inShapeOf(expected[index], element));
  if (typeof value === 'number' && typeof expected === 'bigint') return BigInt(value);
  if (typeof value !== 'object' || value === null || typeof expected !== 'object' || expected === null)
    return value;
  const fields = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(expected).map(([name, inner]) => [name, inShapeOf(inner, fields[name])]),
  );
}

const messages = await everyMessage();
const goldens = readFileSync(join(import.meta.dirname, 'testing/golden-messages.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map(parse);

describe("what Kafka's Java code wrote", () => {
  test('covers every message', () => {
    expect([...messages.keys()].sort()).toEqual([...new Set(goldens.map(({ name }) => name))].sort());
  });

  test.each(goldens)('$name version $version', ({ name, version, value, bytes }) => {
    const message = messages.get(name)!;
    const written = Buffer.from(bytes, 'base64');
    const decoded = decode(message, version, written);
    expect(inShapeOf(value, decoded)).toEqual(value);
    expect(encode(message, version, decoded as object).toString('hex')).toBe(written.toString('hex'));
  });
});
