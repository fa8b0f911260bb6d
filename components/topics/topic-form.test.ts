import { describe, expect, it } from 'vitest';
import { createTopicBody } from '../../lib/contract/topics.ts';
import {
  createBodyOf,
  EMPTY_TOPIC_FORM,
  longestWord,
  type TopicForm,
  topicFormProblems,
} from './topic-form.ts';

const CONTEXT = { brokersAlive: 3, takenNames: ['orders', 'page_views'] };

function form(changes: Partial<TopicForm>): TopicForm {
  return { ...EMPTY_TOPIC_FORM, name: 'payments', ...changes };
}

const problems = (changes: Partial<TopicForm>) => topicFormProblems(form(changes), CONTEXT);

describe('topicFormProblems', () => {
  it('lets a name alone pass: the rest is the cluster’s default', () => {
    expect(problems({})).toEqual({});
    expect(createBodyOf(form({}))).toEqual({ name: 'payments', configs: {}, validateOnly: false });
  });

  it.each([
    ['', 'name-missing'],
    ['a b', 'name-characters'],
    ['주문', 'name-characters'],
    ['a/b', 'name-characters'],
    ['..', 'name-dots'],
    ['x'.repeat(250), 'name-long'],
    ['orders', 'name-taken'],
    ['page.views', 'name-collides'],
  ])('says what is wrong with the name %j', (name, problem) => {
    expect(problems({ name })).toEqual({ name: problem });
  });

  it.each(['0', '-1', '1.5', '10001', 'many'])('refuses %s partitions', (partitionCount) => {
    expect(problems({ partitionCount })).toEqual({ partitionCount: 'count' });
  });

  it('holds the replication factor against the brokers present', () => {
    expect(problems({ replicationFactor: '4' })).toEqual({ replicationFactor: 'replication-brokers' });
    expect(problems({ replicationFactor: '0' })).toEqual({ replicationFactor: 'replication' });
    expect(topicFormProblems(form({ replicationFactor: '4' }), { ...CONTEXT, brokersAlive: null })).toEqual(
      {},
    );
  });

  it('holds min.insync.replicas against the replication factor', () => {
    expect(problems({ replicationFactor: '2', minInsyncReplicas: '3' })).toEqual({
      minInsyncReplicas: 'min-isr-replication',
    });
    expect(problems({ minInsyncReplicas: '0' })).toEqual({ minInsyncReplicas: 'min-isr' });
    expect(problems({ minInsyncReplicas: '1.5' })).toEqual({ minInsyncReplicas: 'min-isr' });
  });

  it('refuses amounts that are no numbers and configs named twice or not at all', () => {
    expect(problems({ retention: { amount: 'week', unit: 'd', isUnlimited: false } })).toEqual({
      retention: 'amount',
    });
    expect(
      problems({
        others: [
          { name: 'segment.ms', value: '1' },
          { name: 'segment.ms', value: '2' },
          { name: ' ', value: '' },
          { name: 'retention.ms', value: '1' },
        ],
      }),
    ).toEqual({
      'others.1.name': 'config-twice',
      'others.2.name': 'config-name',
      'others.3.name': 'config-twice',
    });
  });
});

describe('createBodyOf', () => {
  it('writes the values Kafka takes, in the contract’s form', () => {
    const body = createBodyOf(
      form({
        partitionCount: '6',
        replicationFactor: '3',
        cleanupPolicy: 'compact,delete',
        retention: { amount: '7', unit: 'd', isUnlimited: false },
        retentionSize: { amount: '', unit: 'GiB', isUnlimited: true },
        minInsyncReplicas: '2',
        maxMessage: { amount: '2', unit: 'MiB', isUnlimited: false },
        others: [{ name: ' compression.type ', value: 'zstd' }],
      }),
    );
    expect(createTopicBody.parse(body)).toEqual({
      name: 'payments',
      partitionCount: 6,
      replicationFactor: 3,
      configs: {
        'cleanup.policy': 'compact,delete',
        'retention.ms': '604800000',
        'retention.bytes': '-1',
        'min.insync.replicas': '2',
        'max.message.bytes': '2097152',
        'compression.type': 'zstd',
      },
      validateOnly: false,
    });
  });
});

describe('longestWord', () => {
  it('is what a colliding name must have too', () => {
    expect(longestWord('page.views_by.hour')).toBe('views');
    expect(longestWord('orders')).toBe('orders');
    expect(longestWord('._')).toBe('');
  });
});
