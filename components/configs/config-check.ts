import type { ConfigEntry } from '../../lib/contract/configs.ts';

const RANGES: Partial<Record<ConfigEntry['type'], [bigint, bigint]>> = {
  short: [-32768n, 32767n],
  int: [-2147483648n, 2147483647n],
  long: [-9223372036854775808n, 9223372036854775807n],
};

/** Whether a text can be a value of a config's type. Which values make sense only Kafka knows: the plan asks it. */
export function isConfigValue(type: ConfigEntry['type'], text: string): boolean {
  const value = text.trim();
  const range = RANGES[type];
  if (range) return /^-?\d{1,19}$/.test(value) && BigInt(value) >= range[0] && BigInt(value) <= range[1];
  if (type === 'boolean') return value === 'true' || value === 'false';
  if (type === 'double') return value !== '' && Number.isFinite(Number(value));
  return true;
}
