import type { ConfigEntry, ConfigSource } from '../../lib/contract/configs.ts';
import { type Sentence, spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { PlanChange } from './plan-of.ts';

/** What applies when an own value is gone: synonyms stand in order of precedence (KIP-226). */
export function inheritedValue({ synonyms }: ConfigEntry, own: ConfigSource): string | null {
  return synonyms.find(({ source }) => source !== own)?.value ?? null;
}

/** A config's value before and after; nothing where the own value already is as asked. `null` unsets. */
export function configChange(
  resource: { name: Sentence; own: ConfigSource },
  key: string,
  value: string | null,
  entry: ConfigEntry | undefined,
): PlanChange[] {
  const subject = say('plan.config', { resource: resource.name, config: key });
  if (!entry) return [{ subject, before: null, after: value === null ? null : spoken(value) }];
  const isOwn = entry.source === resource.own;
  if (isOwn ? entry.value === value : value === null) return [];
  return [
    {
      subject,
      before: sayValue(entry.value, isOwn),
      after: value === null ? sayValue(inheritedValue(entry, resource.own), false) : spoken(value),
    },
  ];
}

function sayValue(value: string | null, isSet: boolean): Sentence | null {
  if (value === null) return null;
  return isSet ? spoken(value) : say('plan.inherited', { value });
}
