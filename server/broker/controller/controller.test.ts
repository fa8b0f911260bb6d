import { describe, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { createConfigRules } from '../config/rules.ts';
import { MemoryFiles } from '../log/memory-files.ts';
import { Controller } from './controller.ts';
import { MetadataLog } from './metadata-log.ts';
import type { CreateTopic } from './requests.ts';

function controllerOf(brokerCount = 3, store = new MemoryFiles(), foldBytes?: number): Controller {
  const rules = createConfigRules({ 'num.partitions': '2', 'default.replication.factor': '2' });
  const controller = new Controller('cluster', new MetadataLog(store, Date.now, foldBytes), rules);
  controller.bootstrap();
  for (let id = 1; id <= brokerCount; id++) {
    controller.registerBroker({ id, host: 'localhost', port: 9090 + id, rack: null });
    controller.unfenceBroker(id);
  }
  return controller;
}

function create(controller: Controller, request: Partial<CreateTopic> = {}) {
  return controller.createTopic({
    name: 'orders',
    partitionCount: 3,
    replicationFactor: 3,
    assignment: null,
    configs: new Map(),
    ...request,
  });
}

function given(...replicas: number[][]): Partial<CreateTopic> {
  return { partitionCount: -1, replicationFactor: -1, assignment: new Map(replicas.entries()) };
}

describe('creating a topic', () => {
  test('places every replica on another broker and makes the first the leader', () => {
    const controller = controllerOf();
    const { errorCode, topic } = create(controller);
    expect(errorCode).toBe(0);
    for (const { replicas, isr, leader } of topic!.partitions) {
      expect([...replicas].sort()).toEqual([1, 2, 3]);
      expect(isr).toEqual(replicas);
      expect(leader).toBe(replicas[0]);
    }
    expect(new Set(topic!.partitions.map(({ leader }) => leader)).size).toBe(3);
    expect(controller.image.topicById(topic!.id)?.name).toBe('orders');
  });

  test('takes the brokers’ defaults for -1', () => {
    const { topic } = create(controllerOf(), { partitionCount: -1, replicationFactor: -1 });
    expect(topic!.partitions.map(({ replicas }) => replicas.length)).toEqual([2, 2]);
  });

  test('only checks when asked to', () => {
    const controller = controllerOf();
    expect(create(controller, { validateOnly: true }).topic?.partitions).toHaveLength(3);
    expect(controller.image.topics.size).toBe(0);
  });

  test.each<[string, Partial<CreateTopic>, number, string]>([
    [
      'too many replicas',
      { replicationFactor: 4 },
      ERROR.INVALID_REPLICATION_FACTOR,
      'Unable to replicate the partition 4 time(s): The target replication factor of 4 cannot be reached because only 3 broker(s) are registered',
    ],
    [
      'no replicas',
      { replicationFactor: 0 },
      ERROR.INVALID_REPLICATION_FACTOR,
      'Replication factor must be larger than 0',
    ],
    [
      'no partitions',
      { partitionCount: 0 },
      ERROR.INVALID_PARTITIONS,
      'Number of partitions was set to an invalid non-positive value.',
    ],
    [
      'an illegal name',
      { name: 'a b' },
      ERROR.INVALID_TOPIC_EXCEPTION,
      "Topic name is invalid: 'a b' contains one or more characters other than",
    ],
    ['a path', { name: '..' }, ERROR.INVALID_TOPIC_EXCEPTION, "'..' is not allowed"],
    [
      'a name of 250 characters',
      { name: 'x'.repeat(250) },
      ERROR.INVALID_TOPIC_EXCEPTION,
      'longer than the max allowed length 249',
    ],
    [
      'an unknown config',
      { configs: new Map([['no.such', '1']]) },
      ERROR.INVALID_CONFIG,
      'Unknown topic config name: no.such',
    ],
    [
      'a config without value',
      { configs: new Map([['retention.ms', null]]) },
      ERROR.INVALID_CONFIG,
      'Null value not supported for topic configs',
    ],
    [
      'an unknown broker',
      given([1, 9]),
      ERROR.INVALID_REPLICA_ASSIGNMENT,
      'includes broker 9, but no such broker is registered',
    ],
    [
      'a broker twice',
      given([1, 1]),
      ERROR.INVALID_REPLICA_ASSIGNMENT,
      'includes the broker 1 more than once',
    ],
    ['an empty list', given([]), ERROR.INVALID_REPLICA_ASSIGNMENT, 'includes an empty replica list'],
    [
      'uneven lists',
      given([1, 2], [3]),
      ERROR.INVALID_REPLICA_ASSIGNMENT,
      'not consistent with previous partitions, which have 2 replica(s)',
    ],
  ])('refuses %s', (_, request, errorCode, message) => {
    const controller = controllerOf();
    const outcome = create(controller, request);
    expect(outcome.errorCode).toBe(errorCode);
    expect(outcome.errorMessage).toContain(message);
    expect(controller.image.topics.size).toBe(0);
  });

  test('refuses a name that is taken, also with dots for underscores', () => {
    const controller = controllerOf();
    create(controller, { name: 'a.b' });
    expect(create(controller, { name: 'a.b' })).toMatchObject({
      errorCode: ERROR.TOPIC_ALREADY_EXISTS,
      errorMessage: "Topic 'a.b' already exists.",
    });
    expect(create(controller, { name: 'a_b' })).toMatchObject({
      errorCode: ERROR.INVALID_TOPIC_EXCEPTION,
      errorMessage: "Topic 'a_b' collides with existing topic: a.b",
    });
    controller.deleteTopic('a.b');
    expect(create(controller, { name: 'a_b' }).errorCode).toBe(0);
  });

  test('a broker that is away is given replicas but is in no ISR', () => {
    const controller = controllerOf();
    controller.fenceBroker(2);
    const { topic } = create(controller);
    for (const { replicas, isr, leader } of topic!.partitions) {
      expect(replicas).toContain(2);
      expect(isr).not.toContain(2);
      expect(leader).not.toBe(2);
    }
  });
});

describe('adding partitions', () => {
  test('goes on with the topic’s replication factor', () => {
    const controller = controllerOf();
    create(controller, { replicationFactor: 2 });
    expect(controller.createPartitions({ topic: 'orders', count: 5, assignment: null }).errorCode).toBe(0);
    expect(controller.image.topic('orders')!.partitions.map(({ replicas }) => replicas.length)).toEqual([
      2, 2, 2, 2, 2,
    ]);
  });

  test.each([
    [3, null, ERROR.INVALID_PARTITIONS, 'Topic already has 3 partition(s).'],
    [
      2,
      null,
      ERROR.INVALID_PARTITIONS,
      'The topic orders currently has 3 partition(s); 2 would not be an increase.',
    ],
    [
      5,
      [[1, 2, 3]],
      ERROR.INVALID_REPLICA_ASSIGNMENT,
      'Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified.',
    ],
  ])('to %i with %j is refused', (count, assignment, errorCode, errorMessage) => {
    const controller = controllerOf();
    create(controller);
    expect(controller.createPartitions({ topic: 'orders', count, assignment })).toEqual({
      errorCode,
      errorMessage,
    });
  });
});

describe('configs', () => {
  test('lists are appended to and subtracted from, beginning with what holds', () => {
    const controller = controllerOf();
    create(controller);
    const change = (operation: 'append' | 'subtract', value: string) =>
      controller.alterConfigs('topic', 'orders', [{ name: 'cleanup.policy', operation, value }]);
    expect(change('append', 'compact').errorCode).toBe(0);
    expect(controller.image.topicConfigs('orders').get('cleanup.policy')).toBe('delete,compact');
    change('subtract', 'delete');
    expect(controller.image.topicConfigs('orders').get('cleanup.policy')).toBe('compact');
  });

  test('a bad value changes nothing of a request', () => {
    const controller = controllerOf();
    create(controller);
    const outcome = controller.alterConfigs('topic', 'orders', [
      { name: 'retention.ms', operation: 'set', value: '5' },
      { name: 'segment.bytes', operation: 'set', value: 'many' },
    ]);
    expect(outcome.errorCode).toBe(ERROR.INVALID_CONFIG);
    expect(controller.image.topicConfigs('orders').size).toBe(0);
  });

  test('the old way replaces all', () => {
    const controller = controllerOf();
    create(controller, { configs: new Map([['retention.ms', '5']]) });
    controller.replaceConfigs('topic', 'orders', new Map([['segment.ms', '7000']]));
    expect([...controller.image.topicConfigs('orders')]).toEqual([['segment.ms', '7000']]);
  });

  test('of a topic that is not there are refused', () => {
    const outcome = controllerOf().alterConfigs('topic', 'none', []);
    expect(outcome.errorCode).toBe(ERROR.UNKNOWN_TOPIC_OR_PARTITION);
  });
});

describe('electing preferred leaders', () => {
  test('tells what was not needed, not possible and not known', () => {
    const controller = controllerOf();
    create(controller, given([1, 2], [3, 2]));
    controller.fenceBroker(3);
    const outcomes = controller.electLeaders('preferred', [
      { topic: 'orders', partition: 0 },
      { topic: 'orders', partition: 1 },
      { topic: 'orders', partition: 7 },
      { topic: 'none', partition: 0 },
    ]);
    expect(outcomes.map(({ errorCode }) => errorCode)).toEqual([
      ERROR.ELECTION_NOT_NEEDED,
      ERROR.PREFERRED_LEADER_NOT_AVAILABLE,
      ERROR.UNKNOWN_TOPIC_OR_PARTITION,
      ERROR.UNKNOWN_TOPIC_OR_PARTITION,
    ]);
    expect(controller.electLeaders('preferred', null).map(({ partition }) => partition)).toEqual([1]);
  });
});

describe('an ISR that a leader asks for', () => {
  test('is refused with an old epoch or with a broker that is away', () => {
    const controller = controllerOf();
    create(controller, given([1, 2, 3]));
    controller.fenceBroker(3);
    const wish = { topic: 'orders', partition: 0, leader: 1, leaderEpoch: 0, isr: [1, 2, 3] };
    expect(controller.alterIsr({ ...wish, partitionEpoch: 0 }).errorCode).toBe(ERROR.INVALID_UPDATE_VERSION);
    expect(controller.alterIsr({ ...wish, partitionEpoch: 1 }).errorCode).toBe(ERROR.INELIGIBLE_REPLICA);
    expect(controller.alterIsr({ ...wish, partitionEpoch: 1, leaderEpoch: 5 }).errorCode).toBe(
      ERROR.FENCED_LEADER_EPOCH,
    );
    expect(controller.image.partition('orders', 0)!.isr).toEqual([1, 2]);
  });
});

/** Its first segment. */
const LOG = '__cluster_metadata-0/00000000000000000000.log';

describe('the metadata log', () => {
  test('gives another controller the same picture', () => {
    const store = new MemoryFiles();
    const controller = controllerOf(3, store);
    create(controller, { configs: new Map([['retention.ms', '5']]) });
    create(controller, { name: 'gone' });
    controller.deleteTopic('gone');
    controller.fenceBroker(2);
    controller.alterClientQuotas(
      [{ entity: [{ type: 'user', name: null }], changes: [{ key: 'producer_byte_rate', value: 5 }] }],
      false,
    );
    controller.allocateProducerIds(1000);
    const picture = (each: Controller) => ({
      topics: [...each.image.topics.values()],
      brokers: [...each.image.brokers.values()],
      features: [...each.image.features],
      quotas: [...each.image.clientQuotas],
      controller: [each.controllerId, each.controllerEpoch],
      configs: [...each.image.topicConfigs('orders')],
      offset: each.metadataLogEndOffset,
    });
    const read = () => new Controller('cluster', new MetadataLog(store), createConfigRules());
    expect(picture(read())).toEqual(picture(controller));
    expect(read().allocateProducerIds(1).first).toBe(1000);
  });

  test('a torn last change is taken back as a whole', () => {
    const store = new MemoryFiles();
    const controller = controllerOf(3, store);
    create(controller);
    const log = store.open(LOG);
    log.truncate(log.size - 3);
    const back = new Controller('cluster', new MetadataLog(store), createConfigRules());
    expect(back.image.topics.size).toBe(0);
    expect(back.image.brokers.size).toBe(3);
    expect(create(back).errorCode).toBe(0);
  });

  test('is folded into a snapshot when it has grown, and goes on behind it', () => {
    const store = new MemoryFiles();
    const controller = controllerOf(3, store, 100_000);
    for (let count = 0; store.open(LOG).size <= 100_000; count++) {
      create(controller, { name: `topic-${count}`, partitionCount: 50 });
    }
    controller.sweep();
    expect(store.files('__cluster_metadata-0').filter((name) => name.endsWith('.checkpoint'))).toHaveLength(
      1,
    );
    expect(store.files('__cluster_metadata-0')).not.toContain('00000000000000000000.log');
    controller.deleteTopic('topic-0');
    const back = new Controller('cluster', new MetadataLog(store), createConfigRules());
    expect([...back.image.topics.values()]).toEqual([...controller.image.topics.values()]);
    expect(back.metadataLogEndOffset).toBe(controller.metadataLogEndOffset);
  });
});

describe('min.insync.replicas of the cluster', () => {
  const change = (operation: 'set' | 'delete', value: string | null) => [
    { name: 'min.insync.replicas', operation, value },
  ];

  test('is set from what brokers were started with when a controller takes over, once', () => {
    const store = new MemoryFiles();
    const controller = controllerOf(3, store);
    expect(controller.image.brokerConfigs('').get('min.insync.replicas')).toBe('1');
    expect(controller.alterConfigs('broker', '', change('set', '2')).errorCode).toBe(0);
    controller.takeOver(2);
    expect(controller.image.brokerConfigs('').get('min.insync.replicas')).toBe('2');
  });

  test('is neither removed nor set for one broker', () => {
    const controller = controllerOf();
    expect(controller.alterConfigs('broker', '', change('delete', null))).toEqual({
      errorCode: ERROR.INVALID_CONFIG,
      errorMessage: 'Cluster-level min.insync.replicas cannot be removed while ELR is enabled.',
    });
    expect(controller.alterConfigs('broker', '1', change('set', '2'))).toEqual({
      errorCode: ERROR.INVALID_CONFIG,
      errorMessage: 'Broker-level min.insync.replicas cannot be altered while ELR is enabled.',
    });
  });
});

describe('eligible leader replicas (KIP-966)', () => {
  function elrController() {
    const controller = controllerOf(3);
    create(controller, { ...given([1, 2, 3]), configs: new Map([['min.insync.replicas', '2']]) });
    const partition = () => controller.image.partition('orders', 0)!;
    return { controller, partition };
  }

  test('are those who leave while the ISR is below its minimum, and go when it is not', () => {
    const { controller, partition } = elrController();
    controller.fenceBroker(3);
    expect(partition()).toMatchObject({ isr: [1, 2], elr: [] });
    controller.fenceBroker(2);
    expect(partition()).toMatchObject({ isr: [1], elr: [2], leader: 1 });
    controller.unfenceBroker(2);
    const { leader, leaderEpoch, partitionEpoch } = partition();
    controller.alterIsr({ topic: 'orders', partition: 0, leader, leaderEpoch, partitionEpoch, isr: [1, 2] });
    expect(partition()).toMatchObject({ isr: [1, 2], elr: [] });
  });

  test('lead again when nobody is in sync any more', () => {
    const { controller, partition } = elrController();
    for (const id of [3, 2, 1]) controller.fenceBroker(id);
    expect(partition()).toMatchObject({ isr: [], elr: [2, 1], leader: -1, lastKnownElr: [1] });
    controller.unfenceBroker(3);
    expect(partition().leader).toBe(-1);
    controller.unfenceBroker(2);
    expect(partition()).toMatchObject({ isr: [2], elr: [1], leader: 2, lastKnownElr: [] });
  });

  test('are reckoned anew when min.insync.replicas changes', () => {
    const { controller, partition } = elrController();
    for (const id of [3, 2]) controller.fenceBroker(id);
    expect(partition().elr).toEqual([2]);
    controller.alterConfigs('topic', 'orders', [
      { name: 'min.insync.replicas', operation: 'set', value: '1' },
    ]);
    expect(partition()).toMatchObject({ isr: [1], elr: [] });
  });

  test('are not kept when the feature is turned off', () => {
    const { controller, partition } = elrController();
    const off = { name: 'eligible.leader.replicas.version', level: 0, upgradeType: 2 };
    expect(controller.updateFeatures([off], false).errorCode).toBe(0);
    for (const id of [3, 2, 1]) controller.fenceBroker(id);
    expect(partition()).toMatchObject({ isr: [1], elr: [], leader: -1 });
  });
});

describe('features', () => {
  test.each([
    [
      'shoe.version',
      1,
      1,
      'Invalid update version 1 for feature shoe.version. Local controller 1 does not support this feature.',
    ],
    [
      'group.version',
      2,
      1,
      'Invalid update version 2 for feature group.version. Local controller 1 only supports versions 0-1',
    ],
    [
      'group.version',
      0,
      1,
      "Invalid update version 0 for feature group.version. Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.",
    ],
    [
      'metadata.version',
      29,
      2,
      'Unsupported metadata.version downgrade from 4.3-IV0 to 4.2-IV1. Refusing to perform the requested downgrade because it might delete metadata information.',
    ],
  ])('refuse %s=%d', (name, level, upgradeType, message) => {
    const controller = controllerOf();
    expect(controller.updateFeatures([{ name, level, upgradeType }], false)).toEqual({
      errorCode: ERROR.INVALID_UPDATE_VERSION,
      errorMessage: message,
    });
  });
});
