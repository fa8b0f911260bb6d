import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountField,
  amountValue,
  configUnit,
  joinAmount,
  readableAmount,
  splitAmount,
} from './config-units.ts';

describe('config units', () => {
  it('knows durations and sizes by their names', () => {
    expect(configUnit('retention.ms')).toBe('duration');
    expect(configUnit('max.message.bytes')).toBe('size');
    expect(configUnit('cleanup.policy')).toBeNull();
    expect(configUnit('flush.messages')).toBeNull();
  });

  it('splits into the largest unit that divides the value', () => {
    expect(splitAmount('duration', '604800000')).toEqual({ amount: '7', unit: 'd' });
    expect(splitAmount('duration', '90000')).toEqual({ amount: '90', unit: 's' });
    expect(splitAmount('size', '1048588')).toEqual({ amount: '1048588', unit: 'B' });
    expect(splitAmount('duration', '0')).toEqual({ amount: '0', unit: 'ms' });
    expect(splitAmount('duration', '-1')).toBeNull();
  });

  it('joins what it has split, exactly, up to 64 bits', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 9223372036854775807n }),
        fc.constantFrom('duration', 'size'),
        (n, kind) => {
          const split = splitAmount(kind, String(n));
          expect(split && joinAmount(kind, split.amount, split.unit)).toBe(String(n));
        },
      ),
    );
  });

  it('takes decimals that come out whole and refuses the rest', () => {
    expect(joinAmount('duration', '1.5', 'd')).toBe('129600000');
    expect(joinAmount('duration', '0.0001', 'ms')).toBeNull();
    expect(joinAmount('duration', '-3', 'd')).toBeNull();
    expect(joinAmount('duration', '', 'd')).toBeNull();
    expect(joinAmount('duration', '7d', 'd')).toBeNull();
    expect(joinAmount('size', '9223372036854775807', 'GiB')).toBeNull();
  });

  it('says values as a person would', () => {
    expect(readableAmount('retention.ms', '604800000')).toEqual({ amount: '7', unit: 'd' });
    expect(readableAmount('max.message.bytes', '1048588')).toEqual({ amount: '1', unit: 'MiB' });
    expect(readableAmount('retention.bytes', '-1')).toBe('unlimited');
    expect(readableAmount('flush.ms', '9223372036854775807')).toBe('unlimited');
    expect(readableAmount('segment.jitter.ms', '0')).toBeNull();
    expect(readableAmount('cleanup.policy', 'delete')).toBeNull();
  });

  it('turns values into amounts and back', () => {
    for (const value of ['604800000', '0', '-1', '1500']) {
      expect(amountValue('duration', amountField('duration', value))).toBe(value);
    }
    expect(amountValue('size', amountField('size', ''))).toBeUndefined();
    expect(amountValue('size', { amount: 'x', unit: 'MiB', isUnlimited: false })).toBeNull();
  });
});
