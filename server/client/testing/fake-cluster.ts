import { ERROR } from '../../protocol/errors.ts';
import { describeClusterApi } from '../../protocol/messages/describe-cluster.ts';
import { describeConfigsApi } from '../../protocol/messages/describe-configs.ts';
import { describeGroupsApi } from '../../protocol/messages/describe-groups.ts';
import { describeLogDirsApi } from '../../protocol/messages/describe-log-dirs.ts';
import { describeQuorumApi } from '../../protocol/messages/describe-quorum.ts';
import { findCoordinatorApi } from '../../protocol/messages/find-coordinator.ts';
import { listGroupsApi } from '../../protocol/messages/list-groups.ts';
import { listOffsetsApi } from '../../protocol/messages/list-offsets.ts';
import { listPartitionReassignmentsApi } from '../../protocol/messages/list-partition-reassignments.ts';
import { metadataApi } from '../../protocol/messages/metadata.ts';
import { offsetFetchApi } from '../../protocol/messages/offset-fetch.ts';
import { answer, FakeBroker } from './fake-broker.ts';

export interface FakePartition {
  leader: number;
  replicas: number[];
  isr: number[];
  start?: number;
  end?: number;
}

export interface FakeTopic {
  partitions: FakePartition[];
  configs?: Record<string, string>;
  isInternal?: boolean;
}

export interface FakeGroup {
  coordinator: number;
  state?: string;
  /** By topic, offset by partition. */
  committed: Record<string, number[]>;
  members?: string[];
}

/** Bytes of every replica. */
export const REPLICA_BYTES = 1000;

/** Brokers on loopback that agree on topics and groups, which a test may change at any time. */
export class FakeCluster {
  readonly brokers: FakeBroker[];
  readonly topics = new Map<string, FakeTopic>();
  readonly groups = new Map<string, FakeGroup>();
  /** Brokers that have left the metadata. */
  readonly gone = new Set<number>();
  controllerId = 1;
  /** API keys that are answered with "not authorized". */
  readonly denied = new Set<number>();
  metadataReads = 0;

