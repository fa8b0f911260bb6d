import { ERROR } from '../../protocol/errors.ts';
import type { ConfigValues } from './config-changes.ts';
import type { ConfigResource } from './config-rules.ts';
import type { ControllerState } from './controller-state.ts';
import { ELR_VERSION } from './feature-names.ts';
import type { MetadataImage } from './metadata-image.ts';
import type { StoredRecord } from './metadata-records.ts';
import { type Outcome, refused } from './outcome.ts';

/**
 * While there are eligible leader replicas all brokers must agree on how small an ISR may be, so the controller sets it once for the cluster and nobody sets it
 * for one broker (KIP-966, Kafka's ConfigurationControlManager).
 */
const NAME = 'min.insync.replicas';

/** What a controller that takes over adds to a cluster that has it not yet: the value that brokers were started with. */
export function clusterMinInsync({ image, rules }: ControllerState): StoredRecord[] {
  if (!keepsElrs(image)) return [];
  const value = rules.inherited('broker', NAME);
  if (value === null || image.brokerConfigs('').has(NAME)) return [];
  return [{ type: 'config', resource: 'broker', name: '', key: NAME, value }];
}

/** INVALID_CONFIG for a change that would let brokers disagree, or null. */
export function problemWithMinInsync(
  image: MetadataImage,
  resource: ConfigResource,
  name: string,
  values: ConfigValues,
): Outcome | null {
  const value = values.get(NAME);
  if (!keepsElrs(image) || resource !== 'broker' || value === undefined) return null;
  if (name !== '') {
    return refused(
      ERROR.INVALID_CONFIG,
      'Broker-level min.insync.replicas cannot be altered while ELR is enabled.',
    );
  }
  if (value !== null) return null;
  return refused(
    ERROR.INVALID_CONFIG,
    'Cluster-level min.insync.replicas cannot be removed while ELR is enabled.',
  );
}

function keepsElrs({ features }: MetadataImage): boolean {
  return (features.get(ELR_VERSION) ?? 0) > 0;
}
