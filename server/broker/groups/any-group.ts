import type { ConsumerGroup } from './consumer/consumer-group.ts';
import type { Group } from './group.ts';
import type { GroupHome } from './group-home.ts';
import type { ShareGroup } from './share/share-group.ts';

export type AnyGroup = Group | ConsumerGroup | ShareGroup;

/** The groups that one coordinator keeps, and what it takes to change them. */
export interface GroupTable extends GroupHome {
  readonly groups: Map<string, AnyGroup>;
}
