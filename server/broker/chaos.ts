import type { Cluster } from './cluster.ts';
import type { Log } from './net/log.ts';

/** Something that is to go wrong, from some time after the start until another. */
export interface ChaosStep {
  readonly fault: 'slow-follower' | 'partition' | 'stop' | 'kill';
  readonly broker: number;
  /** Milliseconds before each fetch; only of a slow follower. */
  readonly delayMs: number;
  /** Seconds after the start. */
  readonly from: number;
  /** Seconds after the start; null: it stays so. */
  readonly to: number | null;
}

const STEP = /^(slow-follower|partition|stop|kill)=(\d)(?::(\d+))?(?:@(\d+)(?:-(\d+))?)?$/;

export const CHAOS_USAGE = `  --chaos <what=broker>   something to go wrong; may be repeated. slow-follower=2:500 (milliseconds before each fetch),
                          partition=3, stop=2, kill=2; @10 begins 10 seconds after the start, @10-40 ends after 40`;

/** Reads `partition=3@10-40`. Null when it can't be read. */
export function readChaosStep(text: string): ChaosStep | null {
  const match = STEP.exec(text.trim());
  if (match === null) return null;
  const [, fault, broker, delayMs, from = '0', to] = match;
  if ((fault === 'slow-follower') !== (delayMs !== undefined)) return null;
  if (to !== undefined && Number(to) <= Number(from)) return null;
  return {
    fault: fault as ChaosStep['fault'],
    broker: Number(broker),
    delayMs: Number(delayMs ?? 0),
    from: Number(from),
    to: to === undefined ? null : Number(to),
  };
}

/** Lets the steps happen when their time comes. */
export function scheduleChaos(cluster: Cluster, steps: readonly ChaosStep[], log: Log): void {
  const at = (seconds: number, what: string, act: () => unknown) => {
    setTimeout(async () => {
      log.info(`chaos: ${what}`);
      try {
        await act();
      } catch (error) {
        log.error(`chaos: ${what}`, error);
      }
    }, seconds * 1000).unref();
  };
  for (const step of steps) {
    const { begin, end } = actionsOf(cluster, step);
    at(step.from, `${step.fault} broker ${step.broker}`, begin);
    if (step.to !== null) at(step.to, `${step.fault} broker ${step.broker} ends`, end);
  }
}

function actionsOf(cluster: Cluster, { fault, broker, delayMs }: ChaosStep) {
  switch (fault) {
    case 'slow-follower':
      return {
        begin: () => cluster.slowDown(broker, delayMs),
        end: () => cluster.slowDown(broker, 0),
      };
    case 'partition':
      return { begin: () => cluster.cutOff(broker), end: () => cluster.mend(broker) };
    case 'stop':
    case 'kill':
      return {
        begin: () => cluster.stopBroker(broker, fault === 'stop' ? 'controlled' : 'hard'),
        end: () => cluster.startBroker(broker),
      };
  }
}
