import { randomUUID } from 'node:crypto';
import { Failure } from '../../../lib/contract/failure.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { lasting } from '../../lasting.ts';

/** Sendings that are under way in this console, by id. Cancelled by it they still tell how far they came. */
function running(): Map<string, AbortController> {
  return lasting('sendings', () => new Map());
}

export interface RunningSending {
  readonly id: string;
  /** Fires when somebody cancels it. */
  readonly signal: AbortSignal;
  /** It is over. */
  forget(): void;
}

export function rememberSending(): RunningSending {
  const id = randomUUID();
  const stop = new AbortController();
  running().set(id, stop);
  return { id, signal: stop.signal, forget: () => running().delete(id) };
}

/** Throws `not_found` for one that there is not, or not any more. */
export function cancelSending(id: string): { ok: true } {
  const stop = running().get(id);
  if (!stop) throw new Failure('not_found', say('send.unknown'), { action: say('send.unknown.do') });
  stop.abort();
  return { ok: true };
}
