import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { API_KEY } from '../protocol/api-keys.ts';
import { apiByKey } from '../protocol/apis.ts';
import { ERROR } from '../protocol/errors.ts';
import { apiVersionsApi } from '../protocol/messages/api-versions.ts';
import { describeConfigsApi } from '../protocol/messages/describe-configs.ts';
import { findCoordinatorApi } from '../protocol/messages/find-coordinator.ts';
import { joinGroupApi } from '../protocol/messages/join-group.ts';
import { metadataApi } from '../protocol/messages/metadata.ts';
import { offsetCommitApi } from '../protocol/messages/offset-commit.ts';
import { offsetFetchApi } from '../protocol/messages/offset-fetch.ts';
import type { Api } from '../protocol/schema.ts';
import { servedApis } from './apis/served.ts';
import { RawClient } from './testing/raw-client.ts';
import { type ServedCluster, serveCluster } from './testing/served-cluster.ts';

let served: ServedCluster;
let client: RawClient;
beforeAll(async () => {
  served = await serveCluster();
  served.cluster.controller.createTopic({
    name: 'orders',
    partitionCount: 2,
    replicationFactor: 3,
    assignment: null,
    configs: new Map([['retention.ms', '5000']]),
  });
  const first = await RawClient.connect(served.bootstrapServers()[0]!);
  await first.send(metadataApi, 4, {
    topics: [{ name: '__consumer_offsets' }],
    allowAutoTopicCreation: true,
  });
  first.close();
});
beforeEach(async () => {
  served.logLines.length = 0;
  client = await RawClient.connect(served.bootstrapServers()[0]!);
});
afterEach(() => client.close());
afterAll(async () => {
  await served.cluster.close();
});

const topicId = () => served.cluster.image.topic('orders')!.id;
const groupLedHere = () => {
  const offsets = served.cluster.image.topic('__consumer_offsets')!;
  const here = [...served.cluster.brokers.keys()][0];
  // "a" to "f" have the hash codes 97 to 102: one of them in each of the six partitions.
  return [...'abcdef'].find((id) => offsets.partitions[id.charCodeAt(0) % 6]!.leader === here)!;
};

/** Requests that reach the heart of an API in every version. Others are sent empty. */
function requestOf(key: number, version: number): object {
  const byName = version >= 10 ? { topicId: topicId() } : { name: 'orders' };
  const group = groupLedHere();
  switch (key) {
    case API_KEY.Produce:
      return {
        acks: 1,
        timeoutMs: 1000,
        topicData: [
          {
            ...(version >= 13 ? { topicId: topicId() } : { name: 'orders' }),
            partitionData: [{ index: 0, records: null }],
          },
        ],
      };
    case API_KEY.ListOffsets:
      return {
        replicaId: -1,
        topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, timestamp: -1 }] }],
      };
    case API_KEY.Metadata:
      return { topics: [{ name: 'orders' }, ...(version >= 12 ? [{ name: null, topicId: topicId() }] : [])] };
    case API_KEY.OffsetCommit:
      return {
        groupId: group,
        topics: [{ ...byName, partitions: [{ partitionIndex: 0, committedOffset: 3 }] }],
      };
    case API_KEY.OffsetFetch:
      return version >= 8
        ? { groups: [{ groupId: group, topics: [{ ...byName, partitionIndexes: [0, 1] }] }] }
        : { groupId: group, topics: [{ name: 'orders', partitionIndexes: [0, 1] }] };
    case API_KEY.FindCoordinator:
      return version >= 4 ? { coordinatorKeys: [group] } : { key: group };
    case API_KEY.JoinGroup:
      return { groupId: group, memberId: 'gone', sessionTimeoutMs: 10_000, protocolType: 'consumer' };
    case API_KEY.Heartbeat:
    case API_KEY.SyncGroup:
      return { groupId: group, memberId: 'gone' };
    case API_KEY.LeaveGroup:
      return version >= 3
        ? { groupId: group, members: [{ memberId: 'gone' }] }
        : { groupId: group, memberId: 'gone' };
    case API_KEY.DescribeGroups:
      return { groups: [group, 'nowhere'] };
    case API_KEY.ApiVersions:
      return version >= 3 ? { clientSoftwareName: 'test', clientSoftwareVersion: '1.0' } : {};
    case API_KEY.CreateTopics:
      return {
        topics: [{ name: `made-by-v${version}`, numPartitions: 1, replicationFactor: 1 }],
        timeoutMs: 1000,
      };
    case API_KEY.DeleteTopics:
      return version >= 6 ? { topics: [{ name: 'nowhere' }] } : { topicNames: ['nowhere'] };
    case API_KEY.DescribeAcls:
      return { resourceTypeFilter: 1, patternTypeFilter: 1, operation: 1, permissionType: 1 };
    case API_KEY.DescribeConfigs:
      return {
        resources: [
          { resourceType: 2, resourceName: 'orders' },
          { resourceType: 4, resourceName: '1' },
        ],
      };
    case API_KEY.DescribeQuorum:
      return { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] };
    case API_KEY.AlterPartitionReassignments:
      return { topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, replicas: null }] }] };
    case API_KEY.ElectLeaders:
      return { topicPartitions: [{ topic: 'orders', partitions: [0] }] };
    case API_KEY.DescribeTopicPartitions:
      return { topics: [{ name: 'orders' }] };
    default:
      return {};
  }
}

