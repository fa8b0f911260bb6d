import { describe, expect, it } from 'vitest';
import { columnsOf, moveColumn } from './columns.ts';

describe('columnsOf', () => {
  it('begins with the same ones, and with the topic where there are several', () => {
    expect(columnsOf(null, false)).toEqual(['time', 'partition', 'offset', 'key', 'value']);
    expect(columnsOf(null, true)[0]).toBe('topic');
  });

  it('has what the address asks for, once each and without what means nothing', () => {
    expect(columnsOf(['value.a', 'offset', 'value.a', 'nonsense', 'value.'], false)).toEqual([
      'value.a',
      'offset',
    ]);
    expect(columnsOf(['nonsense'], false)).toEqual(columnsOf(null, false));
  });
});

describe('moveColumn', () => {
  it('moves one, as far as there are places', () => {
    expect(moveColumn(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(moveColumn(['a', 'b', 'c'], 'c', -2)).toEqual(['c', 'a', 'b']);
    expect(moveColumn(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(moveColumn(['a', 'b', 'c'], 'a', 9)).toEqual(['b', 'c', 'a']);
    expect(moveColumn(['a', 'b'], 'x', 1)).toEqual(['a', 'b']);
  });
});
