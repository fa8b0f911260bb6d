/** What consumers of the classic protocol tell each other inside of its messages (`ConsumerProtocol`). */
import { decode, encode } from '../../../protocol/codec.ts';
import { consumerProtocolAssignment } from '../../../protocol/messages/consumer-protocol-assignment.ts';
import {
  type ConsumerProtocolSubscription,
  consumerProtocolSubscription,
} from '../../../protocol/messages/consumer-protocol-subscription.ts';
import type { TopicPartitions } from '../assignors/assignor.ts';
import type { ListedPartitions } from '../topic-partitions.ts';
import type { TopicsView } from '../topics-view.ts';

const VERSION_BYTES = 2;

/** A newer version than is known is read as the newest that is. */
function versionOf(bytes: Buffer, newest: number): number {
  return Math.min(bytes.readInt16BE(0), newest);
}

/** @throws ProtocolError or RangeError when it is something else */
export function readSubscription(bytes: Buffer): ConsumerProtocolSubscription {
  const version = versionOf(bytes, consumerProtocolSubscription.maxVersion);
  return decode(consumerProtocolSubscription, version, bytes, VERSION_BYTES);
}

/** Partitions that a subscription says are held, of topics that exist. */
export function ownedIn(
  { ownedPartitions }: ConsumerProtocolSubscription,
  view: TopicsView,
): ListedPartitions[] {
  return ownedPartitions.flatMap(({ topic, partitions }) => {
    const topicId = view.topic(topic)?.id;
    return topicId === undefined ? [] : [{ topicId, partitions }];
  });
}

/** @throws ProtocolError or RangeError when it is something else */
export function readAssignment(
  bytes: Buffer,
  view: TopicsView,
): { readonly partitions: TopicPartitions; readonly hasUserData: boolean } {
  const version = versionOf(bytes, consumerProtocolAssignment.maxVersion);
  const { assignedPartitions, userData } = decode(consumerProtocolAssignment, version, bytes, VERSION_BYTES);
  const partitions = new Map<string, ReadonlySet<number>>();
  for (const { topic, partitions: numbers } of assignedPartitions) {
    const topicId = view.topic(topic)?.id;
    if (topicId !== undefined) partitions.set(topicId, new Set(numbers));
  }
  return { partitions, hasUserData: userData !== null && userData.length > 0 };
}

/** An assignment in the version that the member's subscription is in. */
export function writeAssignment(partitions: TopicPartitions, subscription: Buffer, view: TopicsView): Buffer {
  const version = versionOf(subscription, consumerProtocolAssignment.maxVersion);
  const assignedPartitions = [...partitions].flatMap(([topicId, numbers]) => {
    const topic = view.topicById(topicId)?.name;
    return topic === undefined ? [] : [{ topic, partitions: [...numbers] }];
  });
  const bytes = encode(consumerProtocolAssignment, version, { assignedPartitions }, VERSION_BYTES);
  bytes.writeInt16BE(version, 0);
  return bytes;
}
