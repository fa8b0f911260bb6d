import type { ConsumerGroup } from './consumer/consumer-group.ts';
import type { Group } from './group.ts';
import type { GroupHome } from './group-home.ts';
import type { ShareGroup } from './share/share-group.ts';
import type { StreamsGroup } from './streams/streams-group.ts';

export type AnyGroup = Group | ConsumerGroup | ShareGroup | StreamsGroup;

/** The groups that one coordinator keeps, and what it takes to change them. */
export interface GroupTable extends GroupHome {
  readonly groups: Map<string, AnyGroup>;
}
