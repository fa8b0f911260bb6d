import type { JoinGroupRequest } from '../../../protocol/messages/join-group.ts';
import { MetadataImage } from '../../controller/metadata-image.ts';
import { Group } from '../group.ts';
import type { GroupHome, GroupRecord } from '../group-home.ts';
import type { GroupSettings } from '../group-settings.ts';
import { joinGroup } from '../join-group.ts';
import type { JoinAnswer } from '../member.ts';
import { syncGroup } from '../membership.ts';
import { TransactionalOffsets } from '../transactional-offsets.ts';

export const SETTINGS: GroupSettings = {
  initialRebalanceDelayMs: 100,
  minSessionTimeoutMs: 6000,
  maxSessionTimeoutMs: 60_000,
  maxSize: 4,
  offsetMetadataMaxBytes: 10,
  offsetsRetentionMs: 60_000,
  retentionCheckIntervalMs: 1000,
  commitTimeoutMs: 1000,
  consumerMaxSize: 4,
  shareMaxSize: 4,
  streamsMaxSize: 4,
  consumerAssignors: ['uniform', 'range'],
  consumerMigrationPolicy: 'bidirectional',
  consumerRegexRefreshIntervalMs: 600_000,
};

/** A group whose records go nowhere; `world.appendError` makes writing fail. */
export function groupWorld(settings: Partial<GroupSettings> = {}) {
  const written: GroupRecord[][] = [];
  const world = { appendError: 0, written };
  const home: GroupHome = {
    settings: { ...SETTINGS, ...settings },
    transactional: new TransactionalOffsets(),
    topics: new MetadataImage('world'),
    topicsChangedAt: 0,
    groupNumber: () => 0,
    now: () => Date.now(),
    write: () => Promise.resolve(0),
    async append(records) {
      if (world.appendError === 0) written.push([...records]);
      return world.appendError;
    },
  };
  return { world, group: new Group('shop', home) };
}

interface Wish extends Partial<JoinGroupRequest> {
  apiVersion?: number;
  assignors?: string[];
  topics?: string;
}

/** Joins as a consumer would; `memberId` left out lets the group give one. */
export function join(group: Group, wish: Wish = {}): Promise<JoinAnswer> {
  const { apiVersion = 9, assignors = ['range'], topics = 'orders', ...request } = wish;
  return Promise.resolve(
    joinGroup(
      group,
      {
        groupId: group.id,
        sessionTimeoutMs: 10_000,
        rebalanceTimeoutMs: 30_000,
        memberId: '',
        groupInstanceId: null,
        protocolType: 'consumer',
        protocols: assignors.map((name) => ({ name, metadata: Buffer.from(topics) })),
        reason: null,
        ...request,
      },
      { clientId: 'app', clientHost: '/127.0.0.1', apiVersion },
    ),
  );
}

/** A member id as a dynamic member gets it: sent away first, told to come back with it (KIP-394). */
export async function memberId(group: Group): Promise<string> {
  return (await join(group)).memberId!;
}

export function sync(group: Group, of: JoinAnswer, assignments: Record<string, string> = {}) {
  return Promise.resolve(
    syncGroup(group, {
      groupId: group.id,
      generationId: of.generationId!,
      memberId: of.memberId!,
      groupInstanceId: null,
      protocolType: 'consumer',
      protocolName: of.protocolName!,
      assignments: Object.entries(assignments).map(([id, text]) => ({
        memberId: id,
        assignment: Buffer.from(text),
      })),
    }),
  );
}
