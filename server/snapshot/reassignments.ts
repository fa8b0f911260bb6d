import { listPartitionReassignmentsApi } from '../protocol/messages/list-partition-reassignments.ts';
import { type ClusterLink, keyOf } from './cluster-link.ts';
import { type Known, OnDemand } from './on-demand.ts';

/** A partition whose replicas are being moved (KIP-455). */
export interface OngoingReassignment {
  readonly topic: string;
  readonly partition: number;
  /** All of them: those before and those being added. */
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

/** By topic and partition. */
export class OngoingReassignments {
  readonly #byPartition: ReadonlyMap<string, OngoingReassignment>;

  constructor(list: readonly OngoingReassignment[]) {
    this.#byPartition = new Map(list.map((one) => [keyOf(one.topic, one.partition), one]));
  }

  get size(): number {
    return this.#byPartition.size;
  }

  get(topic: string, partition: number): OngoingReassignment | undefined {
    return this.#byPartition.get(keyOf(topic, partition));
  }

  list(): OngoingReassignment[] {
    return [...this.#byPartition.values()];
  }
}

const ALL = 'all';

/** Reassignments under way, which the controller knows. */
export class Reassignments {
  readonly #known: OnDemand<OngoingReassignments>;

  constructor({ client, snapshots }: ClusterLink) {
    this.#known = new OnDemand({
      freshMs: 1000,
      most: 1,
      load: async (_keys, settle) => {
        // In KRaft mode any broker asks the controller (KIP-590), so that a slow one can be passed over.
        const to = snapshots.latest()?.mode === 'kraft' ? 'any' : 'controller';
        const answer = await client.send(listPartitionReassignmentsApi, { topics: null }, { to });
        const list = answer.topics.flatMap(({ name, partitions }) =>
          partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
            topic: name,
            partition: partitionIndex,
            replicas,
            addingReplicas,
            removingReplicas,
          })),
        );
        settle(ALL, { value: new OngoingReassignments(list) });
      },
    });
  }

  read(until: number): Promise<Known<OngoingReassignments>> {
    return this.#known.readOne(ALL, until);
  }

  forget(): void {
    this.#known.forget(() => true);
  }
}
