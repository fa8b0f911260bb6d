import { topicTest } from '../../lib/kafka/topic-pattern.ts';
import type { FieldPath } from './field-path.ts';

export type MaskedPart = 'key' | 'value' | 'headers';

/** What is hidden, and how, as the settings say it. Plain data, so that worker threads can be given it. */
export interface MaskingRule {
  /** Patterns in which `*` stands for any characters, or regular expressions between slashes. */
  readonly topics: readonly string[];
  readonly in: readonly MaskedPart[];
  /** Null: the whole key or value, all headers. */
  readonly fields: readonly FieldPath[] | null;
  readonly how: Hiding;
}

export type Hiding =
  | { readonly kind: 'remove' }
  | { readonly kind: 'replace'; readonly with: string }
  /** Equal values have equal hashes, and nobody can find out what they are by hashing guesses. */
  | { readonly kind: 'hash' };

/** The masking rules of a cluster. Never log it: it has the secret of the hashes. */
export interface MaskingRules {
  readonly rules: readonly MaskingRule[];
  /** Base64; of this installation, the same for all clusters. */
  readonly hashKey: string;
}

export const NO_MASKING: MaskingRules = { rules: [], hashKey: '' };

/** What is masked in one topic; at least one rule. Plain data. Never log it. */
export interface Masking {
  readonly rules: readonly MaskingRule[];
  readonly hashKey: string;
}

/** The rules for a topic, null where there are none. */
export function maskingFor({ rules, hashKey }: MaskingRules, topic: string): Masking | null {
  const own = rules.filter(({ topics }) => topics.some((pattern) => topicTest(pattern)(topic)));
  return own.length === 0 ? null : { rules: own, hashKey };
}

/**
 * Whether everything that is masked in one topic is also masked in another: only then may its messages be copied there as they
 * are, as nobody can read there what he could not read here.
 */
export function isCoveredBy(masking: Masking | null, other: Masking | null): boolean {
  if (masking === null) return true;
  const there = new Set(other?.rules.map(asText));
  return masking.rules.every((rule) => there.has(asText(rule)));
}

function asText({ in: parts, fields, how }: MaskingRule): string {
  return JSON.stringify([parts, fields, how]);
}
