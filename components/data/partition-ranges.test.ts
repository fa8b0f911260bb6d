import { describe, expect, it } from 'vitest';
import { partitionRanges } from './partition-ranges.ts';

describe('partitionRanges', () => {
  it('shortens runs of three and more', () => {
    expect(partitionRanges([0, 1, 2, 3, 7, 9, 10])).toBe('0–3, 7, 9, 10');
    expect(partitionRanges([5])).toBe('5');
    expect(partitionRanges([])).toBe('');
  });

  it('minds no order', () => {
    expect(partitionRanges([2, 0, 1])).toBe('0–2');
  });
});
