import { describe, expect, it } from 'vitest';
import { type FieldPath, parseFieldPath } from './field-path.ts';
import { type Entered, PathState } from './path-state.ts';

describe('a path', () => {
  it.each<[string, FieldPath]>([
    ['ssn', [{ kind: 'name', name: 'ssn' }]],
    [
      'customer.e-mail',
      [
        { kind: 'name', name: 'customer' },
        { kind: 'name', name: 'e-mail' },
      ],
    ],
    [
      'cards[*].number',
      [{ kind: 'name', name: 'cards' }, { kind: 'any-index' }, { kind: 'name', name: 'number' }],
    ],
    [
      '[0][12]',
      [
        { kind: 'index', index: 0 },
        { kind: 'index', index: 12 },
      ],
    ],
    ['*.**.주소', [{ kind: 'any-name' }, { kind: 'deep' }, { kind: 'name', name: '주소' }]],
    [
      '["a.b"]["c\\"]"].d',
      [
        { kind: 'name', name: 'a.b' },
        { kind: 'name', name: 'c"]' },
        { kind: 'name', name: 'd' },
      ],
    ],
  ])('can be %s', (text, path) => {
    expect(parseFieldPath(text)).toEqual(path);
  });

  it.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    'a[',
    'a[]',
    'a[x]',
    'a b',
    'a[0]b',
    'a*',
    '***',
    '[""',
    'a.[0]'.repeat(101),
  ])('cannot be %s', (text) => {
    expect(parseFieldPath(text)).toBeNull();
  });
});

describe('following paths', () => {
  /** What is hidden at the end of a way, by the path that says so. */
  const ruleAt = (paths: string[], ...way: (string | number)[]): string | null => {
    let state: PathState<string> | null = PathState.of(
      paths.map((path) => [parseFieldPath(path)!, path] as const),
    );
    for (const [index, step] of way.entries()) {
      if (state === null) return null;
      const { rule, inner }: Entered<string> =
        typeof step === 'string' ? state.field(step) : state.element(step);
      if (rule !== null) return index === way.length - 1 ? rule : `${rule} too early`;
      state = inner;
    }
    return null;
  };

  it('goes by names', () => {
    expect(ruleAt(['a.b'], 'a', 'b')).toBe('a.b');
    expect(ruleAt(['a.b'], 'a')).toBeNull();
    expect(ruleAt(['a.b'], 'b')).toBeNull();
    expect(ruleAt(['a.b'], 'x', 'a', 'b')).toBeNull();
    expect(ruleAt(['*.b'], 'anything', 'b')).toBe('*.b');
    expect(ruleAt(['*.b'], 'b')).toBeNull();
  });

  it('goes through lists as if they were not there', () => {
    expect(ruleAt(['items.sku'], 'items', 3, 'sku')).toBe('items.sku');
    expect(ruleAt(['items.sku'], 0, 'items', 3, 4, 'sku')).toBe('items.sku');
    expect(ruleAt(['*.sku'], 'items', 3, 'sku')).toBe('*.sku');
    expect(ruleAt(['items'], 'items')).toBe('items');
  });

  it('takes elements by their place', () => {
    expect(ruleAt(['items[*].sku'], 'items', 3, 'sku')).toBe('items[*].sku');
    expect(ruleAt(['items[*].sku'], 'items', 'sku')).toBeNull();
    expect(ruleAt(['items[1]'], 'items', 1)).toBe('items[1]');
    expect(ruleAt(['items[1]'], 'items', 0)).toBeNull();
    expect(ruleAt(['items[1].a'], 'items', 1, 'a')).toBe('items[1].a');
    expect(ruleAt(['items[1].a'], 'items', 2, 'a')).toBeNull();
  });

  it('goes any way down', () => {
    for (const way of [['ssn'], ['a', 'ssn'], ['a', 0, 'b', 'ssn'], [0, 'ssn']] as const)
      expect(ruleAt(['**.ssn'], ...way)).toBe('**.ssn');
    expect(ruleAt(['**.a.b'], 'a', 'a', 'b')).toBe('**.a.b');
    expect(ruleAt(['x.**.ssn'], 'x', 'ssn')).toBe('x.**.ssn');
    expect(ruleAt(['x.**.ssn'], 'y', 'ssn')).toBeNull();
    expect(ruleAt(['x.**'], 'x', 'y')).toBe('x.**');
    expect(ruleAt(['x.**'], 'x')).toBeNull();
    expect(ruleAt(['**.**.a'], 'a')).toBe('**.**.a');
  });

  it('lets the first of several rules decide', () => {
    expect(ruleAt(['**.b', 'a.b'], 'a', 'b')).toBe('**.b');
    expect(ruleAt(['a.b', '**.b'], 'a', 'b')).toBe('a.b');
    expect(ruleAt(['a.b', '**.b'], 'b')).toBe('**.b');
  });
});
