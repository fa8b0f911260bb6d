import { z } from 'zod';
import { topicTest } from '../../lib/kafka/topic-pattern.ts';
import { type FieldPath, parseFieldPath } from '../masking/field-path.ts';
import type { Hiding, MaskedPart, MaskingRule } from '../masking/masking-rules.ts';

const TOPICS = 'a pattern of topic names, e.g. shop.*, or a regular expression between slashes';
const FIELDS = 'paths of fields, e.g. customer.email, cards[*].number, **.ssn';
const PARTS = 'key, value, headers or all';
const RULE =
  'a group with topics, and fields, in, how where it is not the whole value that is to be replaced';

/** One, or a list of them. */
export function oneOrMore<Item extends z.ZodType>(item: Item, needs: string) {
  return z.preprocess(
    (value) => (Array.isArray(value) ? value : [value]),
    z.array(item, needs).min(1, needs),
  );
}

/** Topics by a pattern. */
export const topicsPattern = z.string(TOPICS).min(1, TOPICS).refine(isTopicTest, TOPICS);
const fields = z.string(FIELDS).transform((text, context): FieldPath => {
  const path = parseFieldPath(text.trim());
  if (path !== null) return path;
  context.addIssue({ code: 'custom', message: FIELDS, input: text });
  return z.NEVER;
});

const ruleGroup = z.strictObject(
  {
    topics: oneOrMore(topicsPattern, TOPICS),
    in: oneOrMore(z.enum(['key', 'value', 'headers', 'all'], PARTS), PARTS).default(['value']),
    fields: oneOrMore(fields, FIELDS).optional(),
    how: z.enum(['remove', 'replace', 'hash'], 'remove, replace or hash').default('replace'),
    with: z.string('a text to put in the place of what is hidden').optional(),
  },
  RULE,
);

/** Rules of what is hidden in messages, as `kafdeck.yaml` has them. */
export const maskingSettings = z
  .array(
    ruleGroup
      .superRefine(({ how, with: text }, { addIssue }) => {
        if (text === undefined || how === 'replace') return;
        const message = 'how: replace beside it, or nothing at all';
        addIssue({ code: 'custom', path: ['with'], input: text, message });
      })
      .transform(ruleOf),
    'a list of masking rules',
  )
  .default([]);

/** Keys that a rule may have. */
export const MASKING_KEYS = Object.keys(ruleGroup.shape);

function ruleOf(given: z.output<typeof ruleGroup>): MaskingRule {
  return {
    topics: given.topics,
    in: given.in.includes('all') ? ['key', 'value', 'headers'] : (given.in as MaskedPart[]),
    fields: given.fields ?? null,
    how: hidingOf(given),
  };
}

function hidingOf({ how, with: text = '***' }: z.output<typeof ruleGroup>): Hiding {
  return how === 'replace' ? { kind: how, with: text } : { kind: how };
}

function isTopicTest(pattern: string): boolean {
  try {
    topicTest(pattern);
    return true;
  } catch {
    return false;
  }
}
