import { Failure } from '../../lib/contract/failure.ts';
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
  broker: string,
): number {
  const range = offered.apis.get(api.key);
  if (!range) {
    throw new Failure('unsupported_by_cluster', `${broker} does not offer ${api.name}`);
  }
  const version = Math.min(api.maxVersion, range.max);
  if (version < Math.max(api.minVersion, range.min)) {
    throw new Failure(
      'unsupported_by_cluster',
      `${broker} offers ${api.name} in versions ${range.min} to ${range.max}, the console knows ${api.minVersion} to ${api.maxVersion}`,
    );
  }
  return version;
}
