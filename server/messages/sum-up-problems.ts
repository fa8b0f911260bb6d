import type { PartialProblem } from '../../lib/contract/problem.ts';

/** So many of a kind are told one by one. */
const MOST_ALIKE = 3;
const MOST_NAMED = 20;

/** Problems of a kind as one when they are many: a broker that is down takes hundreds of partitions along. */
export function sumUpProblems(problems: readonly PartialProblem[]): PartialProblem[] {
  const kinds = new Map<string, PartialProblem[]>();
  const seen = new Set<string>();
  for (const problem of problems) {
    // The same batch may have been met twice: on the way back through the log, and again forward.
    const text = `${problem.subject} ${problem.detail}`;
    if (seen.has(text)) continue;
    seen.add(text);
    const kind = `${problem.code} ${problem.action ?? ''}`;
    const alike = kinds.get(kind);
    if (alike) alike.push(problem);
    else kinds.set(kind, [problem]);
  }
  return [...kinds.values()].flatMap((alike) => (alike.length > MOST_ALIKE ? [asOne(alike)] : alike));
}

function asOne(alike: readonly PartialProblem[]): PartialProblem {
  const subjects = [...new Set(alike.map(({ subject }) => subject))];
  const named = subjects.slice(0, MOST_NAMED).join(', ');
  const more = subjects.length > MOST_NAMED ? ` and ${subjects.length - MOST_NAMED} more` : '';
  const details = [...new Set(alike.map(({ detail }) => detail))];
  const others = details.length > 1 ? `; and ${details.length - 1} more like this` : '';
  return { ...alike[0]!, subject: named + more, detail: details[0]! + others };
}
