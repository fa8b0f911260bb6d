import { describe, expect, it } from 'vitest';
import type { ConfigEntry } from '../../lib/contract/configs.ts';
import { isConfigValue } from './config-check.ts';
import { filterConfigs } from './config-editor.tsx';

describe('isConfigValue', () => {
  it('knows the ranges of Kafka’s integers, to the last', () => {
    expect(isConfigValue('long', '9223372036854775807')).toBe(true);
    expect(isConfigValue('long', '9223372036854775808')).toBe(false);
    expect(isConfigValue('int', '2147483648')).toBe(false);
    expect(isConfigValue('int', '-1')).toBe(true);
    expect(isConfigValue('short', '32768')).toBe(false);
    expect(isConfigValue('int', '1.5')).toBe(false);
    expect(isConfigValue('int', '')).toBe(false);
  });

  it('knows booleans, doubles and leaves texts free', () => {
    expect(isConfigValue('boolean', 'true')).toBe(true);
    expect(isConfigValue('boolean', 'yes')).toBe(false);
    expect(isConfigValue('double', '0.5')).toBe(true);
    expect(isConfigValue('double', 'half')).toBe(false);
    expect(isConfigValue('string', '')).toBe(true);
    expect(isConfigValue('list', 'compact,delete')).toBe(true);
  });
});

describe('filterConfigs', () => {
  const entry = (name: string, value: string, isOverridden = false): ConfigEntry => ({
    name,
    value,
    isOverridden,
    source: isOverridden ? 'dynamic-topic' : 'default',
    isSensitive: false,
    isReadOnly: false,
    type: 'string',
    documentation: null,
    synonyms: [],
  });
  const entries = [entry('b.ms', '1'), entry('c.bytes', '2', true), entry('a.policy', 'compact')];
  const names = (filter: string, onlyOverridden = false) =>
    filterConfigs(entries, { filter, onlyOverridden }).map(({ name }) => name);

  it('puts overridden ones first', () => {
    expect(names('')).toEqual(['c.bytes', 'a.policy', 'b.ms']);
  });

  it('looks into names and values, whatever the case', () => {
    expect(names('COMPACT')).toEqual(['a.policy']);
    expect(names(' .ms ')).toEqual(['b.ms']);
    expect(names('', true)).toEqual(['c.bytes']);
  });
});