describe('every version that is told is answered in that version', () => {
  test.each([...servedApis.values()].map((api) => [api.name, api] as const))('%s', async (_, handler) => {
    const api = apiByKey.get(handler.apiKey) as Api<object, object>;
    for (let version = handler.minVersion; version <= handler.maxVersion; version += 1) {
      const answer = await client.send(api, version, requestOf(handler.apiKey, version));
      expect(answer, `${handler.name} v${version}`).toBeTypeOf('object');
    }
    expect(served.logLines).toEqual([]);
  });
});

test('a client that asks ApiVersions in a version of the future learns what there is', async () => {
  const frame = Buffer.from([0, 0, 0, 10, 0, API_KEY.ApiVersions, 0, 99, 0, 0, 0, 7, 0xff, 0xff]);
  client.socket.write(frame);
  const answer = await client.nextFrame();
  expect(answer.readInt32BE(0)).toBe(7);
  expect(answer.readInt16BE(4)).toBe(ERROR.UNSUPPORTED_VERSION);
  const count = answer.readInt32BE(6);
  const told = Array.from({ length: count }, (_, index) => answer.readInt16BE(10 + index * 6));
  expect(told).toEqual([...servedApis.keys()].sort((a, b) => a - b));
});

test.each([
  ['an API that is not served', [0, API_KEY.WriteTxnMarkers, 0, 1, 0, 0, 0, 7, 0xff, 0xff]],
  ['a version that is not served', [0, API_KEY.Metadata, 0, 99, 0, 0, 0, 7, 0xff, 0xff]],
  ['a header cut off', [0, API_KEY.Metadata, 0]],
  ['a body cut off', [0, API_KEY.Metadata, 0, 1, 0, 0, 0, 7, 0xff, 0xff, 0, 0]],
  [
    'an array that is longer than the request',
    [0, API_KEY.Metadata, 0, 1, 0, 0, 0, 7, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff],
  ],
])('%s closes the connection, no other', async (_, bytes) => {
  const other = await RawClient.connect(served.bootstrapServers()[0]!);
  const before = served.logLines.length;
  other.socket.write(Buffer.from([0, 0, 0, bytes.length, ...bytes]));
  await expect(other.nextFrame()).rejects.toThrow('hung up');
  expect(served.logLines).toHaveLength(before + 1);
  expect((await client.send(apiVersionsApi, 0, {})).errorCode).toBe(ERROR.NONE);
});

test('old and new versions tell the same', async () => {
  const group = groupLedHere();
  expect(
    (
      await client.send(offsetFetchApi, 1, {
        groupId: group,
        topics: [{ name: 'orders', partitionIndexes: [0] }],
      })
    ).topics[0]!.partitions[0],
  ).toMatchObject({ committedOffset: 3n, errorCode: 0 });
  const newest = await client.send(offsetFetchApi, 10, { groups: [{ groupId: group, topics: null }] });
  expect(newest.groups[0]!.topics[0]).toMatchObject({
    topicId: topicId(),
    partitions: [{ committedOffset: 3n }],
  });

  const old = await client.send(findCoordinatorApi, 0, { key: group });
  const many = await client.send(findCoordinatorApi, 6, { coordinatorKeys: [group] });
  expect(many.coordinators[0]).toMatchObject({ nodeId: old.nodeId, host: old.host, port: old.port });

  const nobody = await client.send(joinGroupApi, 2, {
    groupId: group,
    sessionTimeoutMs: 10,
    protocolType: 'consumer',
  });
  expect(nobody.errorCode).toBe(ERROR.INVALID_SESSION_TIMEOUT);

  const unknown = await client.send(offsetCommitApi, 10, {
    groupId: group,
    topics: [{ topicId: 'AAAAAAAAAAAAAAAAAAAABQ', partitions: [{ partitionIndex: 0, committedOffset: 1 }] }],
  });
  expect(unknown.topics[0]!.partitions[0]!.errorCode).toBe(ERROR.UNKNOWN_TOPIC_ID);
});

test('configs come with source, synonyms, type and documentation', async () => {
  const answer = await client.send(describeConfigsApi, 4, {
    resources: [
      { resourceType: 2, resourceName: 'orders', configurationKeys: ['retention.ms', 'min.insync.replicas'] },
      { resourceType: 4, resourceName: '1', configurationKeys: ['node.id', 'ssl.keystore.password'] },
      { resourceType: 4, resourceName: '2' },
      { resourceType: 2, resourceName: 'nowhere' },
    ],
    includeSynonyms: true,
    includeDocumentation: true,
  });
  const [topic, broker, other, nowhere] = answer.results;
  expect(topic!.configs).toMatchObject([
    { name: 'min.insync.replicas', value: '1', configSource: 3, configType: 3, readOnly: false },
    {
      name: 'retention.ms',
      value: '5000',
      configSource: 1,
      configType: 5,
      synonyms: [{ name: 'retention.ms', value: '5000', source: 1 }],
    },
  ]);
  expect(topic!.configs[1]!.documentation).toContain('How long records are kept');
  expect(broker!.configs).toMatchObject([
    { name: 'node.id', value: '1', configSource: 4, readOnly: true },
    { name: 'ssl.keystore.password', value: null, isSensitive: true, configType: 9 },
  ]);
  expect(other).toMatchObject({
    errorCode: ERROR.INVALID_REQUEST,
    errorMessage: 'Unexpected broker id, expected 1 or empty string, but received 2',
  });
  expect(nowhere!.errorCode).toBe(ERROR.UNKNOWN_TOPIC_OR_PARTITION);
});
