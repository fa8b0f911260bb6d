import type { SerdeName } from '../../lib/contract/serdes.ts';

interface KnownTopic {
  readonly topics: RegExp;
  readonly serde: SerdeName;
  /** Whether nobody else can have a topic of this name. */
  readonly isCertain: boolean;
}

/** Topics that Kafka itself, MirrorMaker 2 and Connect write, by the names they have unless somebody chose others. */
const KNOWN_TOPICS: KnownTopic[] = [
  { topics: /^__consumer_offsets$/, serde: 'consumer-offsets', isCertain: true },
  { topics: /^__transaction_state$/, serde: 'transaction-state', isCertain: true },
  { topics: /^__share_group_state$/, serde: 'share-group-state', isCertain: true },
  { topics: /^(?:[\w.-]+[._-])?heartbeats$/, serde: 'mm2-heartbeat', isCertain: false },
  { topics: /^[\w.-]+[._-]checkpoints[._-]internal$/, serde: 'mm2-checkpoint', isCertain: false },
  { topics: /^mm2-offset-syncs[._-][\w.-]+[._-]internal$/, serde: 'mm2-offset-sync', isCertain: false },
  {
    topics: /^(?:.*connect(?:or)?s?[._-](?:.*[._-])?|mm2-)configs?(?:[._-].*)?$/i,
    serde: 'connect-config',
    isCertain: false,
  },
  {
    topics: /^(?:.*connect(?:or)?s?[._-](?:.*[._-])?|mm2-)offsets?(?:[._-].*)?$/i,
    serde: 'connect-offset',
    isCertain: false,
  },
  {
    topics: /^(?:.*connect(?:or)?s?[._-](?:.*[._-])?|mm2-)status(?:es)?(?:[._-].*)?$/i,
    serde: 'connect-status',
    isCertain: false,
  },
];

/** How a topic is probably read because of its name; null: its name says nothing. */
export function serdeByTopic(topic: string): { serde: SerdeName; isCertain: boolean } | null {
  return KNOWN_TOPICS.find(({ topics }) => topics.test(topic)) ?? null;
}
