import { expect, it } from 'vitest';
import { parseFilter } from './parse-filter.ts';
import { usedFields } from './used-fields.ts';

it.each([
  ['value.total > 1', ['total']],
  ['value.a.b == 1 && has(value.c.d) || value["e"] in [1]', ['a', 'c', 'e']],
  ['value.items.exists(item, item.sku == value.sku)', ['items', 'sku']],
  ['value.a == 1 && key == "k" && size > 3 && headers.value == "x"', ['a']],
])('%s looks at %j', (expression, names) => {
  expect(usedFields(parseFilter(expression), 'value')).toEqual(names);
});

it.each([
  'value == {"a": 1}',
  'value.a == 1 && size(value) > 1',
  '"a" in value',
  'value[key] == 1',
  'value[0] == 1',
  'value.exists(name, name == "a")',
  'type(value) == map',
  'value.a.exists(value, value.b == 1)',
  'value["__proto__"] == 1',
  'key == "a"',
  'value.a + value.b + value.c + value.d + value.e + value.f + value.g + value.h + value.i == 1',
])('%s needs all of it, or nothing', (expression) => {
  expect(usedFields(parseFilter(expression), 'value')).toBeNull();
});
