import type { MetadataDelta, MetadataImage } from './metadata-image.ts';
import type { Outcome } from './outcome.ts';
import type {
  ConfigChange,
  CreatePartitions,
  CreateTopic,
  CreateTopicOutcome,
  PartitionOutcome,
  Reassignment,
  TopicPartition,
} from './requests.ts';

/**
 * The one that decides: topics, leaders, ISRs, configs, registrations. Its methods act at once and return what
 * became of every item; when they return, the image has the change and it is on disk.
 */
export interface Controller {
  readonly image: MetadataImage;
  /** The broker that holds the active controller's role, -1 when none runs. */
  readonly controllerId: number;
  /** Grows whenever the role moves. */
  readonly controllerEpoch: number;
  /** Offset after the last metadata record. */
  readonly metadataLogEndOffset: number;

  /** TOPIC_ALREADY_EXISTS, INVALID_TOPIC_EXCEPTION, INVALID_PARTITIONS, INVALID_REPLICATION_FACTOR, INVALID_REPLICA_ASSIGNMENT, INVALID_CONFIG. */
  createTopic(request: CreateTopic): CreateTopicOutcome;
  /** UNKNOWN_TOPIC_OR_PARTITION. Replicas and their files go too. */
  deleteTopic(name: string): Outcome;
  /** UNKNOWN_TOPIC_OR_PARTITION, INVALID_PARTITIONS, INVALID_REPLICA_ASSIGNMENT. */
  createPartitions(request: CreatePartitions): Outcome;
  /** `brokerId` '' is the cluster-wide default. INVALID_CONFIG, UNKNOWN_TOPIC_OR_PARTITION, INVALID_REQUEST. */
  alterConfigs(
    resource: 'topic' | 'broker',
    name: string,
    changes: readonly ConfigChange[],
    options?: { validateOnly?: boolean },
  ): Outcome;
  /** The old AlterConfigs: what is not named is removed. */
  replaceConfigs(
    resource: 'topic' | 'broker',
    name: string,
    configs: ReadonlyMap<string, string | null>,
    options?: { validateOnly?: boolean },
  ): Outcome;
  /** Null partitions: all of them, and only those where something happened are told. ELECTION_NOT_NEEDED, PREFERRED_LEADER_NOT_AVAILABLE, ELIGIBLE_LEADERS_NOT_AVAILABLE, UNKNOWN_TOPIC_OR_PARTITION. */
  electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly TopicPartition[] | null,
  ): PartitionOutcome[];
  /** Null replicas: cancel (KIP-455). INVALID_REPLICA_ASSIGNMENT, NO_REASSIGNMENT_IN_PROGRESS, UNKNOWN_TOPIC_OR_PARTITION. */
  alterReassignments(
    items: readonly (TopicPartition & { readonly replicas: readonly number[] | null })[],
    options?: { allowReplicationFactorChange?: boolean },
  ): PartitionOutcome[];
  /** Null: all that are under way. */
  listReassignments(partitions: readonly TopicPartition[] | null): Reassignment[];
  /** A block of producer ids that nobody else gets. */
  allocateProducerIds(count: number): { readonly first: number; readonly count: number };
  /** Called after every change. Returns how to stop listening. */
  onChange(listener: (image: MetadataImage, delta: MetadataDelta) => void): () => void;
}
