import type { EmbeddedStatus } from '../../lib/kafka/embedded-control.ts';
import type { Cluster } from '../cluster.ts';
import type { EmbeddedCluster } from '../embedded/embedded-cluster.ts';
import type { SampleData } from '../embedded/sample-data/sample-data.ts';
import type { ClusterEntry } from '../registry.ts';
import { createCluster } from './create-cluster.ts';

const CONNECTION = { tls: null, sasl: null, connectionTimeoutMs: 2000, requestTimeoutMs: 10_000 };

/** The embedded cluster: connected to once its process says where its brokers listen. */
export class EmbeddedEntry implements ClusterEntry {
  readonly id = 'embedded';
  readonly name = 'Embedded';
  readonly kind = 'embedded';
  readonly #embedded: EmbeddedCluster;
  readonly #sampleData: SampleData;
  readonly #told: Pick<Cluster, 'serdes' | 'masking'>;
  readonly #forget: () => void;
  #picture = '';
  #cluster: (Cluster & { close(): Promise<void> }) | null = null;

  constructor(embedded: EmbeddedCluster, sampleData: SampleData, told: Pick<Cluster, 'serdes' | 'masking'>) {
    this.#embedded = embedded;
    this.#sampleData = sampleData;
    this.#told = told;
    this.#forget = embedded.onChange(() => this.#follow());
    this.#follow();
  }

  get cluster(): Cluster | null {
    return this.#cluster;
  }

  async ready(): Promise<Cluster> {
    // Once connected to it stays usable: a cluster whose process is away reads as unreachable, with its last snapshot.
    if (!this.#cluster) this.#connect(await this.#embedded.ready());
    return this.#cluster!;
  }

  async close(): Promise<void> {
    this.#forget();
    this.#told.serdes.close();
    await this.#cluster?.close();
  }

  /** Connects as soon as it can be, and reads again whenever a broker has come or gone. */
  #follow(): void {
    const { state, status } = this.#embedded;
    if (state === 'running' && status) this.#connect(status);
    const picture = [
      state,
      ...(status?.brokers.map((broker) => `${broker.id} ${broker.state}`) ?? []),
    ].join();
    if (picture !== this.#picture) this.#cluster?.snapshots.refreshSoon();
    this.#picture = picture;
  }

  #connect({ brokers }: EmbeddedStatus): void {
    const addresses = brokers.map(({ host, port }) => `${host}:${port}`);
    const known = this.#cluster?.bootstrapServers;
    if (known && known.join() === addresses.join()) return;
    // Started again on other ports: what was known of the old ones is of no use.
    void this.#cluster?.close();
    this.#cluster = createCluster(
      { ...CONNECTION, brokers: addresses },
      {
        id: this.id,
        name: this.name,
        kind: this.kind,
        ...this.#told,
        isSampleDataOn: () => this.#sampleData.isOn() && this.#embedded.state === 'running',
        embeddedStates: () => this.#states(),
      },
    );
  }

  #states(): Map<number, EmbeddedStatus['brokers'][number]['state']> {
    return new Map(this.#embedded.status?.brokers.map(({ id, state }) => [id, state]) ?? []);
  }
}
