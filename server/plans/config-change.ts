import type { ConfigEntry, ConfigSource } from '../../lib/contract/configs.ts';
import type { PlanChange } from './plan-of.ts';

/** What applies when an own value is gone: synonyms stand in order of precedence (KIP-226). */
export function inheritedValue({ synonyms }: ConfigEntry, own: ConfigSource): string | null {
  return synonyms.find(({ source }) => source !== own)?.value ?? null;
}

/** A config's value before and after; nothing where the own value already is as asked. `null` unsets. */
export function configChange(
  resource: { name: string; own: ConfigSource },
  key: string,
  value: string | null,
  entry: ConfigEntry | undefined,
): PlanChange[] {
  const subject = `${resource.name}: ${key}`;
  if (!entry) return [{ subject, before: null, after: value }];
  const isOwn = entry.source === resource.own;
  if (isOwn ? entry.value === value : value === null) return [];
  const say = (text: string | null, isSet: boolean): string | null =>
    text === null || isSet ? text : `${text} (inherited)`;
  return [
    {
      subject,
      before: say(entry.value, isOwn),
      after: value === null ? say(inheritedValue(entry, resource.own), false) : value,
    },
  ];
}