  constructor(size = 3) {
    this.brokers = Array.from({ length: size }, (_, index) => this.#prepare(new FakeBroker(index + 1)));
  }

  get bootstrapServers(): string[] {
    return this.brokers.map((broker) => broker.address);
  }

  broker(id: number): FakeBroker {
    return this.brokers[id - 1]!;
  }

  /** A topic whose partitions are dealt out over all brokers in turn. */
  addTopic(name: string, partitions: number, replicationFactor: number, more: Partial<FakeTopic> = {}): void {
    const ids = this.brokers.map(({ id }) => id);
    this.topics.set(name, {
      partitions: Array.from({ length: partitions }, (_, partition) => {
        const replicas = Array.from(
          { length: replicationFactor },
          (_, replica) => ids[(partition + replica) % ids.length]!,
        );
        return { leader: replicas[0]!, replicas, isr: [...replicas], start: 0, end: 100 };
      }),
      ...more,
    });
  }

  /** A broker dies: it leaves the metadata and every ISR, and the next replica in sync leads. */
  async kill(id: number): Promise<void> {
    await this.broker(id).stop();
    this.gone.add(id);
    for (const { partitions } of this.topics.values()) {
      for (const partition of partitions) {
        partition.isr = partition.isr.filter((replica) => replica !== id);
        if (partition.leader === id) partition.leader = partition.isr[0] ?? -1;
      }
    }
  }

  async start(): Promise<this> {
    await Promise.all(this.brokers.map((broker) => broker.start()));
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all(this.brokers.map((broker) => broker.stop()));
  }

  #prepare(broker: FakeBroker): FakeBroker {
    const denied = (api: { key: number }) => this.denied.has(api.key);
    const alive = () => this.brokers.filter(({ id }) => !this.gone.has(id));
    return broker.on(
      answer(metadataApi, ({ topics }) => {
        if (topics === null) this.metadataReads += 1;
        return {
          brokers: alive().map(({ id, host, port }) => ({ nodeId: id, host, port, rack: `rack-${id}` })),
          clusterId: 'fake',
          controllerId: this.controllerId,
          topics: topics === null ? [...this.topics].map(([name, topic]) => toldTopic(name, topic)) : [],
        };
      }),
      answer(describeQuorumApi, () =>
        denied(describeQuorumApi)
          ? { errorCode: ERROR.CLUSTER_AUTHORIZATION_FAILED }
          : {
              topics: [
                {
                  topicName: '__cluster_metadata',
                  partitions: [{ partitionIndex: 0, leaderId: this.controllerId }],
                },
              ],
            },
      ),
      answer(describeClusterApi, () => ({
        brokers: this.brokers.map(({ id, host, port }) => ({
          brokerId: id,
          host,
          port,
          isFenced: this.gone.has(id),
        })),
      })),
      answer(describeConfigsApi, ({ resources }) => ({
        results: resources.map(({ resourceType, resourceName, configurationKeys }) => {
          if (denied(describeConfigsApi)) {
            return { errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED, resourceType, resourceName };
          }
          const topic = this.topics.get(resourceName);
          if (!topic) return { errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION, resourceType, resourceName };
          const set = topic.configs ?? {};
          const configs = Object.entries({ 'min.insync.replicas': '1', ...set })
            .filter(([name]) => configurationKeys === null || configurationKeys.includes(name))
            .map(([name, value]) => ({ name, value, configSource: name in set ? 1 : 5 }));
          return { resourceType, resourceName, configs };
        }),
      })),
      answer(describeLogDirsApi, ({ topics }, request) => ({
        errorCode: denied(describeLogDirsApi) ? ERROR.CLUSTER_AUTHORIZATION_FAILED : ERROR.NONE,
        results: denied(describeLogDirsApi)
          ? []
          : [
              {
                logDir: `/data/${request.broker}`,
                totalBytes: 1_000_000n,
                usableBytes: 500_000n,
                topics: [...this.topics]
                  .filter(([name]) => topics === null || topics.some((wanted) => wanted.topic === name))
                  .map(([name, { partitions }]) => ({
                    name,
                    partitions: partitions.flatMap(({ replicas }, partitionIndex) =>
                      replicas.includes(request.broker)
                        ? [{ partitionIndex, partitionSize: BigInt(REPLICA_BYTES), offsetLag: 0n }]
                        : [],
                    ),
                  })),
              },
            ],
      })),
      answer(listOffsetsApi, ({ topics }, request) => ({
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex, timestamp }) => {
            const partition = this.topics.get(name)?.partitions[partitionIndex];
            if (partition?.leader !== request.broker) {
              return { partitionIndex, errorCode: ERROR.NOT_LEADER_OR_FOLLOWER };
            }
            const offset = timestamp === -2n ? (partition.start ?? 0) : (partition.end ?? 0);
            return { partitionIndex, offset: BigInt(offset) };
          }),
        })),
      })),
      answer(listPartitionReassignmentsApi, () =>
        denied(listPartitionReassignmentsApi) ? { errorCode: ERROR.CLUSTER_AUTHORIZATION_FAILED } : {},
      ),
      answer(findCoordinatorApi, ({ coordinatorKeys }) => ({
        coordinators: coordinatorKeys.map((key) => {
          const group = this.groups.get(key);
          return group
            ? { key, nodeId: group.coordinator, host: '127.0.0.1', port: this.broker(group.coordinator).port }
            : { key, errorCode: ERROR.COORDINATOR_NOT_AVAILABLE };
        }),
      })),
      answer(listGroupsApi, (_, request) => ({
        groups: [...this.groups]
          .filter(([, { coordinator }]) => coordinator === request.broker)
          .map(([groupId, { state = 'Stable' }]) => ({
            groupId,
            protocolType: 'consumer',
            groupState: state,
            groupType: 'Classic',
          })),
      })),
      answer(describeGroupsApi, ({ groups }, request) => ({
        groups: groups.map((groupId) => {
          const group = this.groups.get(groupId);
          if (group?.coordinator !== request.broker) return { groupId, errorCode: ERROR.NOT_COORDINATOR };
          return {
            groupId,
            groupState: group.state ?? 'Stable',
            protocolType: 'consumer',
            protocolData: 'range',
            members: (group.members ?? []).map((memberId) => ({
              memberId,
              clientId: memberId,
              clientHost: '/127.0.0.1',
            })),
          };
        }),
      })),
      answer(offsetFetchApi, ({ groups }) => ({
        groups: groups.map(({ groupId }) => ({
          groupId,
          topics: Object.entries(this.groups.get(groupId)?.committed ?? {}).map(([name, offsets]) => ({
            name,
            partitions: offsets.map((offset, partitionIndex) => ({
              partitionIndex,
              committedOffset: BigInt(offset),
            })),
          })),
        })),
      })),
    );
  }
}

function toldTopic(name: string, { partitions, isInternal }: FakeTopic) {
  return {
    name,
    isInternal: isInternal ?? false,
    partitions: partitions.map(({ leader, replicas, isr }, partitionIndex) => ({
      partitionIndex,
      leaderId: leader,
      leaderEpoch: 1,
      replicaNodes: replicas,
      isrNodes: isr,
      offlineReplicas: [],
    })),
  };
}
