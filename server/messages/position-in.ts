import type { MessageSearchBody } from '../../lib/contract/message-query.ts';

type Position = MessageSearchBody['from'] | undefined;

/** The position in one topic as an address says it; null where the offsets leave the topic out. */
export function positionIn(position: Position, topic: string): string | undefined | null {
  if (typeof position !== 'object') return position;
  const offsets = Object.entries(position[topic] ?? {});
  if (offsets.length === 0) return null;
  return `offsets:${offsets.map(([partition, offset]) => `${partition}=${offset}`).join(',')}`;
}
