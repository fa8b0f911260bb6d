import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import type { Cluster } from '../cluster.ts';
import { findTopic } from '../snapshot/find-topic.ts';
import type { SnapshotKeeper } from '../snapshot/snapshot-keeper.ts';
import type { SnapshotTopic } from '../snapshot/snapshot-topic.ts';
import type { ReadableTopic } from './readable-topic.ts';

/** A snapshot younger than this has all partitions there are. */
const YOUNG_MS = 250;

/** One topic as a reading or writing sees it: the same one from beginning to end, whoever leads its partitions. */
export class TopicView implements ReadableTopic {
  readonly client: ClusterClient;
  readonly name: string;
  /** Null before Kafka 2.8. */
  readonly topicId: string | null;
  readonly partitionCount: number;
  readonly #snapshots: SnapshotKeeper;

  private constructor({ client, snapshots }: Cluster, topic: SnapshotTopic) {
    this.client = client;
    this.#snapshots = snapshots;
    this.name = topic.name;
    this.topicId = topic.topicId;
    this.partitionCount = topic.partitions.length;
  }

  /** Throws `not_found`; also for a partition of `wanted` that the topic does not have, with the field it came from. */
  static async open(
    cluster: Cluster,
    name: string,
    wanted: { partitions: readonly number[]; field: string },
  ): Promise<TopicView> {
    const { snapshots } = cluster;
    let { topic, snapshot } = await findTopic(snapshots, name);
    const isMissing = () => wanted.partitions.some((partition) => partition >= topic.partitions.length);
    if (isMissing() && Date.now() - Date.parse(snapshot.asOf) > YOUNG_MS) {
      snapshot = await snapshots.refreshed();
      topic = snapshot.topics.get(name) ?? topic;
    }
    const count = topic.partitions.length;
    const missing = wanted.partitions.find((partition) => partition >= count);
    if (missing !== undefined) {
      const where = { topic: name, partition: missing };
      const message =
        count === 1
          ? say('partition.beyondOnly', where)
          : say('partition.beyond', { ...where, last: count - 1 });
      throw new Failure('not_found', message, { fields: [{ field: wanted.field, message }] });
    }
    return new TopicView(cluster, topic);
  }

  get partitions(): number[] {
    return Array.from({ length: this.partitionCount }, (_, partition) => partition);
  }

  /** Who leads a partition as far as is known now; null: nobody. */
  leaderOf(partition: number): number | null {
    const leader = this.#snapshots.latest()?.topics.get(this.name)?.partitions[partition]?.leader ?? -1;
    return leader < 0 ? null : leader;
  }

  /** False once the cluster's newest state lacks the topic, or has another one of its name. */
  get exists(): boolean {
    const topic = this.#snapshots.latest()?.topics.get(this.name);
    return topic !== undefined && topic.topicId === this.topicId;
  }

  /** Looks at the cluster again, because a broker said that something has moved. Never throws. */
  async lookAgain(): Promise<void> {
    await this.#snapshots.refreshed().catch(() => {});
  }
}
