import { describe, expect, it } from 'vitest';
import { inByteUnit, shownPercent } from './quantity.ts';

describe('inByteUnit', () => {
  it('keeps bytes up to 1,023 and steps by 1,024', () => {
    expect(inByteUnit(0)).toEqual({ amount: 0, unit: 'B' });
    expect(inByteUnit(1023)).toEqual({ amount: 1023, unit: 'B' });
    expect(inByteUnit(1024)).toEqual({ amount: 1, unit: 'KiB' });
    expect(inByteUnit(1536 * 1024)).toEqual({ amount: 1.5, unit: 'MiB' });
  });

  it('never shows 1,024 of a unit', () => {
    expect(inByteUnit(1024 * 1024 - 1).unit).toBe('MiB');
  });

  it('stays in the largest unit it knows', () => {
    expect(inByteUnit(1024 ** 6).unit).toBe('PiB');
  });
});

describe('shownPercent', () => {
  it('shows 100 only when it is 100', () => {
    expect(shownPercent(99.999)).toBe(99.9);
    expect(shownPercent(100)).toBe(100);
  });

  it('shows 0 only when it is 0', () => {
    expect(shownPercent(0.0001)).toBe(0.1);
    expect(shownPercent(0)).toBe(0);
  });

  it('is not thrown off by binary fractions', () => {
    expect(shownPercent(33.3)).toBe(33.3);
    expect(shownPercent((1 / 3) * 100)).toBe(33.3);
  });
});
