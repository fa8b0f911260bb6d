import { decode } from '../../protocol/codec.ts';
import { consumerProtocolSubscription } from '../../protocol/messages/consumer-protocol-subscription.ts';
import type { Group } from './group.ts';

const VERSION_BYTES = 2;

/** The topics that a group's members subscribe to; null when they are no consumers, or say it in a way of their own. */
export function subscribedTopics(group: Group): Set<string> | null {
  if (group.protocolType !== 'consumer' || group.protocol === null) return null;
  const topics = new Set<string>();
  for (const member of group.members.values()) {
    const metadata = member.metadataFor(group.protocol);
    try {
      const version = Math.min(metadata.readInt16BE(0), consumerProtocolSubscription.maxVersion);
      const subscription = decode(consumerProtocolSubscription, version, metadata, VERSION_BYTES);
      for (const topic of subscription.topics) topics.add(topic);
    } catch {
      return null;
    }
  }
  return topics;
}
