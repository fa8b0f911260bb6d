export const ORDERS = 'shop.orders';
export const FAILED_ORDERS = 'shop.orders.dlq';
export const PAYMENTS = 'shop.payments';
export const PAGE_VIEWS = 'shop.page-views';
export const CUSTOMERS = 'shop.customers';

export const HEALTHY_GROUP = 'shop-fulfilment';
export const LAGGING_GROUP = 'shop-analytics';

export interface SampleTopic {
  topic: string;
  numPartitions: number;
  configs: Record<string, string>;
}

/** Traffic never ends, so what is kept is bounded by size too: at most some 200 MB for all, three replicas each. */
const BOUNDED = {
  'retention.ms': String(24 * 60 * 60 * 1000),
  'retention.bytes': String(2 * 1024 * 1024),
  'segment.bytes': String(1024 * 1024),
};

export const SAMPLE_TOPICS: readonly SampleTopic[] = [
  { topic: ORDERS, numPartitions: 6, configs: { ...BOUNDED, 'min.insync.replicas': '2' } },
  { topic: PAYMENTS, numPartitions: 3, configs: { ...BOUNDED, 'min.insync.replicas': '2' } },
  {
    topic: PAGE_VIEWS,
    numPartitions: 6,
    configs: { ...BOUNDED, 'retention.ms': String(6 * 60 * 60 * 1000) },
  },
  {
    topic: CUSTOMERS,
    numPartitions: 3,
    configs: {
      'cleanup.policy': 'compact',
      'segment.bytes': String(1024 * 1024),
      'min.cleanable.dirty.ratio': '0.3',
    },
  },
  { topic: FAILED_ORDERS, numPartitions: 1, configs: BOUNDED },
];
