import { Failure } from '../../lib/contract/failure.ts';
import { type Sentence, spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { BrokerConnections } from './broker-connections.ts';
import type { Address, ConnectionOptions } from './kafkajs-connection.ts';

export interface KnownBroker extends Address {
  readonly id: number;
}

/** Who the brokers are and how to reach them: first the bootstrap servers, then what metadata says. */
export class BrokerDirectory {
  readonly #bootstrap: readonly Address[];
  readonly #connect: (address: Address) => Omit<ConnectionOptions, 'label'>;
  readonly #byAddress = new Map<string, BrokerConnections>();
  #brokers = new Map<number, KnownBroker>();
  #controllerId: number | null = null;
  /** Answers to the same question differ in order between brokers, so one is asked as long as it answers well. */
  #favourite: BrokerConnections | null = null;

  constructor(
    bootstrapServers: readonly string[],
    connect: (address: Address) => Omit<ConnectionOptions, 'label'>,
  ) {
    this.#bootstrap = bootstrapServers.map(parseAddress);
    this.#connect = connect;
  }

  get ids(): number[] {
    return [...this.#brokers.keys()].sort((a, b) => a - b);
  }

  get controllerId(): number | null {
    return this.#controllerId;
  }

  /** Takes over what a Metadata or DescribeCluster answer says. Connections to brokers that are gone are closed. */
  learn(brokers: readonly KnownBroker[], controllerId: number): void {
    this.#controllerId = controllerId >= 0 ? controllerId : null;
    if (brokers.length === 0) return;
    this.#brokers = new Map(brokers.map(({ id, host, port }) => [id, { id, host, port }]));
    const wanted = new Set([...brokers, ...this.#bootstrap].map(keyOf));
    for (const [key, connections] of this.#byAddress) {
      if (wanted.has(key)) continue;
      connections.close();
      this.#byAddress.delete(key);
    }
  }

  /** Connections to a broker; throws `broker_unreachable` when the cluster does not know it. */
  broker(id: number): BrokerConnections {
    const broker = this.#brokers.get(id);
    if (!broker) {
      throw new Failure('broker_unreachable', say('broker.notListed', { broker: id }), {
        action: say('broker.notListed.do'),
      });
    }
    return this.#connections(broker, labelOf(broker));
  }

  /** All ways into the cluster, the most promising first. */
  candidates(): BrokerConnections[] {
    const brokers = this.ids.map((id) => this.broker(id));
    const known = new Set([...this.#brokers.values()].map(keyOf));
    const bootstrap = this.#bootstrap
      .filter((address) => !known.has(keyOf(address)))
      .map((address) => this.#connections(address, spoken(keyOf(address))));
    const rank = (one: BrokerConnections): number => (one.isSuspect ? 2 : one === this.#favourite ? 0 : 1);
    return [...brokers, ...bootstrap].sort((a, b) => rank(a) - rank(b));
  }

  /** Remembers which way in answered. */
  prefer(connections: BrokerConnections): void {
    this.#favourite = connections;
  }

  sweep(stuckAfterMs: number): void {
    for (const connections of this.#byAddress.values()) connections.sweep(stuckAfterMs);
  }

  close(): void {
    for (const connections of this.#byAddress.values()) connections.close();
    this.#byAddress.clear();
  }

  #connections(address: Address, label: Sentence): BrokerConnections {
    const key = keyOf(address);
    let connections = this.#byAddress.get(key);
    if (!connections) {
      connections = new BrokerConnections(label, this.#connect(address));
      this.#byAddress.set(key, connections);
    }
    // First met as a bootstrap server, then known by its id.
    connections.label = label;
    return connections;
  }
}

/** `host:port`, `[::1]:9092` for IPv6. */
export function parseAddress(text: string): Address {
  const at = text.lastIndexOf(':');
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
}

function labelOf(broker: KnownBroker): Sentence {
  return say('link.broker', { broker: broker.id, address: keyOf(broker) });
}

function keyOf({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
