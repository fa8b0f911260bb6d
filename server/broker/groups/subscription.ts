import type { AnyGroup } from './any-group.ts';
import { readSubscription } from './consumer/consumer-protocol.ts';
import type { Group } from './group.ts';

/** The topics that a group's members subscribe to; null when they are no consumers, or say it in a way of their own. */
export function subscribedTopics(group: AnyGroup): ReadonlySet<string> | null {
  return group.type === 'classic' ? topicsOfClassic(group) : group.subscribedTopics();
}

function topicsOfClassic(group: Group): Set<string> | null {
  if (group.protocolType !== 'consumer' || group.protocol === null) return null;
  const topics = new Set<string>();
  for (const member of group.members.values()) {
    try {
      for (const topic of readSubscription(member.metadataFor(group.protocol)).topics) topics.add(topic);
    } catch {
      return null;
    }
  }
  return topics;
}
