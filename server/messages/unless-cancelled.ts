import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

/** What the work gives. Throws `cancelled` when the signal fires first; whatever becomes of the work then is dropped. */
export function unlessCancelled<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new Failure('cancelled', say('read.cancelled')));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
