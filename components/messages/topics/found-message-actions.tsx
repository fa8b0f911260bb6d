'use client';

import type { Message } from '../../../lib/contract/messages.ts';
import { useEndpoint } from '../../data/use-endpoint.ts';
import { SingleMessageActions } from '../doing/single-message-actions.tsx';

export interface FoundMessageActionsProps {
  cluster: string;
  topic: string;
  message: Message;
}

/** What can be done with a message of any topic: its partitions are asked for when it is looked at. */
export function FoundMessageActions({ cluster, topic, message }: FoundMessageActionsProps) {
  const { data } = useEndpoint(
    'getTopic',
    { params: { cluster, topic } },
    { refetchInterval: false, keepsPrevious: false },
  );
  return (
    <SingleMessageActions
      cluster={cluster}
      topic={topic}
      partitionCount={data?.partitionCount ?? null}
      message={message}
    />
  );
}
