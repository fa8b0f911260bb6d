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

export function groupsPath(cluster: string): string {
  return `${clusterPath(cluster)}/groups`;
}

export function groupPath(cluster: string, group: string): string {
  return `${groupsPath(cluster)}/${encodeURIComponent(group)}`;
}

export function plansPath(cluster: string): string {
  return `${clusterPath(cluster)}/plans`;
}
