import { plansPath, topicPath } from '../data/paths.ts';

export type TopicTab = 'partitions' | 'messages' | 'groups' | 'configuration';

/** One of the tabs of a topic; its summary is `topicPath` itself. */
export function topicTabPath(cluster: string, topic: string, tab: TopicTab): string {
  return `${topicPath(cluster, topic)}/${tab}`;
}

/** Messages of a topic, or of one of its partitions. */
export function messagesPath(cluster: string, topic: string, partition?: number): string {
  const path = topicTabPath(cluster, topic, 'messages');
  return partition === undefined ? path : `${path}?partition=${partition}`;
}

/** The page that makes a reassignment, with these topics chosen. */
export function reassignPath(cluster: string, topics: readonly string[] = []): string {
  const path = `${plansPath(cluster)}/reassign`;
  return topics.length > 0 ? `${path}?topics=${topics.join(',')}` : path;
}
