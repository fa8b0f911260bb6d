import type { SerdeName } from '../../lib/contract/serdes.ts';

interface KnownTopic {
  topics: RegExp;
  key: SerdeName;
  value: SerdeName;
}

/** Topics that Kafka itself, MirrorMaker 2 and Connect write, by the names they have unless somebody chose others. */
const KNOWN_TOPICS: KnownTopic[] = [
  { topics: /^__consumer_offsets$/, key: 'consumer-offsets', value: 'consumer-offsets' },
  { topics: /^__transaction_state$/, key: 'transaction-state', value: 'transaction-state' },
  { topics: /^__share_group_state$/, key: 'share-group-state', value: 'share-group-state' },
];

/** How keys or values of a topic are read because of its name; null: its name says nothing. */
export function serdeByTopic(topic: string, part: 'key' | 'value'): SerdeName | null {
  return KNOWN_TOPICS.find(({ topics }) => topics.test(topic))?.[part] ?? null;
}
