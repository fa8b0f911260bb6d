import type { Plan } from '../../lib/contract/plans.ts';

export type PlanWarning = Plan['warnings'][number];
export type PlanChange = Plan['changes'][number];

/** A plan with what it consists of; what is left out is empty. */
export function planOf(operation: string, parts: Partial<Omit<Plan, 'operation'>>): Plan {
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
      detail: warning.subject ? `${warning.subject}: ${warning.detail}` : warning.detail,
    }));
    if (named.length <= MOST_ALIKE) return named;
    const first = named[0]!;
    return [{ code: first.code, detail: `${first.detail} (and ${named.length - 1} more alike)` }];
  });
}
