import type { z } from 'zod';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { en } from '../../lib/i18n/sentences/en.ts';
import { type SentenceKey, say } from '../../lib/i18n/sentences/sentence.ts';

type Issue = z.core.$ZodIssue;
type RuleKey = Extract<SentenceKey, `rule.${string}`>;

/** The contract's own rules say in English what they ask for; by that they are found in the catalogues. */
const rules = new Map(
  (Object.entries(en) as [SentenceKey, string][])
    .filter((entry): entry is [RuleKey, string] => entry[0].startsWith('rule.'))
    .map(([key, text]) => [text, key]),
);

/** What is wrong with a field, of what zod found. */
export function issueSentence(issue: Issue): Sentence {
  const rule = rules.get(issue.message);
  if (rule) return say(rule);
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? say('field.missing') : say('field.type', { type: typeOf(issue) });
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_value': {
      const choices = issue.values.map(String).join(', ');
      return issue.input === undefined ? say('field.missing') : say('field.oneOf', { choices });
    }
    case 'invalid_union':
      return invalidUnion(issue);
    case 'invalid_format':
      return say(issue.format === 'datetime' ? 'field.time' : 'field.malformed');
    default:
      return say('field.malformed');
  }
}

const TYPES: Partial<Record<string, SentenceKey & `field.type.${string}`>> = {
  string: 'field.type.string',
  number: 'field.type.number',
  int: 'field.type.int',
  boolean: 'field.type.boolean',
  array: 'field.type.array',
  object: 'field.type.object',
  record: 'field.type.object',
};

function typeOf({ expected }: z.core.$ZodIssueInvalidType): Sentence | string {
  const key = TYPES[expected];
  return key ? say(key) : expected;
}

function tooSmall({ origin, minimum: limit }: z.core.$ZodIssueTooSmall): Sentence {
  if (origin === 'string') return say('field.shortest', { limit });
  return origin === 'array' ? say('field.fewest', { limit }) : say('field.least', { limit });
}

function tooBig({ origin, maximum: limit }: z.core.$ZodIssueTooBig): Sentence {
  if (origin === 'string') return say('field.longest', { limit });
  return origin === 'array' ? say('field.mostItems', { limit }) : say('field.most', { limit });
}

/** A union that is told apart by one of its fields tells of that field; of any other the first choice is told. */
function invalidUnion(issue: z.core.$ZodIssueInvalidUnion): Sentence {
  const [first] = issue.errors.flat();
  return first ? issueSentence(first) : say('field.malformed');
}
