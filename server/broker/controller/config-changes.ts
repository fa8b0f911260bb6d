import { ERROR } from '../../protocol/errors.ts';
import type { ConfigResource, ConfigRules } from './config-rules.ts';
import { type Outcome, refused } from './outcome.ts';
import type { ConfigChange } from './requests.ts';

/** New values by config, null for those that are removed. */
export type ConfigValues = Map<string, string | null>;

/** Works out incremental changes (KIP-339) against what is set now. */
export function changedConfigs(
  resource: ConfigResource,
  current: ReadonlyMap<string, string>,
  changes: readonly ConfigChange[],
  rules: ConfigRules,
): ConfigValues | Outcome {
  const values: ConfigValues = new Map();
  for (const { name, operation, value } of changes) {
    if (values.has(name)) {
      return refused(ERROR.INVALID_REQUEST, `Error due to duplicate config keys: ${name}`);
    }
    if (operation === 'delete') {
      values.set(name, null);
      continue;
    }
    if (value === null) return refused(ERROR.INVALID_REQUEST, `Null value not supported for : ${name}`);
    let next = value;
    if (operation !== 'set') {
      if (!rules.isList(resource, name)) {
        return refused(
          ERROR.INVALID_CONFIG,
          `Config value ${operation} is not allowed for config key: ${name}`,
        );
      }
      const list = splitList(current.get(name) ?? rules.inherited(resource, name) ?? '');
      next = editList(list, operation, splitList(value)).join(',');
    }
    const problem = rules.problemWith(resource, name, next);
    if (problem !== null) return refused(ERROR.INVALID_CONFIG, problem);
    values.set(name, next);
  }
  return values;
}

/** Works out a full replacement: what is not named is removed. A null value removes too. */
export function replacedConfigs(
  resource: ConfigResource,
  current: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string | null>,
  rules: ConfigRules,
): ConfigValues | Outcome {
  const values: ConfigValues = new Map();
  for (const name of current.keys()) values.set(name, null);
  for (const [name, value] of wanted) {
    const problem = value === null ? null : rules.problemWith(resource, name, value);
    if (problem !== null) return refused(ERROR.INVALID_CONFIG, problem);
    values.set(name, value);
  }
  return values;
}

function editList(
  list: readonly string[],
  operation: 'append' | 'subtract',
  items: readonly string[],
): string[] {
  if (operation === 'subtract') return list.filter((item) => !items.includes(item));
  return [...list, ...items.filter((item) => !list.includes(item))];
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
