import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiByKey } from '../../protocol/apis.ts';
import { ERROR } from '../../protocol/errors.ts';
import { createAclsApi } from '../../protocol/messages/create-acls.ts';
import { deleteAclsApi } from '../../protocol/messages/delete-acls.ts';
import { describeAclsApi } from '../../protocol/messages/describe-acls.ts';
import { describeClusterApi } from '../../protocol/messages/describe-cluster.ts';
import { describeConfigsApi } from '../../protocol/messages/describe-configs.ts';
import { listGroupsApi } from '../../protocol/messages/list-groups.ts';
import { metadataApi } from '../../protocol/messages/metadata.ts';
import { produceApi } from '../../protocol/messages/produce.ts';
import { saslAuthenticateApi } from '../../protocol/messages/sasl-authenticate.ts';
import { saslHandshakeApi } from '../../protocol/messages/sasl-handshake.ts';
import { batchOf } from '../testing/batches.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';
import { OPERATION, PATTERN, PERMISSION, RESOURCE } from './acl.ts';
import { STANDARD_AUTHORIZER } from './authorizer.ts';

const [TOPIC, GROUP, CLUSTER, TRANSACTION] = [
  ERROR.TOPIC_AUTHORIZATION_FAILED,
  ERROR.GROUP_AUTHORIZATION_FAILED,
  ERROR.CLUSTER_AUTHORIZATION_FAILED,
  ERROR.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
];
const SECRET_KEY = 'never to be shown';

/** A filter that every ACL matches. */
const EVERYTHING = {
  resourceTypeFilter: RESOURCE.any,
  resourceNameFilter: null,
  patternTypeFilter: PATTERN.any,
  principalFilter: null,
  hostFilter: null,
  operation: OPERATION.any,
  permissionType: PERMISSION.any,
};

let served: ServedCluster;
let admin: RawClient;
let alice: RawClient;

beforeAll(async () => {
  served = await serveCluster(
    {
      'authorizer.class.name': STANDARD_AUTHORIZER,
      'super.users': 'User:admin',
      'sasl.enabled.mechanisms': 'PLAIN',
      'delegation.token.secret.key': SECRET_KEY,
    },
    {
      listeners: [{ protocol: 'SASL_PLAINTEXT', portOf: () => 0 }],
      users: new Map([
        ['admin', 'admin'],
        ['alice', 'alice'],
      ]),
      identity: null,
      clientAuthorities: null,
    },
  );
  served.cluster.controller.createTopic({
    name: 'orders',
    partitionCount: -1,
    replicationFactor: -1,
    assignment: new Map([[0, [1]]]),
    configs: new Map(),
  });
  admin = await as('admin');
  alice = await as('alice');
});
afterAll(async () => {
  admin.close();
  alice.close();
  await served.cluster.close();
});
beforeEach(async () => {
  await admin.send(deleteAclsApi, 3, { filters: [EVERYTHING] });
});

async function as(name: string) {
  const client = await RawClient.connect(served.bootstrapServers('SASL_PLAINTEXT')[0]!);
  await client.send(saslHandshakeApi, 1, { mechanism: 'PLAIN' });
  await client.send(saslAuthenticateApi, 2, { authBytes: Buffer.from(`\0${name}\0${name}`) });
  return client;
}

interface Rule {
  readonly type?: keyof typeof RESOURCE;
  readonly name?: string;
  readonly operation: keyof typeof OPERATION;
  readonly prefix?: boolean;
}

async function allow(...rules: Rule[]) {
  const { results } = await admin.send(createAclsApi, 3, {
    creations: rules.map(({ type = 'topic', name = 'orders', operation, prefix = false }) => ({
      resourceType: RESOURCE[type],
      resourceName: name,
      resourcePatternType: prefix ? PATTERN.prefixed : PATTERN.literal,
      principal: 'User:alice',
      host: '*',
      operation: OPERATION[operation],
      permissionType: PERMISSION.allow,
    })),
  });
  expect(results.map(({ errorCode }) => errorCode)).toEqual(rules.map(() => 0));
}

