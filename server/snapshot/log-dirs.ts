import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { ERROR, errorByCode } from '../protocol/errors.ts';
import { type DescribeLogDirsResponse, describeLogDirsApi } from '../protocol/messages/describe-log-dirs.ts';
import { type ClusterLink, groupBy, keyOf, keyParts, pieces } from './cluster-link.ts';
import { type Known, OnDemand } from './on-demand.ts';
import { asFailure } from './read-problem.ts';

export interface BrokerLogDir {
  readonly path: string;
  readonly error: string | null;
  /** Bytes of the volume; null before Kafka 3.3 (KIP-827). */
  readonly totalBytes: number | null;
  readonly usableBytes: number | null;
  readonly replicaCount: number;
  readonly sizeBytes: number;
}

/** One replica on disk. */
export interface ReplicaSize {
  readonly sizeBytes: number;
  /** Records behind the leader. */
  readonly offsetLag: number;
}

const TOPICS_PER_REQUEST = 500;
/** Where a broker does not know the size of a volume. */
const UNKNOWN_BYTES = -1n;

/** Log directories and sizes on disk, asked of each broker for its own. */
export class LogDirs {
  readonly #link: ClusterLink;
  readonly #ofBroker: OnDemand<readonly BrokerLogDir[]>;
  readonly #ofTopic: OnDemand<ReadonlyMap<number, ReplicaSize>>;

  constructor(link: ClusterLink) {
    this.#link = link;
    this.#ofBroker = new OnDemand({
      freshMs: 1500,
      most: 1000,
      load: async (keys, settle) => {
        await Promise.all(
          keys.map(async (key) => {
            const value = await readDirs(link, Number(key)).catch(asFailure);
            settle(key, value instanceof Failure ? { failure: value } : { value });
          }),
        );
      },
    });
    this.#ofTopic = new OnDemand({
      freshMs: 1500,
      most: 4000,
      load: async (keys, settle) => {
        const byBroker = groupBy(keys, (key) => Number(keyParts(key)[0]));
        await Promise.all(
          [...byBroker].map(async ([broker, ofBroker]) => {
            for (const some of pieces(ofBroker, TOPICS_PER_REQUEST)) {
              try {
                const topics = some.map((key) => keyParts(key)[1]!);
                const sizes = await this.#readSizes(broker, topics);
                for (const key of some) settle(key, { value: sizes.get(keyParts(key)[1]!) ?? new Map() });
              } catch (error) {
                for (const key of some) settle(key, { failure: asFailure(error) });
              }
            }
          }),
        );
      },
    });
  }

  /** The log directories of some brokers, by broker. */
  async ofBrokers(
    brokers: readonly number[],
    until: number,
  ): Promise<(broker: number) => Known<readonly BrokerLogDir[]>> {
    const known = await this.#ofBroker.read(brokers.map(String), until);
    return (broker) => known(String(broker));
  }

  /** Sizes of the replicas of some topics on some brokers, by partition. */
  async ofReplicas(
    wanted: readonly { broker: number; topic: string }[],
    until: number,
  ): Promise<(broker: number, topic: string) => Known<ReadonlyMap<number, ReplicaSize>>> {
    const keys = wanted.map(({ broker, topic }) => keyOf(broker, topic));
    const known = await this.#ofTopic.read(keys, until);
    return (broker, topic) => known(keyOf(broker, topic));
  }

  forgetTopic(topic: string): void {
    this.#ofTopic.forget((key) => keyParts(key)[1] === topic);
    this.#ofBroker.forget(() => true);
  }

  async #readSizes(
    broker: number,
    topics: readonly string[],
  ): Promise<Map<string, Map<number, ReplicaSize>>> {
    const index = this.#link.snapshots.latest()?.topics;
    const answer = await this.#link.client.send(
      describeLogDirsApi,
      {
        topics: topics.map((topic) => ({
          topic,
          partitions: (index?.get(topic)?.partitions ?? []).map(({ partition }) => partition),
        })),
      },
      { to: { broker } },
    );
    refuseDenied(answer, broker);
    const sizes = new Map<string, Map<number, ReplicaSize>>();
    for (const { topics: held } of answer.results) {
      for (const { name, partitions } of held) {
        const ofTopic = sizes.get(name) ?? new Map<number, ReplicaSize>();
        sizes.set(name, ofTopic);
        for (const { partitionIndex, partitionSize, offsetLag, isFutureKey } of partitions) {
          // A future replica is a copy on its way to another directory of the same broker (KIP-113).
          if (isFutureKey) continue;
          ofTopic.set(partitionIndex, { sizeBytes: Number(partitionSize), offsetLag: Number(offsetLag) });
        }
      }
    }
    return sizes;
  }
}

async function readDirs({ client }: ClusterLink, broker: number): Promise<BrokerLogDir[]> {
  const answer = await client.send(describeLogDirsApi, { topics: null }, { to: { broker } });
  refuseDenied(answer, broker);
  return answer.results.map((dir) => {
    let replicaCount = 0;
    let sizeBytes = 0;
    for (const { partitions } of dir.topics) {
      replicaCount += partitions.length;
      for (const { partitionSize } of partitions) sizeBytes += Number(partitionSize);
    }
    return {
      path: dir.logDir,
      error: dir.errorCode === ERROR.NONE ? null : errorByCode(dir.errorCode).message,
      totalBytes: bytesOrNull(dir.totalBytes),
      usableBytes: bytesOrNull(dir.usableBytes),
      replicaCount,
      sizeBytes,
    };
  });
}

/** A broker answers one who may not know with nothing at all: an error at the top since v3 (KIP-784), before an empty list. */
function refuseDenied({ errorCode, results }: DescribeLogDirsResponse, broker: number): void {
  if (errorCode !== ERROR.NONE) throw kafkaFailure(errorCode, say('kafka.logDirsOfBroker', { broker }));
  if (results.length === 0) {
    throw new Failure('forbidden', say('broker.noLogDirs', { broker }), {
      action: say('broker.noLogDirs.do'),
    });
  }
}

function bytesOrNull(bytes: bigint): number | null {
  return bytes === UNKNOWN_BYTES ? null : Number(bytes);
}
