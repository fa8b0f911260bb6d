import type { Broker } from '../broker.ts';
import type { GroupCoordinator } from '../groups/coordinator.ts';
import type { ClientTransactionVersion, PartitionSet, ProducerIdAndEpoch } from './transaction-metadata.ts';

/** What brokers ask of another's transaction coordinator (AddPartitionsToTxn 4 and later). */
interface PeerTransactions {
  addPartitions(
    transactionalId: string,
    producer: ProducerIdAndEpoch,
    partitions: PartitionSet,
    clientVersion: ClientTransactionVersion,
  ): Promise<number>;
  verifyPartitions(transactionalId: string, producer: ProducerIdAndEpoch, partitions: PartitionSet): number[];
}

/** A broker with its coordinators, as another broker reaches it. */
export interface Peer {
  readonly broker: Broker;
  readonly groups: GroupCoordinator;
  readonly transactions: PeerTransactions;
}

/** The brokers of the process that can be reached: in Kafka, connections between brokers. */
export class Peers {
  readonly #all = new Map<number, Peer>();

  add(peer: Peer): void {
    this.#all.set(peer.broker.id, peer);
  }

  remove(brokerId: number): void {
    this.#all.delete(brokerId);
  }

  /** Null when that broker does not answer. */
  reach(brokerId: number): Peer | null {
    const peer = this.#all.get(brokerId);
    return peer?.broker.isServing ? peer : null;
  }
}
