import { describe, expect, it } from 'vitest';
import { partitionLag, totalLag } from './lag.ts';

describe('lag', () => {
  it('is the distance to the log end', () => {
    expect(partitionLag(40, 100)).toBe(60);
    expect(partitionLag(100, 100)).toBe(0);
    expect(partitionLag(0, 0)).toBe(0);
  });

  it('is never negative: the end may be older than the commit, or the log was truncated', () => {
    expect(partitionLag(105, 100)).toBe(0);
  });

  it('is unknown where an offset is', () => {
    expect(partitionLag(null, 100)).toBeNull();
    expect(partitionLag(5, null)).toBeNull();
    expect(partitionLag(-1, 100)).toBeNull();
    expect(partitionLag(5, -1)).toBeNull();
  });

  it('adds up, unless one is unknown', () => {
    expect(totalLag([1, 2, 3])).toBe(6);
    expect(totalLag([])).toBe(0);
    expect(totalLag([1, null])).toBeNull();
  });
});
