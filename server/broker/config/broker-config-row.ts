import type { ConfigCheck, ConfigDefinition, ConfigType, UpdateMode } from './definition.ts';

/** A line of the tables of broker configs. */
export type BrokerConfigRow = readonly [
  name: string,
  type: ConfigType,
  defaultValue: string | null,
  updateMode: UpdateMode,
  check: ConfigCheck | null,
  documentation: string,
];

export function brokerConfigOfRow(row: BrokerConfigRow): ConfigDefinition {
  const [name, type, defaultValue, updateMode, check, documentation] = row;
  return { name, type, defaultValue, updateMode, check, documentation };
}
