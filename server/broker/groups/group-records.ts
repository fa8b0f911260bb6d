/**
 * What the coordinator writes into `__consumer_offsets`, in Kafka's own schema, so that Kafka's tools can read it: the key
 * is a record type and its version-0 body, the value a version and its body. A null value is a tombstone.
 */

import { decode } from '../../protocol/codec.ts';
import { ZERO_UUID } from '../../protocol/default-value.ts';
import { type GroupMetadataKey, groupMetadataKey } from '../../protocol/messages/group-metadata-key.ts';
import { type GroupMetadataValue, groupMetadataValue } from '../../protocol/messages/group-metadata-value.ts';
import { type OffsetCommitKey, offsetCommitKey } from '../../protocol/messages/offset-commit-key.ts';
import { type OffsetCommitValue, offsetCommitValue } from '../../protocol/messages/offset-commit-value.ts';
import type { CommittedOffset } from './committed-offset.ts';
import type { Group } from './group.ts';
import type { GroupRecord } from './group-home.ts';
import { prefixed } from './record-kind.ts';

const VERSION_BYTES = 2;
/** Of OffsetCommitKey: 0 was written before Kafka 0.9.0 with the same body. */
const OFFSET_COMMIT_TYPES = [0, 1];
const GROUP_METADATA_TYPE = 2;
/** The versions that Kafka 4.3 writes; version 1 of an offset is the one that can carry its expiry. */
const GROUP_METADATA_VERSION = 3;
const OFFSET_VERSION = 4;
const OFFSET_VERSION_WITH_EXPIRY = 1;

function offsetKey(group: string, topic: string, partition: number): Buffer {
  return prefixed(1, offsetCommitKey, 0, { group, topic, partition });
}

export function offsetRecord(
  group: string,
  topic: string,
  partition: number,
  committed: CommittedOffset,
): GroupRecord {
  const version = committed.expiresAtMs === null ? OFFSET_VERSION : OFFSET_VERSION_WITH_EXPIRY;
  return {
    key: offsetKey(group, topic, partition),
    value: prefixed(version, offsetCommitValue, version, {
      offset: committed.offset,
      leaderEpoch: committed.leaderEpoch,
      metadata: committed.metadata,
      commitTimestamp: committed.committedAtMs,
      expireTimestamp: committed.expiresAtMs ?? -1,
      topicId: committed.topicId ?? ZERO_UUID,
    }),
  };
}

export function offsetTombstone(group: string, topic: string, partition: number): GroupRecord {
  return { key: offsetKey(group, topic, partition), value: null };
}

/** The group as it is now, with the given assignments by member id. */
export function groupRecord(group: Group, assignments: ReadonlyMap<string, Buffer>): GroupRecord {
  return {
    key: prefixed(GROUP_METADATA_TYPE, groupMetadataKey, 0, { group: group.id }),
    value: prefixed(GROUP_METADATA_VERSION, groupMetadataValue, GROUP_METADATA_VERSION, {
      protocolType: group.protocolType ?? '',
      generation: group.generation,
      protocol: group.protocol,
      leader: group.leaderId,
      currentStateTimestamp: group.stateSinceMs,
      members: [...group.members.values()].map((member) => ({
        memberId: member.id,
        groupInstanceId: member.instanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        rebalanceTimeout: member.rebalanceTimeoutMs,
        sessionTimeout: member.sessionTimeoutMs,
        subscription: group.protocol === null ? Buffer.alloc(0) : member.metadataFor(group.protocol),
        assignment: assignments.get(member.id) ?? Buffer.alloc(0),
      })),
    }),
  };
}

export function groupTombstone(groupId: string): GroupRecord {
  return { key: prefixed(GROUP_METADATA_TYPE, groupMetadataKey, 0, { group: groupId }), value: null };
}

/** A record read back. Null bodies are tombstones. */
export type ReadRecord =
  | { readonly type: 'offset'; readonly key: OffsetCommitKey; readonly value: OffsetCommitValue | null }
  | { readonly type: 'group'; readonly key: GroupMetadataKey; readonly value: GroupMetadataValue | null };

/** Null for a record of a type that this coordinator does not keep. @throws ProtocolError on malformed bytes */
export function readGroupRecord(key: Buffer, value: Buffer | null): ReadRecord | null {
  const type = key.readInt16BE(0);
  if (OFFSET_COMMIT_TYPES.includes(type)) {
    const version = value?.readInt16BE(0) ?? 0;
    return {
      type: 'offset',
      key: decode(offsetCommitKey, 0, key, VERSION_BYTES),
      value: value && decode(offsetCommitValue, version, value, VERSION_BYTES),
    };
  }
  if (type === GROUP_METADATA_TYPE) {
    const version = value?.readInt16BE(0) ?? 0;
    return {
      type: 'group',
      key: decode(groupMetadataKey, 0, key, VERSION_BYTES),
      value: value && decode(groupMetadataValue, version, value, VERSION_BYTES),
    };
  }
  return null;
}
