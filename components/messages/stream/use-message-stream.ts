'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { send } from '../../../lib/contract/client.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';
import { directionOf, queryOf, type Reading } from '../search/reading.ts';
import type { Edge, Side } from './frontier.ts';
import { type FeedSnapshot, MessageFeed } from './message-feed.ts';

/** What to read of which topics. */
export interface StreamRequest {
  cluster: string;
  /** None: nothing is read yet. */
  topics: readonly string[];
  /** Messages tell which topic they are of, also where only one was chosen. */
  isSeveral: boolean;
  reading: Reading;
  /** Bytes of keys and values wanted; longer ones come cut. */
  maxBytes: number;
}

export interface MessageStream extends FeedSnapshot {
  /** Reads the request again from its start. */
  restart: () => void;
  /** Reads on where reading ended at that side, adding to what is there; from the start when nothing was read. */
  goOn: (side: Side) => void;
  stop: () => void;
  pause: () => void;
  resume: () => void;
}

/** Milliseconds after which a live reading that was cut off goes on by itself. */
const RECONNECT_AFTER = 2000;

/** Reads messages while the component lives; begins anew whenever the request changes. */
export function useMessageStream(request: StreamRequest): MessageStream {
  const [feed] = useState(() => new MessageFeed());
  const snapshot = useSyncExternalStore(feed.subscribe, feed.getSnapshot, feed.getSnapshot);
  const identity = JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal requests are the same one
  const stable = useMemo(() => request, [identity]);

  const controls = useMemo(() => {
    const restart = () => {
      if (stable.topics.length === 0) feed.reset();
      else feed.start(opener(stable), { direction: directionOf(stable.reading) });
    };
    return {
      restart,
      goOn: (side: Side) => {
        const edges = feed.edgesOf(side);
        if (edges.length === 0) return restart();
        const direction = side === 'newer' ? 'oldest' : 'newest';
        feed.start(opener(stable, { side, edges }), { direction, keep: true });
      },
      stop: () => feed.stop(),
      pause: () => feed.pause(),
      resume: () => feed.resume(),
    };
  }, [feed, stable]);

  const { restart, goOn } = controls;
  useEffect(() => {
    restart();
    return () => feed.reset();
  }, [feed, restart]);

  const isCutOff =
    stable.reading.follow && snapshot.state === 'failed' && snapshot.failure?.code === 'unavailable';
  useEffect(() => {
    if (!isCutOff) return;
    const timer = setTimeout(() => goOn('newer'), RECONNECT_AFTER);
    return () => clearTimeout(timer);
  }, [isCutOff, goOn]);

  return { ...snapshot, ...controls };
}

/** Where a reading goes on that has ended. */
interface Onwards {
  side: Side;
  edges: readonly Edge[];
}

function opener(request: StreamRequest, onwards: Onwards | null = null) {
  return async (signal: AbortSignal): Promise<ReadableStream<Uint8Array>> => {
    const response = request.isSeveral
      ? await search(request, onwards, signal)
      : await read(request, onwards, signal);
    if (response.body) return response.body;
    throw new Failure('internal', onPage('noStream'));
  };
}

function read(
  { cluster, topics, reading, maxBytes }: StreamRequest,
  on: Onwards | null,
  signal: AbortSignal,
) {
  const offsets =
    on && `offsets:${on.edges.map(({ partition, offset }) => `${partition}=${offset}`).join(',')}`;
  const asked = on ? { ...reading, partitions: [], order: ORDER[on.side] } : reading;
  const query = { ...queryOf(asked), maxBytes, ...(on && { [BOUND[on.side]]: offsets }) };
  return send('readMessages', { params: { cluster, topic: topics[0] as string }, query }, { signal });
}

function search(
  { cluster, topics, reading, maxBytes }: StreamRequest,
  on: Onwards | null,
  signal: AbortSignal,
) {
  const { partitions: _, ...asked } = queryOf(on ? { ...reading, order: ORDER[on.side] } : reading);
  const body = {
    ...asked,
    topics: [...topics],
    maxBytes,
    ...(on && { [BOUND[on.side]]: offsetsByTopic(on.edges) }),
  };
  return send('searchMessages', { params: { cluster }, body: body as never }, { signal });
}

const ORDER = { newer: 'oldest', older: 'newest' } as const;
/** Reading backwards begins where it is bounded above. */
const BOUND = { newer: 'from', older: 'until' } as const;

function offsetsByTopic(edges: readonly Edge[]): Record<string, Record<string, number>> {
  const offsets: Record<string, Record<string, number>> = {};
  for (const { topic = '', partition, offset } of edges) {
    offsets[topic] ??= {};
    offsets[topic][partition] = offset;
  }
  return offsets;
}
