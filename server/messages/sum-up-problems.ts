import type { Sentence } from '../../lib/contract/sentence.ts';
import { joined, say } from '../../lib/i18n/sentences/sentence.ts';
import type { MissingPart } from '../snapshot/read-problem.ts';

/** So many of a kind are told one by one. */
const MOST_ALIKE = 3;
const MOST_NAMED = 20;

/** Problems of a kind as one when they are many: a broker that is down takes hundreds of partitions along. */
export function sumUpProblems(problems: readonly MissingPart[]): MissingPart[] {
  const kinds = new Map<string, MissingPart[]>();
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

function asOne(alike: readonly MissingPart[]): MissingPart {
  const subjects = different(alike.map(({ subject }) => subject));
  const details = different(alike.map(({ detail }) => detail));
  const named = joined(subjects.slice(0, MOST_NAMED), ', ');
  const count = subjects.length - MOST_NAMED;
  return {
    ...alike[0]!,
    subject: count > 0 ? say('part.manyMore', { named, count }) : named,
    detail:
      details.length > 1
        ? say('part.othersAlike', { detail: details[0]!, count: details.length - 1 })
        : details[0]!,
  };
}

/** Those that say something else than the ones before. */
function different(sentences: readonly Sentence[]): Sentence[] {
  const known = new Map<string, Sentence>();
  for (const sentence of sentences) if (!known.has(`${sentence}`)) known.set(`${sentence}`, sentence);
  return [...known.values()];
}
