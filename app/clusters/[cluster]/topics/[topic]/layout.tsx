import type { ReactNode } from 'react';
import { TopicFrame } from '../../../../../components/topic/topic-frame.tsx';
import { pageTitle } from '../../../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  const { cluster, topic } = await params;
  return pageTitle('topic', { name: topic, of: [cluster] });
}

export default function TopicLayout({ children }: { children: ReactNode }) {
  return <TopicFrame>{children}</TopicFrame>;
}
