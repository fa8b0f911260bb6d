import type { EndpointAnswer, EndpointCall } from '../../lib/contract/endpoint.ts';
import type { EndpointName, Endpoints } from '../../lib/contract/endpoints.ts';

type Example<Name extends EndpointName> = {
  params?: EndpointCall<Endpoints[Name]>['params'];
  query?: EndpointCall<Endpoints[Name]>['query'];
  body?: EndpointCall<Endpoints[Name]>['body'];
  /** For a stream, its lines. */
  answer?: Endpoints[Name]['form'] extends 'ndjson'
    ? EndpointAnswer<Endpoints[Name]>[]
    : EndpointAnswer<Endpoints[Name]>;
};

const AS_OF = '2026-01-31T12:00:00.000Z';
const text = (data: string) => ({
  encoding: 'utf8' as const,
  data,
  size: Buffer.byteLength(data),
  isTruncated: false,
});

const sizes = (size: number) => ({
  count: 10_000,
  bytes: size * 10_000,
  min: size,
  max: size,
  mean: size,
  p50: size,
  p90: size,
  p99: size,
  relativeError: 0.01,
  powersOfTwo: [{ from: 4, to: 8, count: 10_000 }],
});

/** What a call and its answer look like. Tests hold each against the contract. */
export const examples: { [Name in EndpointName]?: Example<Name> } = {
  getHealth: {
    answer: {
      status: 'ok',
      version: '0.1.0',
      uptimeSeconds: 86.4,
      clusters: [{ id: 'embedded', status: 'ok' }],
    },
  },
  listClusters: {
    answer: {
      items: [
        {
          id: 'embedded',
          name: 'Embedded',
          kind: 'embedded',
          bootstrapServers: ['127.0.0.1:9092', '127.0.0.1:9093', '127.0.0.1:9094'],
          security: null,
          status: 'ok',
          sampleData: true,
        },
      ],
    },
  },
  listTopics: {
    query: { search: 'order', sort: 'underReplicatedPartitionCount', order: 'desc', limit: 20 },
    answer: {
      asOf: AS_OF,
      problems: [],
      items: [
        {
          name: 'shop.orders',
          topicId: 'T8fTqfFzQwSRsNyfQY5nDg',
          partitionCount: 6,
          replicationFactor: 3,
          preferredLeaderPercent: 100,
          underReplicatedPartitionCount: 0,
          offlinePartitionCount: 0,
          customConfigCount: 4,
          isInternal: false,
        },
      ],
      total: 1,
      nextCursor: null,
    },
  },
  createTopic: {
    body: {
      name: 'orders',
      partitionCount: 6,
      replicationFactor: 3,
      configs: { 'retention.ms': '86400000' },
    },
    answer: { name: 'orders', topicId: 'T8fTqfFzQwSRsNyfQY5nDg', partitionCount: 6, replicationFactor: 3 },
  },
  addPartitions: { body: { count: 12 }, answer: { ok: true } },
  alterTopicConfigs: {
    body: { changes: { 'retention.ms': '3600000', 'cleanup.policy': null } },
    answer: { ok: true },
  },
  alterBrokerConfigs: { body: { changes: { 'log.cleaner.threads': '2' } }, answer: { ok: true } },
  getTopicSerdes: {
    answer: {
      key: { serde: 'text', source: 'detected', reason: '50 of 50 keys are text' },
      value: {
        serde: 'avro',
        source: 'detected',
        reason: '50 of 50 values begin with the id of a schema in the registry: 12 (shop.Order, AVRO)',
      },
      available: ['text', 'json', 'long', 'hex', 'avro', 'protobuf', 'json-schema'],
      lookedAt: 50,
      fields: [
        { path: 'key', types: ['string'], seenIn: 50, examples: ['o-1', 'o-2'] },
        { path: 'value.total', types: ['number'], seenIn: 50, examples: ['12.3', '7.5'] },
        { path: 'value.note', types: ['null', 'string'], seenIn: 50, examples: ['by the door'] },
      ],
    },
  },
  setTopicSerdes: {
    body: { key: 'long', value: null },
    answer: {
      key: { serde: 'long', source: 'chosen', reason: 'Somebody chose it in the console' },
      value: { serde: 'json', source: 'detected', reason: '47 of 50 values are JSON objects or lists' },
      available: ['text', 'json', 'long', 'hex'],
      lookedAt: 50,
      fields: [{ path: 'value.total', types: ['number'], seenIn: 47, examples: ['12.3'] }],
    },
  },
  readMessages: {
    query: { from: 'timestamp:2026-01-31T11:00:00Z', limit: 100 },
    answer: [
      {
        type: 'message',
        partition: 2,
        offset: 4711,
        timestamp: AS_OF,
        timestampType: 'create-time',
        key: text('o-1207'),
        value: text('{"orderId":"o-1207","total":12.5}'),
        headers: [{ key: 'source', value: text('checkout') }],
        compression: 'none',
        isTransactional: false,
        size: 61,
      },
      {
        type: 'end',
        reason: 'end-of-log',
        scanned: 1,
        matched: 1,
        sent: 1,
        nextFrom: { '2': 4712 },
        problems: [],
      },
    ],
  },
  searchMessages: {
    body: { topics: ['orders', 'payments'], search: 'o-1207', from: 'earliest', limit: 100 },
    answer: [
      {
        type: 'message',
        topic: 'payments',
        partition: 0,
        offset: 911,
        timestamp: AS_OF,
        timestampType: 'create-time',
        key: null,
        value: text('{"orderId":"o-1207","paid":12.5}'),
        headers: [],
        compression: 'lz4',
        isTransactional: false,
        size: 40,
      },
      {
        type: 'end',
        reason: 'end-of-log',
        scanned: 120_000,
        matched: 1,
        sent: 1,
        nextFrom: {},
        next: { orders: { '0': 60_000 }, payments: { '0': 60_000 } },
        problems: [],
      },
    ],
  },
  messageStatistics: {
    body: { topics: ['orders'], from: 'timestamp:2026-01-31T11:00:00Z', sample: 10_000 },
    answer: [
      {
        type: 'end',
        reason: 'sample',
        scanned: 10_000,
        matched: 10_000,
        statistics: {
          partial: false,
          coverage: {
            isWhole: false,
            offsets: 2_400_000,
            offsetsLookedAt: 10_000,
            windows: 100,
            estimatedMatched: 2_400_000,
          },
          matched: 10_000,
          bytes: 2_440_000,
          tombstones: 12,
          timeline: {
            bucketMs: 1_800_000,
            buckets: [
              { start: '2026-01-31T11:00:00.000Z', matched: 5_100, perSecond: 680 },
              { start: '2026-01-31T11:30:00.000Z', matched: 4_900, perSecond: 653.3 },
            ],
            partitions: [{ topic: 'orders', partition: 0, matched: [5_100, 4_900] }],
            earlier: 0,
            later: 0,
            withoutTime: 0,
          },
          partitions: [
            {
              topic: 'orders',
              partition: 0,
              matched: 10_000,
              bytes: 2_440_000,
              first: { offset: 4711, timestamp: '2026-01-31T11:00:00.120Z' },
              last: { offset: 2_404_640, timestamp: '2026-01-31T11:59:59.870Z' },
            },
          ],
          morePartitions: 0,
          keySizes: sizes(6),
          valueSizes: sizes(238),
          keys: {
            nulls: 0,
            hidden: 0,
            distinct: { estimate: 8_240, isExact: false, relativeError: 0.008125 },
            top: [{ key: 'o-1207', isTruncated: false, count: 9, error: 2 }],
          },
          duplicates: {
            count: 3,
            contents: 3,
            isExact: true,
            standardError: 0,
            examples: [
              {
                times: 2,
                first: { topic: 'orders', partition: 0, offset: 4711 },
                last: { topic: 'orders', partition: 0, offset: 5090 },
              },
            ],
          },
          fields: [
            {
              path: 'value.total',
              types: ['number'],
              matched: 9_988,
              share: 1,
              isMasked: false,
              examples: ['12.5', '7', '199.99'],
              areExamplesAll: false,
              numbers: { min: '0.5', max: '1999' },
            },
          ],
          moreFields: { isCut: false, error: 0 },
          unreadable: 0,
          compression: [{ type: 'lz4', matched: 10_000 }],
          transactions: { committed: 0, aborted: 0, open: 0, unknown: 0 },
          headers: [{ name: 'source', isTruncated: false, count: 10_000, error: 0 }],
        },
        problems: [],
      },
    ],
  },
  produceMessage: {
    body: {
      key: { data: 'o-1208' },
      value: { data: '{"orderId":"o-1208"}' },
      headers: [{ key: 'source', value: { data: 'console' } }],
    },
    answer: { partition: 2, offset: 4712, timestamp: AS_OF },
  },
  listSavedSearches: {
    answer: {
      items: [
        {
          id: '3f0f5f0e-5a54-4f0c-9c5a-0d6b6c1c9f11',
          name: 'Large orders from Korea',
          topic: 'shop.orders',
          query: 'filter=value.total+%3E+1000+%26%26+value.shipTo.country+%3D%3D+%22KR%22&limit=500',
          savedAt: AS_OF,
        },
      ],
    },
  },
  saveSearch: {
    body: { name: 'Late payments', topic: 'shop.payments', query: 'search=late&from=earliest' },
    answer: {
      id: '3f0f5f0e-5a54-4f0c-9c5a-0d6b6c1c9f11',
      name: 'Late payments',
      topic: 'shop.payments',
      query: 'search=late&from=earliest',
      savedAt: AS_OF,
    },
  },
  previewPlan: {
    body: { operation: 'add-partitions', topic: 'orders', body: { count: 12 } },
  },
  previewReassignment: {
    body: { generate: { topics: ['orders'], brokers: [1, 2, 3], rackAware: true } },
  },
  alterReassignments: {
    body: { targets: [{ topic: 'orders', partition: 0, replicas: [2, 3, 1] }] },
    answer: { items: [{ topic: 'orders', partition: 0, ok: true, error: null }] },
  },
  electLeaders: {
    body: { partitions: [{ topic: 'orders', partition: 0 }] },
    answer: { items: [{ topic: 'orders', partition: 0, ok: true, error: null }] },
  },
  stopEmbeddedBroker: { body: { mode: 'hard' } },
  setSampleData: { body: { enabled: false, removeTopics: true } },
};
