import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** `late`: it was not done in time and was ended. */
export type End = 'ok' | 'failed' | 'late';

/**
 * Runs a command to its end, or for `limitMs` at most: then it is ended with every process it has started. A test that
 * stands still, or a worker whose event loop does, must not hold up those after it. It has
 * `graceMs` to put away itself what it started, such as a browser.
 */
export async function runWithin(
  [program, ...args]: string[],
  limitMs: number,
  { graceMs = 10_000, ...options }: { cwd?: string; env?: NodeJS.ProcessEnv; graceMs?: number } = {},
): Promise<End> {
  // A group of its own, so that all of it can be signalled. It gets no signal of the terminal's then.
  const child = spawn(program!, args, {
    ...options,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const exited = new Promise<End>((settle) => {
    child.once('error', (error) => {
      console.error(error.message);
      settle('failed');
    });
    child.once('exit', (code, signal) => {
      if (signal) console.error(`${program} was ended by ${signal}`);
      settle(code === 0 ? 'ok' : 'failed');
    });
  });
  const stopPassingOn = passOnSignals(child);
  const timer = new AbortController();
  try {
    const late = delay(limitMs, 'late' as const, { signal: timer.signal }).catch(() => 'late' as const);
    const end = await Promise.race([exited, late]);
    if (end !== 'late') return end;
    signalGroup(child, 'SIGTERM');
    await Promise.race([exited, delay(graceMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
    return 'late';
  } finally {
    timer.abort();
    stopPassingOn();
    // Also after a good end: what is left of the group has lost who would end it.
    signalGroup(child, 'SIGKILL');
  }
}

/** Ends the group, and this process, when this process is asked to end. */
function passOnSignals(child: ChildProcess): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const passOn = (signal: NodeJS.Signals) => {
    stop();
    signalGroup(child, 'SIGTERM');
    process.kill(process.pid, signal);
  };
  const stop = () => {
    for (const signal of signals) process.off(signal, passOn);
  };
  for (const signal of signals) process.on(signal, passOn);
  return stop;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nothing is left of it.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
