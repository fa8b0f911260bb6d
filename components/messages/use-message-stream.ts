'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { send } from '../../lib/contract/client.ts';
import { Failure } from '../../lib/contract/failure.ts';
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
  /** Reads on from the positions, adding to what is there. */
  goOn: (nextFrom: Record<string, number>) => void;
  stop: () => void;
  pause: () => void;
  resume: () => void;
}

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
    throw new Failure('internal', 'The console answered without a stream');
  };
}

/** The `from` that starts every partition where another reading ended. */
export function fromPositions(nextFrom: Record<string, number>): string {
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
      goOn: (nextFrom: Record<string, number>) =>
        feed.start(opener({ ...stable, partition: undefined, from: fromPositions(nextFrom) }), {
          keep: true,
        }),
      stop: () => feed.stop(),
      pause: () => feed.pause(),
      resume: () => feed.resume(),
    }),
    [feed, stable],
  );

  return { ...snapshot, ...controls };
}
