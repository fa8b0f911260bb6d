import type { Plan } from '../../lib/contract/plans.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

export type PlanWarning = Unspoken<Plan>['warnings'][number];
export type PlanChange = Unspoken<Plan>['changes'][number];

/** A plan with what it consists of; what is left out is empty. */
export function planOf(operation: string, parts: Partial<Omit<Unspoken<Plan>, 'operation'>>): Unspoken<Plan> {
  return {
    operation,
    changes: [],
    warnings: [],
    commands: [],
    files: [],
    moves: [],
    bytesToMove: null,
    brokers: [],
    ...parts,
  };
}

/** Warnings of one code that come more often than this are told once, with how many there are. */
const MOST_ALIKE = 3;

/** Keeps thousands of warnings of the same kind from hiding the others. */
export function summarised(warnings: readonly PlanWarning[]): PlanWarning[] {
  return [...Map.groupBy(warnings, ({ code }) => code).values()].flatMap((alike) => {
    const named = alike.map((warning) => ({
      ...warning,
      detail: warning.subject
        ? say('about', { subject: warning.subject, reason: warning.detail })
        : warning.detail,
    }));
    if (named.length <= MOST_ALIKE) return named;
    const first = named[0]!;
    const detail = say('warn.manyAlike', { detail: first.detail, count: named.length - 1 });
    return [{ code: first.code, detail }];
  });
}
