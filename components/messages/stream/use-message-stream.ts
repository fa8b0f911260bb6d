'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { send } from '../../../lib/contract/client.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';
import type { FeedSnapshot } from './message-feed.ts';
import { MessageFeed } from './message-feed.ts';

/** What to read; the contract's query, with `follow` as the URL writes it. */
export interface StreamRequest {
  cluster: string;
  topic: string;
  partition?: number;
  from: string;
  limit: number;
  follow: boolean;
  /** Bytes of keys and values wanted; longer ones come cut. */
  maxBytes: number;
}

export interface MessageStream extends FeedSnapshot {
  /** Reads the request again from its start. */
  restart: () => void;
  /** Reads on where reading ended, adding to what is there; from the start when nothing was read. */
  goOn: () => void;
  stop: () => void;
  pause: () => void;
  resume: () => void;
}

/** Milliseconds after which a live reading that was cut off goes on by itself. */
const RECONNECT_AFTER = 2000;

function opener({ cluster, topic, partition, from, limit, follow, maxBytes }: StreamRequest) {
  return async (signal: AbortSignal): Promise<ReadableStream<Uint8Array>> => {
    const response = await send(
      'readMessages',
      {
        params: { cluster, topic },
        query: { partition, from, limit, follow: follow ? 'true' : 'false', maxBytes },
      },
      { signal },
    );
    if (response.body) return response.body;
    throw new Failure('internal', onPage('noStream'));
  };
}

/** The `from` that starts every partition where another reading ended. */
function fromPositions(nextFrom: Record<string, number>): string {
  return `offsets:${Object.entries(nextFrom)
    .map(([partition, offset]) => `${partition}=${offset}`)
    .join(',')}`;
}

/** Reads messages while the component lives; begins anew whenever the request changes. */
export function useMessageStream(request: StreamRequest): MessageStream {
  const [feed] = useState(() => new MessageFeed());
  const snapshot = useSyncExternalStore(feed.subscribe, feed.getSnapshot, feed.getSnapshot);
  const { cluster, topic, partition, from, limit, follow, maxBytes } = request;

  const stable = useMemo(
    () => ({ cluster, topic, partition, from, limit, follow, maxBytes }),
    [cluster, topic, partition, from, limit, follow, maxBytes],
  );

  useEffect(() => {
    feed.start(opener(stable));
    return () => feed.reset();
  }, [feed, stable]);

  const controls = useMemo(
    () => ({
      restart: () => feed.start(opener(stable)),
      goOn: () => {
        const nextFrom = feed.nextFrom();
        if (Object.keys(nextFrom).length === 0) return feed.start(opener(stable));
        const rest = { ...stable, partition: undefined, from: fromPositions(nextFrom) };
        feed.start(opener(rest), { keep: true });
      },
      stop: () => feed.stop(),
      pause: () => feed.pause(),
      resume: () => feed.resume(),
    }),
    [feed, stable],
  );

  const { goOn } = controls;
  const isCutOff = follow && snapshot.state === 'failed' && snapshot.failure?.code === 'unavailable';
  useEffect(() => {
    if (!isCutOff) return;
    const timer = setTimeout(goOn, RECONNECT_AFTER);
    return () => clearTimeout(timer);
  }, [isCutOff, goOn]);

  return { ...snapshot, ...controls };
}
