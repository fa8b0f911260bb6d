import { describe, expect, it } from 'vitest';
import { fieldRows, limitsOf, type SchemaNode, typeParts } from './schema-text.ts';

const text = (node: SchemaNode) =>
  typeParts(node)
    .map((part) => (typeof part === 'string' ? part : `<${part.schema}>`))
    .join('');

describe('types in few words', () => {
  it.each<[SchemaNode, string]>([
    [{ type: 'integer' }, 'integer'],
    [{ type: 'string', format: 'date-time' }, 'date-time'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ enum: ['asc', 'desc'] }, '"asc" | "desc"'],
    [{ const: true }, 'true'],
    [{ $ref: '#/components/schemas/Plan' }, '<Plan>'],
    [{ anyOf: [{ $ref: '#/x/Plan' }, { type: 'null' }] }, '<Plan> | null'],
    [{ type: 'array', items: { type: 'array', items: { type: 'integer' } } }, 'integer[][]'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'map of string'],
    [{}, 'any'],
  ])('%j', (node, expected) => expect(text(node)).toBe(expected));
});

it('limits', () => {
  expect(limitsOf({ minimum: 1, maximum: 500, default: 50 })).toBe('1–500 · = 50');
  expect(limitsOf({ maxLength: 9, pattern: '^a$' })).toBe('/^a$/');
  expect(limitsOf({ type: 'string' })).toBeNull();
});

it('fields are listed with their paths, down to named schemas', () => {
  const node: SchemaNode = {
    properties: {
      name: { type: 'string' },
      parts: { type: 'array', items: { properties: { id: { type: 'integer' } }, required: ['id'] } },
      plan: { $ref: '#/x/Plan' },
    },
    required: ['name'],
  };
  expect(fieldRows(node).map(({ path, isRequired }) => [path, isRequired])).toEqual([
    ['name', true],
    ['parts', false],
    ['parts[].id', true],
    ['plan', false],
  ]);
});
