import type { EndpointCall } from '../../../lib/contract/endpoint.ts';
import type { Endpoints } from '../../../lib/contract/endpoints.ts';
import type { ResendRequest } from '../../../lib/contract/resend.ts';
import type { MessageAddress } from '../../../lib/contract/sending.ts';

export type ReadQuery = NonNullable<EndpointCall<Endpoints['readMessages']>['query']>;

/** What is sent again: messages that were chosen, or all that a search finds. */
export type ResendWhat =
  | { readonly kind: 'messages'; readonly messages: readonly MessageAddress[] }
  | { readonly kind: 'search'; readonly topics: readonly string[]; readonly query: ReadQuery };

/** Where it goes and what it keeps, as chosen. */
export interface ResendForm {
  cluster: string;
  topic: string | null;
  /** The topic stands in a header of each message. */
  isByHeader: boolean;
  topicHeader: string;
  keepsKey: boolean;
  keepsHeaders: boolean;
  keepsTimestamp: boolean;
  keepsPartition: boolean;
  tellsSource: boolean;
  /** At most so many; empty: all. */
  max: string;
}

/** Headers in which dead-letter queues keep where a message was meant to go: Connect's, Spring's, and what others do. */
export const ORIGIN_HEADERS = [
  '__connect.errors.topic',
  'kafka_dlt-original-topic',
  'kafka_original-topic',
  'original-topic',
  'x-original-topic',
] as const;

export function emptyResendForm(cluster: string): ResendForm {
  return {
    cluster,
    topic: null,
    isByHeader: false,
    topicHeader: '',
    keepsKey: true,
    keepsHeaders: true,
    keepsTimestamp: true,
    keepsPartition: false,
    tellsSource: false,
    max: '',
  };
}

export function isMaxGood(max: string): boolean {
  return max === '' || (/^\d{1,12}$/.test(max) && Number(max) > 0);
}

/** The request, or null while the form is not complete. */
export function resendRequestOf(what: ResendWhat, form: ResendForm): ResendRequest | null {
  if (!isMaxGood(form.max)) return null;
  if (form.isByHeader ? form.topicHeader === '' : form.topic === null) return null;
  return {
    ...(what.kind === 'messages' ? { messages: [...what.messages] } : { search: searchOf(what) }),
    ...(form.max === '' ? {} : { max: Number(form.max) }),
    to: {
      cluster: form.cluster,
      ...(form.topic === null ? {} : { topic: form.topic }),
      ...(form.isByHeader ? { topicHeader: form.topicHeader } : {}),
    },
    keep: {
      key: form.keepsKey,
      headers: form.keepsHeaders,
      timestamp: form.keepsTimestamp,
      partition: form.keepsPartition,
    },
    source: form.tellsSource,
  };
}

/** The search of a page without what only says how its results are shown. */
function searchOf({ topics, query }: Extract<ResendWhat, { kind: 'search' }>): ResendRequest['search'] {
  const { limit: _l, order: _o, follow: _f, maxBytes: _m, control: _c, partition, ...search } = query;
  const partitions = search.partitions ?? (partition === undefined ? undefined : [partition]);
  return { ...search, ...(partitions === undefined ? {} : { partitions }), topics: [...topics] } as never;
}
