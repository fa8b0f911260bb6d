import { Failure } from '../../lib/contract/failure.ts';
import { joined, say } from '../../lib/i18n/sentences/sentence.ts';
import type { BrokerConnections } from './broker-connections.ts';

/** A second broker is asked the same when the first has not answered for this long. */
const HEDGE_AFTER_MS = 1000;
const ELSEWHERE: ReadonlySet<string> = new Set(['broker_unreachable', 'broker_timeout', 'unavailable']);

export interface Turn<Answer> {
  readonly candidates: readonly BrokerConnections[];
  readonly ask: (candidate: BrokerConnections) => Promise<Answer>;
  /** Also ask the next one while one is slow: only for what may be asked twice. */
  readonly hedge: boolean;
  /** True for a failure after which no other broker may be asked. */
  readonly isFinal: (failure: Failure) => boolean;
  /** Told who gave the answer. */
  readonly onAnswer: (candidate: BrokerConnections) => void;
}

/**
 * Asks one broker after the other until one answers: the next one when one cannot be reached, and with `hedge` also when
 * one is slow. Throws the Failure of all when none answers, and what a broker refuses at once.
 */
export function askInTurn<Answer>({
  candidates,
  ask,
  hedge,
  isFinal,
  onAnswer,
}: Turn<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const failures: Failure[] = [];
    let next = 0;
    let underWay = 0;
    let isDone = false;
    let timer: NodeJS.Timeout | undefined;
    const finish = (): void => {
      isDone = true;
      clearTimeout(timer);
    };
    const askNext = (): void => {
      clearTimeout(timer);
      const candidate = candidates[next++];
      if (isDone || !candidate) return;
      underWay += 1;
      if (hedge && next < candidates.length) {
        timer = setTimeout(() => {
          candidate.noteSlow();
          askNext();
        }, HEDGE_AFTER_MS);
      }
      ask(candidate).then(
        (answer) => {
          // One that answers after another has is no better way in.
          if (isDone) return;
          finish();
          onAnswer(candidate);
          resolve(answer);
        },
        (error: unknown) => {
          underWay -= 1;
          if (!(error instanceof Failure) || !ELSEWHERE.has(error.code) || isFinal(error)) {
            finish();
            reject(error);
            return;
          }
          failures.push(error);
          if (next < candidates.length) askNext();
          else if (underWay === 0) reject(noneAnswered(failures));
        },
      );
    };
    askNext();
  });
}

function noneAnswered(failures: readonly Failure[]): Failure {
  const [first] = failures;
  if (!first || failures.length === 1)
    return first ?? new Failure('broker_unreachable', say('link.noBroker'));
  const different = [...new Map(failures.map(({ message, said }) => [message, said.detail])).values()];
  const reasons = joined(different.slice(0, 3), '; ');
  return new Failure('broker_unreachable', say('link.noneReachable', { reasons }), {
    action: first.said.action,
  });
}