/** Every error code that is anywhere in an answer. */
function codesIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    /errorCode$/i.test(key) && typeof part === 'number' ? [part] : codesIn(part),
  );
}

const partitions = [{ partitionIndex: 0 }];
const topicName = 'orders';

describe('who may do nothing', () => {
  test.each<[key: number, version: number, request: object, code: number]>([
    [0, 9, { acks: 1, topicData: [{ name: 'orders', partitionData: [{ index: 0, records: null }] }] }, TOPIC],
    [
      0,
      9,
      { acks: 1, topicData: [{ name: 'nowhere', partitionData: [{ index: 0, records: null }] }] },
      TOPIC,
    ],
    [1, 12, { topics: [{ topic: 'orders', partitions: [{ partition: 0, partitionMaxBytes: 1 }] }] }, TOPIC],
    [2, 7, { topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, timestamp: -1 }] }] }, TOPIC],
    [3, 12, { topics: [{ name: 'orders' }] }, TOPIC],
    [8, 8, { groupId: 'g', topics: [{ name: 'orders', partitions }] }, GROUP],
    [9, 8, { groups: [{ groupId: 'g', topics: null }] }, GROUP],
    [10, 4, { keyType: 0, coordinatorKeys: ['g'] }, GROUP],
    [10, 4, { keyType: 1, coordinatorKeys: ['t'] }, TRANSACTION],
    [11, 9, { groupId: 'g', sessionTimeoutMs: 10_000, protocolType: 'consumer' }, GROUP],
    [12, 4, { groupId: 'g' }, GROUP],
    [13, 5, { groupId: 'g', members: [] }, GROUP],
    [14, 5, { groupId: 'g' }, GROUP],
    [15, 5, { groups: ['g'] }, GROUP],
    [19, 7, { topics: [{ name: 'mine', numPartitions: 1, replicationFactor: 1 }] }, TOPIC],
    [20, 6, { topics: [{ name: 'orders' }] }, TOPIC],
    [21, 2, { topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 0 }] }] }, TOPIC],
    [22, 4, { transactionalId: null }, CLUSTER],
    [22, 4, { transactionalId: 't' }, TRANSACTION],
    [23, 4, { topics: [{ topic: 'orders', partitions: [{ partition: 0 }] }] }, TOPIC],
    [
      24,
      3,
      { v3AndBelowTransactionalId: 't', v3AndBelowTopics: [{ name: 'orders', partitions: [0] }] },
      TRANSACTION,
    ],
    [25, 3, { transactionalId: 't', groupId: 'g' }, TRANSACTION],
    [26, 3, { transactionalId: 't' }, TRANSACTION],
    [27, 1, { markers: [{ topics: [{ name: 'orders', partitionIndexes: [0] }] }] }, CLUSTER],
    [28, 3, { transactionalId: 't', groupId: 'g', topics: [{ name: 'orders', partitions }] }, TRANSACTION],
    [29, 3, { resourceTypeFilter: 1, patternTypeFilter: 1, operation: 1, permissionType: 1 }, CLUSTER],
    [
      30,
      3,
      {
        creations: [
          {
            resourceType: 2,
            resourceName: 'x',
            resourcePatternType: 3,
            principal: 'User:a',
            host: '*',
            operation: 3,
            permissionType: 3,
          },
        ],
      },
      CLUSTER,
    ],
    [
      31,
      3,
      { filters: [{ resourceTypeFilter: 1, patternTypeFilter: 1, operation: 1, permissionType: 1 }] },
      CLUSTER,
    ],
    [32, 4, { resources: [{ resourceType: 2, resourceName: 'orders' }] }, TOPIC],
    [32, 4, { resources: [{ resourceType: 4, resourceName: '1' }] }, CLUSTER],
    [32, 4, { resources: [{ resourceType: 32, resourceName: 'g' }] }, GROUP],
    [33, 2, { resources: [{ resourceType: 2, resourceName: 'orders' }] }, TOPIC],
    [34, 2, { dirs: [{ path: '/', topics: [{ name: 'orders', partitions: [0] }] }] }, CLUSTER],
    [35, 4, { topics: null }, CLUSTER],
    [37, 3, { topics: [{ name: 'orders', count: 2 }] }, TOPIC],
    [42, 2, { groupsNames: ['g'] }, GROUP],
    [43, 2, { topicPartitions: [{ topic: 'orders', partitions: [0] }] }, CLUSTER],
    [44, 1, { resources: [{ resourceType: 4, resourceName: '1' }] }, CLUSTER],
    [45, 0, { topics: [{ name: 'orders', partitions }] }, CLUSTER],
    [46, 0, { topics: null }, CLUSTER],
    [47, 0, { groupId: 'g', topics: [] }, GROUP],
    [48, 1, { components: [] }, CLUSTER],
    [49, 1, { entries: [{ entity: [{ entityType: 'user', entityName: 'alice' }] }] }, CLUSTER],
    [50, 0, { users: null }, CLUSTER],
    [51, 0, { deletions: [{ name: 'alice', mechanism: 1 }] }, CLUSTER],
    [55, 1, { topics: [] }, CLUSTER],
    [57, 1, { featureUpdates: [] }, CLUSTER],
    [61, 0, { topics: [{ name: 'orders', partitionIndexes: [0] }] }, TOPIC],
    [64, 0, { brokerId: 9 }, CLUSTER],
    [65, 0, { transactionalIds: ['t'] }, TRANSACTION],
    [68, 0, { groupId: 'g', memberId: 'm', memberEpoch: 0, subscribedTopicNames: ['orders'] }, GROUP],
    [69, 0, { groupIds: ['g'] }, GROUP],
    [74, 1, { resourceTypes: [] }, CLUSTER],
    [75, 0, { topics: [{ name: 'orders' }] }, TOPIC],
    [76, 1, { groupId: 'g', memberId: 'm', memberEpoch: 0, subscribedTopicNames: ['orders'] }, GROUP],
    [77, 1, { groupIds: ['g'] }, GROUP],
    [84, 0, { groupId: 'g', topics: [{ partitions: [{ partition: 0 }] }] }, CLUSTER],
    [90, 0, { groups: [{ groupId: 'g', topics: null }] }, GROUP],
    [92, 0, { groupId: 'g', topics: [{ topicName: 'orders' }] }, GROUP],
  ])('API %i v%i is refused: %j', async (key, version, request, code) => {
    const answer = await alice.send(apiByKey.get(key)!, version, request);
    const codes = codesIn(answer).filter((each) => each !== 0);
    expect(codes).not.toEqual([]);
    expect([...new Set(codes)]).toEqual([code]);
    expect(served.cluster.image.topic('mine')).toBeUndefined();
    expect(served.cluster.image.topic(topicName)).toBeDefined();
  });

  test('does not see what there is', async () => {
    const { topics } = await alice.send(metadataApi, 12, { topics: null });
    expect(topics).toEqual([]);
    expect((await alice.send(listGroupsApi, 4, {})).groups).toEqual([]);
    const { clusterAuthorizedOperations } = await alice.send(describeClusterApi, 1, {
      includeClusterAuthorizedOperations: true,
    });
    expect(clusterAuthorizedOperations).toBe(0);
  });
});

