import type { EndpointCall } from '../../../lib/contract/endpoint.ts';
import type { Endpoints } from '../../../lib/contract/endpoints.ts';
import { queryOf, type Reading } from '../search/reading.ts';

/** Records that may be looked at; `all` reads the logs from end to end. */
export const SAMPLES = ['10000', '100000', '1000000', 'all'] as const;
export type Sample = (typeof SAMPLES)[number];

export type StatisticsCall = NonNullable<EndpointCall<Endpoints['messageStatistics']>['body']>;

/** What is asked of the messages that a reading is about: all that pass its tests, not only the first so many. */
export function statisticsCall(
  reading: Reading,
  topics: readonly string[],
  { isSeveral, sample }: { isSeveral: boolean; sample: Sample },
): StatisticsCall {
  const { limit: _, order: _order, follow: _follow, control: _control, ...asked } = queryOf(reading);
  return {
    ...asked,
    topics: [...topics],
    // Numbers of partitions mean nothing where topics differ.
    partitions: isSeveral || reading.partitions.length === 0 ? undefined : [...reading.partitions],
    sample: sample === 'all' ? null : Number(sample),
  };
}
