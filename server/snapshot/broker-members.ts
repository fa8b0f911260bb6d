import type { ClusterClient } from '../client/cluster-client.ts';
import type { OfferedVersions } from '../client/offered-versions.ts';
import { describeClusterApi } from '../protocol/messages/describe-cluster.ts';
import type { SnapshotBroker } from './cluster-snapshot.ts';
import type { ReadMetadata } from './metadata-reader.ts';

export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

const NOWHERE: BrokerAddress = { host: '', port: 0, rack: null };
/** Fenced brokers can be asked for from this version on (KIP-1073). */
const FENCED_VERSION = 2;
const FENCED_TIMEOUT_MS = 1000;

/** The brokers of a cluster, alive or not: remembers the address of every one it met, so that one that is down keeps its own. */
export class BrokerMembers {
  readonly #client: ClusterClient;
  readonly #addresses = new Map<number, BrokerAddress>();

  constructor(client: ClusterClient) {
    this.#client = client;
  }

  addressOf(broker: number): BrokerAddress | undefined {
    return this.#addresses.get(broker);
  }

  /** Those that metadata lists and those that replicas name, in order of id. */
  async of({ brokers, topics }: ReadMetadata, offered: OfferedVersions): Promise<readonly SnapshotBroker[]> {
    for (const { nodeId, host, port, rack } of brokers) this.#addresses.set(nodeId, { host, port, rack });
    const alive = new Set(brokers.map(({ nodeId }) => nodeId));
    const named = [...topics.numbers.brokers.keys()].filter((id) => id >= 0 && !alive.has(id));
    if (named.some((id) => !this.#addresses.has(id))) await this.#askForFenced(offered);
    return [...alive, ...named]
      .sort((a, b) => a - b)
      .map((id) => ({ id, ...(this.#addresses.get(id) ?? NOWHERE), isAlive: alive.has(id) }));
  }

  /** The address of a broker that was down before the console started: KRaft tells it since 4.0. */
  async #askForFenced(offered: OfferedVersions): Promise<void> {
    if ((offered.apis.get(describeClusterApi.key)?.max ?? 0) < FENCED_VERSION) return;
    try {
      const answer = await this.#client.send(
        describeClusterApi,
        (version) => (version >= FENCED_VERSION ? { includeFencedBrokers: true } : {}),
        { to: 'any', timeoutMs: FENCED_TIMEOUT_MS },
      );
      for (const { brokerId, host, port, rack } of answer.brokers) {
        if (!this.#addresses.has(brokerId)) this.#addresses.set(brokerId, { host, port, rack });
      }
    } catch {
      // Its address stays unknown; that it is down is told all the same.
    }
  }
}

export function sameBrokers(a: readonly SnapshotBroker[], b: readonly SnapshotBroker[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index]!;
      return (
        one.id === other.id &&
        one.host === other.host &&
        one.port === other.port &&
        one.rack === other.rack &&
        one.isAlive === other.isAlive
      );
    })
  );
}
