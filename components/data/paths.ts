/** Addresses of the pages. Names are escaped: a group may be called anything. */
export function clusterPath(cluster: string): string {
  return `/clusters/${encodeURIComponent(cluster)}`;
}

export function brokersPath(cluster: string): string {
  return `${clusterPath(cluster)}/brokers`;
}

export function brokerPath(cluster: string, broker: number): string {
  return `${brokersPath(cluster)}/${broker}`;
}

export function topicsPath(cluster: string): string {
  return `${clusterPath(cluster)}/topics`;
}

export function topicPath(cluster: string, topic: string): string {
  return `${topicsPath(cluster)}/${encodeURIComponent(topic)}`;
}

/** Messages of several topics. */
export function searchPath(cluster: string): string {
  return `${clusterPath(cluster)}/messages`;
}

export function groupsPath(cluster: string): string {
  return `${clusterPath(cluster)}/groups`;
}

export function groupPath(cluster: string, group: string): string {
  return `${groupsPath(cluster)}/${encodeURIComponent(group)}`;
}

export function plansPath(cluster: string): string {
  return `${clusterPath(cluster)}/plans`;
}

type TopicTab = 'partitions' | 'messages' | 'groups' | 'configuration';

/** One of the tabs of a topic; its summary is `topicPath` itself. */
export function topicTabPath(cluster: string, topic: string, tab: TopicTab): string {
  return `${topicPath(cluster, topic)}/${tab}`;
}

/** Messages of a topic, or of one of its partitions. */
export function messagesPath(cluster: string, topic: string, partition?: number): string {
  const path = topicTabPath(cluster, topic, 'messages');
  return partition === undefined ? path : `${path}?partitions=${partition}`;
}

/** The page that makes a reassignment, with these topics chosen. */
export function reassignPath(cluster: string, topics: readonly string[] = []): string {
  const path = `${plansPath(cluster)}/reassign`;
  return topics.length > 0 ? `${path}?topics=${topics.join(',')}` : path;
}
