export type TopicTab = 'partitions' | 'messages' | 'groups' | 'configuration';

/** The list of topics, filtered by name when `search` is given. */
export function topicsHref(cluster: string, search?: string): string {
  const path = `/clusters/${encodeURIComponent(cluster)}/topics`;
  return search ? `${path}?search=${encodeURIComponent(search)}` : path;
}

/** A topic's summary, or one of its tabs. */
export function topicHref(cluster: string, topic: string, tab?: TopicTab): string {
  const path = `${topicsHref(cluster)}/${encodeURIComponent(topic)}`;
  return tab ? `${path}/${tab}` : path;
}

export function brokerHref(cluster: string, broker: number): string {
  return `/clusters/${encodeURIComponent(cluster)}/brokers/${broker}`;
}

export function groupHref(cluster: string, group: string): string {
  return `/clusters/${encodeURIComponent(cluster)}/groups/${encodeURIComponent(group)}`;
}

export function plansHref(cluster: string): string {
  return `/clusters/${encodeURIComponent(cluster)}/plans`;
}

/** The page that makes a reassignment, with these topics chosen. */
export function reassignHref(cluster: string, topics: readonly string[] = []): string {
  const path = `${plansHref(cluster)}/reassign`;
  return topics.length > 0 ? `${path}?topics=${topics.map(encodeURIComponent).join(',')}` : path;
}
