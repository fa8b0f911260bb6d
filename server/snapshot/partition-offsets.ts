import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { ERROR } from '../protocol/errors.ts';
import { listOffsetsApi } from '../protocol/messages/list-offsets.ts';
import { type ClusterLink, groupBy, keyOf, keyParts, pieces } from './cluster-link.ts';
import { type Known, OnDemand, type Settle } from './on-demand.ts';
import { asFailure } from './read-problem.ts';

export interface PartitionOffsets {
  readonly logStartOffset: number;
  /** The high watermark, as a consumer sees the end. */
  readonly logEndOffset: number;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Timestamps that stand for the ends of a log (ListOffsets). */
const LATEST = -1n;
const EARLIEST = -2n;
const PARTITIONS_PER_REQUEST = 2000;
/** The console reads as a client, not as a replica. */
const CONSUMER = -1;

const MOVED: ReadonlySet<number> = new Set([
  ERROR.NOT_LEADER_OR_FOLLOWER,
  ERROR.FENCED_LEADER_EPOCH,
  ERROR.UNKNOWN_LEADER_EPOCH,
]);

/** Start and end of partitions' logs, asked of their leaders. */
export class Offsets {
  readonly #link: ClusterLink;
  readonly #known: OnDemand<PartitionOffsets>;

  constructor(link: ClusterLink) {
    this.#link = link;
    this.#known = new OnDemand({
      freshMs: 1000,
      most: 100_000,
      load: (keys, settle) => this.#load(keys, settle),
    });
  }

  async read(
    wanted: readonly TopicPartition[],
    until: number,
  ): Promise<(topic: string, partition: number) => Known<PartitionOffsets>> {
    const known = await this.#known.read(
      wanted.map(({ topic, partition }) => keyOf(topic, partition)),
      until,
    );
    return (topic, partition) => known(keyOf(topic, partition));
  }

  forgetTopic(topic: string): void {
    this.#known.forget((key) => keyParts(key)[0] === topic);
  }

  /** A leader that has moved is looked up once more: its partitions are asked of the new one. */
  async #load(keys: readonly string[], settle: Settle<PartitionOffsets>): Promise<void> {
    const moved: string[] = [];
    await this.#askLeaders(keys, (key, outcome) => {
      if ('failure' in outcome && hasMoved(outcome.failure)) moved.push(key);
      else settle(key, outcome);
    });
    if (moved.length === 0) return;
    await this.#link.snapshots.refreshed();
    await this.#askLeaders(moved, (key, outcome) =>
      settle(
        key,
        'failure' in outcome && hasMoved(outcome.failure) ? { failure: stillMoving(key) } : outcome,
      ),
    );
  }

  async #askLeaders(keys: readonly string[], settle: Settle<PartitionOffsets>): Promise<void> {
    const topics = this.#link.snapshots.latest()?.topics;
    const wanted = keys.map((key) => {
      const [topic = '', partition] = keyParts(key);
      return { key, topic, partition: Number(partition) };
    });
    const byLeader = groupBy(
      wanted,
      ({ topic, partition }) => topics?.get(topic)?.partitions[partition]?.leader ?? NO_PARTITION,
    );
    await Promise.all(
      [...byLeader].map(async ([leader, ofLeader]) => {
        if (leader < 0) {
          for (const { key, topic, partition } of ofLeader) {
            settle(key, { failure: withoutLeader(leader, topic, partition) });
          }
          return;
        }
        for (const some of pieces(ofLeader, PARTITIONS_PER_REQUEST)) {
          try {
            // A partition may stand in a request only once, so each end is a request of its own.
            const [starts, ends] = await Promise.all([
              this.#ask(leader, some, EARLIEST),
              this.#ask(leader, some, LATEST),
            ]);
            for (const { key } of some) settle(key, both(starts.get(key), ends.get(key)));
          } catch (error) {
            for (const { key } of some) settle(key, { failure: asFailure(error) });
          }
        }
      }),
    );
  }

  async #ask(
    leader: number,
    wanted: readonly (TopicPartition & { key: string })[],
    timestamp: bigint,
  ): Promise<Map<string, number | Failure>> {
    const answer = await this.#link.client.send(
      listOffsetsApi,
      {
        replicaId: CONSUMER,
        isolationLevel: 0,
        topics: [...groupBy(wanted, ({ topic }) => topic)].map(([name, partitions]) => ({
          name,
          partitions: partitions.map(({ partition }) => ({
            partitionIndex: partition,
            currentLeaderEpoch: -1,
            timestamp,
          })),
        })),
      },
      { to: { broker: leader } },
    );
    const offsets = new Map<string, number | Failure>();
    for (const { name, partitions } of answer.topics) {
      for (const { partitionIndex, errorCode, offset } of partitions) {
        const subject = say('kafka.offsetsOfPartition', { name: `${name}-${partitionIndex}` });
        const outcome = errorCode === ERROR.NONE ? Number(offset) : kafkaFailure(errorCode, subject);
        offsets.set(keyOf(name, partitionIndex), outcome);
      }
    }
    return offsets;
  }
}

const NO_PARTITION = -2;

function hasMoved({ kafkaError }: Failure): boolean {
  return kafkaError !== undefined && MOVED.has(kafkaError.code);
}

function stillMoving(key: string): Failure {
  return new Failure('unavailable', say('partition.leaderMoves', { name: keyParts(key).join('-') }), {
    action: say('partition.leaderMoves.do'),
  });
}

function withoutLeader(leader: number, topic: string, partition: number): Failure {
  const name = `${topic}-${partition}`;
  return leader === NO_PARTITION
    ? new Failure('not_found', say('partition.none', { name }))
    : new Failure('unavailable', say('partition.noLeader', { name }), {
        action: say('partition.noLeader.do'),
      });
}

function both(
  start: number | Failure | undefined,
  end: number | Failure | undefined,
): { value: PartitionOffsets } | { failure: Failure } {
  if (typeof start === 'number' && typeof end === 'number') {
    return { value: { logStartOffset: start, logEndOffset: end } };
  }
  const failure = [start, end].find((outcome) => outcome instanceof Failure);
  if (failure) return { failure };
  return { failure: new Failure('internal', say('kafka.answeredWithoutPartition', { api: 'ListOffsets' })) };
}
