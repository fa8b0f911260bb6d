'use client';

import { useEffect, useRef, useState } from 'react';
import { send } from '../../../../lib/contract/client.ts';
import { Failure } from '../../../../lib/contract/failure.ts';
import type { Message } from '../../../../lib/contract/messages.ts';
import { onPage } from '../../../../lib/i18n/page-sentences.ts';
import { failureFrom } from '../../../data/use-endpoint.ts';
import { DETAIL_BYTES } from '../use-single-message.ts';
import { queryOfPrevious, readPrevious } from './previous-of-key.ts';

export type PreviousState =
  | { kind: 'idle' }
  | { kind: 'searching'; scanned: number }
  | { kind: 'found'; message: Message }
  | { kind: 'none' }
  | { kind: 'failed'; failure: Failure };

export interface Previous {
  state: PreviousState;
  start: () => void;
  stop: () => void;
}

/** Looks for the message before this one with the same key, when it is told to. */
export function usePrevious(cluster: string, topic: string, message: Message): Previous {
  const [state, setState] = useState<PreviousState>({ kind: 'idle' });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function search(signal: AbortSignal): Promise<void> {
    const query = queryOfPrevious(message);
    if (!query) return setState({ kind: 'none' });
    const { body } = await send(
      'readMessages',
      { params: { cluster, topic }, query: { ...query, maxBytes: DETAIL_BYTES } },
      { signal },
    );
    if (!body) throw new Failure('internal', onPage('noStream'));
    const found = await readPrevious(body, (scanned) => {
      if (!signal.aborted) setState({ kind: 'searching', scanned });
    });
    if (!signal.aborted) setState(found ? { kind: 'found', message: found } : { kind: 'none' });
  }

  return {
    state,
    start: () => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setState({ kind: 'searching', scanned: 0 });
      search(controller.signal).catch((error: unknown) => {
        const failure = failureFrom(error);
        if (!controller.signal.aborted && failure) setState({ kind: 'failed', failure });
      });
    },
    stop: () => {
      running.current?.abort();
      setState({ kind: 'idle' });
    },
  };
}
