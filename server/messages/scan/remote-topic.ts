import type { ClusterClient } from '../../client/cluster-client.ts';
import type { ReadableTopic } from '../readable-topic.ts';
import type { ScanOrder, Topology } from './order.ts';

/** A topic in another thread than the one that keeps the cluster's snapshot. */
export class RemoteTopic implements ReadableTopic {
  readonly client: ClusterClient;
  readonly name: string;
  readonly topicId: string | null;
  readonly #askAgain: () => void;
  #topology: Topology;
  #waiting: PromiseWithResolvers<void> | null = null;

  /** @param askAgain asks the other thread to look at the cluster; it answers with `learn` */
  constructor(client: ClusterClient, { topic, topology }: ScanOrder, askAgain: () => void) {
    this.client = client;
    this.name = topic.name;
    this.topicId = topic.topicId;
    this.#topology = topology;
    this.#askAgain = askAgain;
  }

  get exists(): boolean {
    return this.#topology.exists;
  }

  leaderOf(partition: number): number | null {
    return this.#topology.leaders[partition] ?? null;
  }

  lookAgain(): Promise<void> {
    if (!this.#waiting) {
      this.#waiting = Promise.withResolvers();
      this.#askAgain();
    }
    return this.#waiting.promise;
  }

  learn(topology: Topology): void {
    this.#topology = topology;
    this.#waiting?.resolve();
    this.#waiting = null;
  }
}
