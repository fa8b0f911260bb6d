import type { Cluster } from '../cluster.ts';
import type { ClusterSettings } from '../config/settings.ts';
import type { ClusterEntry } from '../registry.ts';
import { createCluster } from './create-cluster.ts';

/** A cluster that runs elsewhere: it can always be asked, whether it answers or not. */
export class ExternalEntry implements ClusterEntry {
  readonly kind = 'external';
  readonly id: string;
  readonly name: string;
  readonly cluster: Cluster & { close(): Promise<void> };

  constructor(settings: ClusterSettings, told: Pick<Cluster, 'serdes' | 'masking'>) {
    this.id = settings.id;
    this.name = settings.name;
    this.cluster = createCluster(settings.connection, {
      id: this.id,
      name: this.name,
      kind: this.kind,
      ...told,
      isSampleDataOn: () => false,
      embeddedStates: () => null,
    });
  }

  async ready(): Promise<Cluster> {
    return this.cluster;
  }

  close(): Promise<void> {
    this.cluster.serdes.close();
    return this.cluster.close();
  }
}