describe('who may do something', () => {
  test('sees it, with what may be done', async () => {
    await allow({ operation: 'write' }, { type: 'cluster', name: 'kafka-cluster', operation: 'describe' });
    const answer = await alice.send(metadataApi, 10, {
      topics: null,
      includeTopicAuthorizedOperations: true,
      includeClusterAuthorizedOperations: true,
    });
    const bit = (operation: keyof typeof OPERATION) => 1 << OPERATION[operation];
    expect(
      answer.topics.map(({ name, topicAuthorizedOperations }) => [name, topicAuthorizedOperations]),
    ).toEqual([['orders', bit('write') | bit('describe')]]);
    expect(answer.clusterAuthorizedOperations).toBe(bit('describe'));
  });

  test('writes with the permission to write, and may have a producer id by it', async () => {
    await allow({ operation: 'write', name: 'ord', prefix: true });
    const { responses } = await alice.send(produceApi, 9, {
      acks: 1,
      timeoutMs: 1000,
      topicData: [{ name: 'orders', partitionData: [{ index: 0, records: batchOf({ values: ['a'] }) }] }],
    });
    const broker = served.cluster.image.partition('orders', 0)!.leader;
    expect(codesIn(responses)).toEqual([broker === 1 ? 0 : ERROR.NOT_LEADER_OR_FOLLOWER]);
    const initialised = await alice.send(apiByKey.get(22)!, 4, { transactionalId: null });
    expect(codesIn(initialised)).toEqual([0]);
  });

  test('a topic is created by the permission for its name, but its configs are not told', async () => {
    await allow({ operation: 'create', name: 'made' });
    const answer = await alice.send(apiByKey.get(19)!, 7, {
      topics: [{ name: 'made', numPartitions: 1, replicationFactor: 1 }],
      timeoutMs: 1000,
    });
    expect(answer).toMatchObject({
      topics: [{ name: 'made', errorCode: 0, topicConfigErrorCode: TOPIC, numPartitions: -1 }],
    });
  });
});

