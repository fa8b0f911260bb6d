import type { z } from 'zod';
import { kindOf, nearestKey } from './setting-error.ts';
import { knownKeys } from './settings.ts';

/**
 * One line for a setting that does not fit: where it was set, its key, what sort of value is there and what is needed.
 *
 * @param issues at least one, with their inputs reported
 * @param names for keys from the environment or flags, the name of the variable or flag
 * @param file path of the settings file
 */
export function explain(issues: z.core.$ZodIssue[], names: Record<string, string>, file: string): string {
  // A mistyped key also makes the right one missing: the cause is told, not the consequence.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  const key = keyPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys[0]!;
    const known = knownKeys(issue.path);
    const near = nearestKey(unknown, known);
    const path = key === '' ? unknown : `${key}.${unknown}`;
    return `${file}: ${path}: is not a setting; ${near ? `did you mean ${near}?` : `known are ${known.join(', ')}`}`;
  }
  const name = names[String(issue.path[0])];
  const where = name ?? (key === '' ? file : `${file}: ${key}`);
  const input = issue.code === 'invalid_union' && issue.discriminator ? discriminatorOf(issue) : issue.input;
  return `${where}: ${kindOf(input)} was given; needs ${issue.message}`;
}

function discriminatorOf(issue: z.core.$ZodIssueInvalidUnion): unknown {
  const { input, discriminator } = issue;
  return typeof input === 'object' && input !== null
    ? (input as Record<string, unknown>)[discriminator!]
    : input;
}

/** `clusters[0].sasl.mechanism` */
function keyPath(path: PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}
