'use client';

import { useQuery } from '@tanstack/react-query';
import { send } from '../../../lib/contract/client.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import type { Message, MessageLine, MessageProgress } from '../../../lib/contract/messages.ts';
import { spoken } from '../../../lib/contract/sentence.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';
import type { MessageAddress } from '../message-address.ts';
import { ndjsonLines } from '../ndjson-lines.ts';

/** Bytes of a key or value that the detail asks for at first; what is longer still comes cut. */
export const DETAIL_BYTES = 1024 * 1024;
/** As much as the API gives. */
export const MOST_BYTES = 16 * 1024 * 1024;

export interface SingleMessage {
  /** Null when no message lies at the address. */
  message: Message | null;
  /** Where the partition's log starts and ends, as far as the stream told. */
  log: MessageProgress['partitions'][number] | null;
}

/** Picks the message at the address out of a stream that starts there. Throws the failure the stream ends with. */
export async function pickMessage(
  stream: ReadableStream<Uint8Array>,
  { partition, offset }: MessageAddress,
): Promise<SingleMessage> {
  let log: SingleMessage['log'] = null;
  for await (const line of ndjsonLines(stream)) {
    const parsed = JSON.parse(line) as MessageLine;
    if (parsed.type === 'message' && parsed.partition === partition && parsed.offset === offset) {
      return { message: parsed, log };
    }
    if (parsed.type === 'progress')
      log = parsed.partitions.find((each) => each.partition === partition) ?? log;
    if (parsed.type === 'end') {
      const [problem] = parsed.problems;
      if (problem)
        throw new Failure(problem.code, spoken(problem.detail), {
          action: problem.action === undefined ? undefined : spoken(problem.action),
        });
    }
  }
  return { message: null, log };
}

function isAt(message: Message | null | undefined, address: MessageAddress | null): boolean {
  return message?.partition === address?.partition && message?.offset === address?.offset;
}

export interface SingleMessageOptions {
  cluster: string;
  topic: string;
  /** Null: none is wanted. */
  address: MessageAddress | null;
  maxBytes: number;
}

/** Reads exactly one message, with far more of its bytes than lists carry. Records never change, so it is read once. */
export function useSingleMessage({ cluster, topic, address, maxBytes }: SingleMessageOptions) {
  const query = useQuery({
    queryKey: ['cluster', cluster, 'message', topic, address, maxBytes],
    queryFn: async ({ signal }) => {
      const { partition, offset } = address as MessageAddress;
      const response = await send(
        'readMessages',
        {
          params: { cluster, topic },
          query: {
            partitions: String(partition),
            from: `offset:${offset}`,
            limit: 1,
            control: true,
            maxBytes,
          },
        },
        { signal },
      );
      if (!response.body) throw new Failure('internal', onPage('noStream'));
      return pickMessage(response.body, { partition, offset });
    },
    enabled: address !== null,
    staleTime: ({ state }) => (state.data?.message ? Number.POSITIVE_INFINITY : 0),
    // The same message with fewer of its bytes stands until all are there.
    placeholderData: (before) => (isAt(before?.message, address) ? before : undefined),
    refetchInterval: false,
    retry: false,
  });
  return { found: query.data ?? null, failure: query.error as Failure | null, isLoading: query.isFetching };
}
