import { Failure } from '../../lib/contract/failure.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Api } from '../protocol/schema.ts';

/** What a broker offers, as its ApiVersions answer says. */
export interface OfferedVersions {
  readonly apis: ReadonlyMap<number, { readonly min: number; readonly max: number }>;
  /** Highest level of each feature that the broker's software supports (KIP-584), e.g. `metadata.version` → 30. */
  readonly supportedFeatures: ReadonlyMap<string, number>;
}

/** The highest version that both sides know; throws `unsupported_by_cluster` when there is none. */
export function negotiate<Request, Response>(
  api: Api<Request, Response>,
  offered: OfferedVersions,
  broker: Sentence,
): number {
  const range = offered.apis.get(api.key);
  if (!range) {
    throw new Failure('unsupported_by_cluster', say('link.noApi', { broker, api: api.name }));
  }
  const version = Math.min(api.maxVersion, range.max);
  if (version < Math.max(api.minVersion, range.min)) {
    throw new Failure(
      'unsupported_by_cluster',
      say('link.noVersion', {
        broker,
        api: api.name,
        min: range.min,
        max: range.max,
        ourMin: api.minVersion,
        ourMax: api.maxVersion,
      }),
    );
  }
  return version;
}