describe('ACLs', () => {
  const acl = {
    resourceType: RESOURCE.topic,
    resourceName: 'orders',
    resourcePatternType: PATTERN.literal,
    principal: 'User:bob',
    host: '*',
    operation: OPERATION.read,
    permissionType: PERMISSION.allow,
  };

  test('what makes no sense is refused, each by itself', async () => {
    const { results } = await admin.send(createAclsApi, 3, {
      creations: [
        acl,
        { ...acl, resourceType: RESOURCE.cluster },
        { ...acl, resourceName: '' },
        { ...acl, resourceType: RESOURCE.any },
        { ...acl, resourcePatternType: PATTERN.match },
        { ...acl, operation: OPERATION.any },
        { ...acl, permissionType: PERMISSION.any },
        { ...acl, principal: 'bob' },
      ],
    });
    expect(results.map(({ errorCode, errorMessage }) => errorMessage ?? errorCode)).toEqual([
      0,
      'The only valid name for the CLUSTER resource is kafka-cluster',
      'Invalid empty resource name',
      'Invalid resourceType ANY',
      'Invalid patternType MATCH',
      'Invalid operation ANY',
      'Invalid permissionType ANY',
      'Could not parse principal from `bob` (no colon is present separating the principal type from the principal name)',
    ]);
  });

  test('are found by filters, once each, and removed by them', async () => {
    const prefixed = { ...acl, resourceName: 'ord', resourcePatternType: PATTERN.prefixed };
    await admin.send(createAclsApi, 3, { creations: [acl, acl, prefixed, { ...acl, resourceName: '*' }] });
    const filter = {
      ...EVERYTHING,
      resourceTypeFilter: RESOURCE.topic,
      resourceNameFilter: 'orders',
      patternTypeFilter: PATTERN.match,
    };
    const names = async (change: object) => {
      const { resources } = await admin.send(describeAclsApi, 3, { ...filter, ...change });
      return resources.flatMap(({ resourceName, acls }) => acls.map(() => resourceName)).sort();
    };
    expect(await names({})).toEqual(['*', 'ord', 'orders']);
    expect(await names({ patternTypeFilter: PATTERN.any })).toEqual(['orders']);
    expect(await names({ principalFilter: 'User:alice' })).toEqual([]);
    expect(await names({ operation: OPERATION.write })).toEqual([]);
    const { filterResults } = await admin.send(deleteAclsApi, 3, {
      filters: [{ ...filter, patternTypeFilter: PATTERN.prefixed, resourceNameFilter: null }],
    });
    expect(filterResults[0]!.matchingAcls.map(({ resourceName }) => resourceName)).toEqual(['ord']);
    expect(await names({})).toEqual(['*', 'orders']);
  });
});

test('secrets are not told by DescribeConfigs', async () => {
  const answer = await admin.send(describeConfigsApi, 4, {
    resources: [{ resourceType: 4, resourceName: '1' }],
    includeSynonyms: true,
  });
  const told = answer.results[0]!.configs.find(({ name }) => name === 'delegation.token.secret.key');
  expect(told).toMatchObject({ value: null, isSensitive: true });
  expect(
    JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  ).not.toContain(SECRET_KEY);
});
