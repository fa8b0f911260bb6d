'use client';

import { MessagesPage } from '../messages/messages-page.tsx';
import { useOpenTopic } from './topic-frame.tsx';

/** The messages of the open topic. */
export function TopicMessages() {
  const { cluster, topic, detail } = useOpenTopic();
  return <MessagesPage cluster={cluster} topic={topic} partitionCount={detail?.partitionCount ?? null} />;
}
