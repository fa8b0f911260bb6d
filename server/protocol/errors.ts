/** Every error code of Kafka 4.3's protocol: `[code, retriable, what it means]` by Kafka's name. */
const TABLE = {
  UNKNOWN_SERVER_ERROR: [-1, false, 'The broker failed in a way it did not expect.'],
  NONE: [0, false, 'No error.'],
  OFFSET_OUT_OF_RANGE: [1, false, 'The offset lies outside the records that the partition holds.'],
  CORRUPT_MESSAGE: [
    2,
    true,
    'The records are corrupt: wrong checksum, wrong size, or no key on a compacted topic.',
  ],
  UNKNOWN_TOPIC_OR_PARTITION: [3, true, 'This broker does not have the topic or partition.'],
  INVALID_FETCH_SIZE: [4, false, 'The fetch size is not valid.'],
  LEADER_NOT_AVAILABLE: [5, true, 'The partition has no leader right now.'],
  NOT_LEADER_OR_FOLLOWER: [6, true, 'This broker is not the leader (or a follower) that the request needs.'],
  REQUEST_TIMED_OUT: [7, true, 'The request took longer than it was allowed to.'],
  BROKER_NOT_AVAILABLE: [8, false, 'The broker is not available.'],
  REPLICA_NOT_AVAILABLE: [9, true, 'The replica is not available on this broker.'],
  MESSAGE_TOO_LARGE: [10, false, 'The message is larger than the broker accepts.'],
  STALE_CONTROLLER_EPOCH: [11, false, 'A newer controller has taken over.'],
  OFFSET_METADATA_TOO_LARGE: [12, false, 'The metadata stored with an offset is too large.'],
  NETWORK_EXCEPTION: [13, true, 'The connection broke before an answer came.'],
  COORDINATOR_LOAD_IN_PROGRESS: [14, true, 'The coordinator is still loading its state.'],
  COORDINATOR_NOT_AVAILABLE: [15, true, 'The coordinator is not available.'],
  NOT_COORDINATOR: [16, true, 'This broker is not the coordinator.'],
  INVALID_TOPIC_EXCEPTION: [
    17,
    false,
    'The topic name is not valid, or the operation is not allowed on this topic.',
  ],
  RECORD_LIST_TOO_LARGE: [18, false, 'The batch is larger than a segment of the log.'],
  NOT_ENOUGH_REPLICAS: [19, true, 'Fewer replicas are in sync than min.insync.replicas asks for.'],
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: [
    20,
    true,
    'The records were written, but then fewer replicas were in sync than min.insync.replicas asks for.',
  ],
  INVALID_REQUIRED_ACKS: [21, false, 'acks must be 0, 1 or -1.'],
  ILLEGAL_GENERATION: [22, false, 'The generation of the group is not the current one.'],
  INCONSISTENT_GROUP_PROTOCOL: [23, false, "The member's protocols do not fit those of the group."],
  INVALID_GROUP_ID: [24, false, 'The group id is not valid.'],
  UNKNOWN_MEMBER_ID: [25, false, 'The coordinator does not know this member.'],
  INVALID_SESSION_TIMEOUT: [26, false, 'The session timeout is outside what the broker allows.'],
  REBALANCE_IN_PROGRESS: [27, false, 'The group is rebalancing; the member has to rejoin.'],
  INVALID_COMMIT_OFFSET_SIZE: [28, false, 'The offset commit is too large to be stored.'],
  TOPIC_AUTHORIZATION_FAILED: [29, false, 'Access to the topic is denied.'],
  GROUP_AUTHORIZATION_FAILED: [30, false, 'Access to the group is denied.'],
  CLUSTER_AUTHORIZATION_FAILED: [31, false, 'Access to the cluster is denied.'],
  INVALID_TIMESTAMP: [32, false, 'The timestamp of a record is outside the allowed range.'],
  UNSUPPORTED_SASL_MECHANISM: [33, false, 'The broker does not offer this SASL mechanism.'],
  ILLEGAL_SASL_STATE: [34, false, 'The request does not fit the state of SASL authentication.'],
  UNSUPPORTED_VERSION: [35, false, 'The broker does not support this version of the API.'],
  TOPIC_ALREADY_EXISTS: [36, false, 'A topic with this name exists already.'],
  INVALID_PARTITIONS: [37, false, 'The number of partitions is not valid.'],
  INVALID_REPLICATION_FACTOR: [
    38,
    false,
    'The replication factor is not valid, or exceeds the number of brokers.',
  ],
  INVALID_REPLICA_ASSIGNMENT: [39, false, 'The assignment of replicas is not valid.'],
  INVALID_CONFIG: [40, false, 'The configuration is not valid.'],
  NOT_CONTROLLER: [41, true, 'This broker is not the active controller.'],
  INVALID_REQUEST: [42, false, 'The request is malformed or contradicts itself.'],
  UNSUPPORTED_FOR_MESSAGE_FORMAT: [43, false, 'The message format of the partition does not support this.'],
  POLICY_VIOLATION: [44, false, 'The request breaks a policy of the cluster.'],
  OUT_OF_ORDER_SEQUENCE_NUMBER: [45, false, 'The sequence number of the producer skips records.'],
  DUPLICATE_SEQUENCE_NUMBER: [46, false, 'The sequence number of the producer was used before.'],
  INVALID_PRODUCER_EPOCH: [47, false, 'The epoch of the producer is outdated.'],
  INVALID_TXN_STATE: [48, false, 'The transaction is in a state that does not allow this.'],
  INVALID_PRODUCER_ID_MAPPING: [49, false, 'The producer id does not belong to this transactional id.'],
  INVALID_TRANSACTION_TIMEOUT: [50, false, 'The transaction timeout is longer than the broker allows.'],
  CONCURRENT_TRANSACTIONS: [51, true, 'Another operation on this transaction is still running.'],
  TRANSACTION_COORDINATOR_FENCED: [
    52,
    false,
    'The transaction coordinator has been replaced by a newer one.',
  ],
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: [53, false, 'Access to the transactional id is denied.'],
  SECURITY_DISABLED: [54, false, 'Security features are switched off on the cluster.'],
  OPERATION_NOT_ATTEMPTED: [
    55,
    false,
    'The operation was not tried, because another one in the same request failed.',
  ],
  KAFKA_STORAGE_ERROR: [56, true, 'The broker could not read or write its disk.'],
  LOG_DIR_NOT_FOUND: [57, false, 'The log directory is not among those of the broker.'],
  SASL_AUTHENTICATION_FAILED: [58, false, 'The credentials were refused.'],
  UNKNOWN_PRODUCER_ID: [59, false, 'The broker remembers nothing of this producer id.'],
  REASSIGNMENT_IN_PROGRESS: [60, false, 'The partition is being reassigned.'],
  DELEGATION_TOKEN_AUTH_DISABLED: [61, false, 'Delegation tokens are switched off on the cluster.'],
  DELEGATION_TOKEN_NOT_FOUND: [62, false, 'The delegation token is not known.'],
  DELEGATION_TOKEN_OWNER_MISMATCH: [63, false, 'The delegation token belongs to someone else.'],
  DELEGATION_TOKEN_REQUEST_NOT_ALLOWED: [
    64,
    false,
    'Delegation tokens cannot be asked for on this kind of connection.',
  ],
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: [65, false, 'Access to the delegation token is denied.'],
  DELEGATION_TOKEN_EXPIRED: [66, false, 'The delegation token has expired.'],
  INVALID_PRINCIPAL_TYPE: [67, false, 'The type of the principal is not supported.'],
  NON_EMPTY_GROUP: [68, false, 'The group still has members.'],
  GROUP_ID_NOT_FOUND: [69, false, 'The group does not exist.'],
  FETCH_SESSION_ID_NOT_FOUND: [70, true, 'The broker does not know this fetch session.'],
  INVALID_FETCH_SESSION_EPOCH: [71, true, 'The epoch of the fetch session is not the expected one.'],
  LISTENER_NOT_FOUND: [72, true, 'The leader has no listener with the name of the one used.'],
  TOPIC_DELETION_DISABLED: [73, false, 'Deleting topics is switched off on the cluster.'],
  FENCED_LEADER_EPOCH: [74, true, "The leader epoch of the request is older than the broker's."],
  UNKNOWN_LEADER_EPOCH: [75, true, "The leader epoch of the request is newer than the broker's."],
  UNSUPPORTED_COMPRESSION_TYPE: [76, false, "The asker's version cannot read this compression."],
  STALE_BROKER_EPOCH: [77, false, 'The epoch of the broker is outdated.'],
  OFFSET_NOT_AVAILABLE: [78, true, 'The leader does not know the high watermark yet.'],
  MEMBER_ID_REQUIRED: [79, false, 'The group gave out a member id; join again with it.'],
  PREFERRED_LEADER_NOT_AVAILABLE: [80, true, 'The preferred leader is not available.'],
  GROUP_MAX_SIZE_REACHED: [81, false, 'The group has as many members as it may have.'],
  FENCED_INSTANCE_ID: [82, false, 'Another member with the same group instance id has taken over.'],
  ELIGIBLE_LEADERS_NOT_AVAILABLE: [83, true, 'No replica that may become leader is available.'],
  ELECTION_NOT_NEEDED: [84, true, 'The partition does not need a new leader.'],
  NO_REASSIGNMENT_IN_PROGRESS: [85, false, 'The partition is not being reassigned.'],
  GROUP_SUBSCRIBED_TO_TOPIC: [86, false, 'The group is subscribed to the topic.'],
  INVALID_RECORD: [87, false, 'A record did not pass the checks of the broker.'],
  UNSTABLE_OFFSET_COMMIT: [88, true, 'Offsets of an open transaction still have to be decided.'],
  THROTTLING_QUOTA_EXCEEDED: [89, true, 'The quota is used up; try again later.'],
  PRODUCER_FENCED: [90, false, 'A newer producer with the same transactional id has taken over.'],
  RESOURCE_NOT_FOUND: [91, false, 'The named resource does not exist.'],
  DUPLICATE_RESOURCE: [92, false, 'The named resource exists already, or is named twice.'],
  UNACCEPTABLE_CREDENTIAL: [93, false, 'The credential is not acceptable.'],
  INCONSISTENT_VOTER_SET: [94, false, 'The voters of sender and receiver differ.'],
  INVALID_UPDATE_VERSION: [95, false, 'The feature level is not valid.'],
  FEATURE_UPDATE_FAILED: [96, false, 'The feature could not be updated.'],
  PRINCIPAL_DESERIALIZATION_FAILURE: [97, false, 'The forwarded principal could not be read.'],
  SNAPSHOT_NOT_FOUND: [98, false, 'The snapshot does not exist.'],
  POSITION_OUT_OF_RANGE: [99, false, 'The position lies outside the snapshot.'],
  UNKNOWN_TOPIC_ID: [100, true, 'This broker does not know the topic id.'],
  DUPLICATE_BROKER_REGISTRATION: [101, false, 'The broker id is registered by another broker that is alive.'],
  BROKER_ID_NOT_REGISTERED: [102, false, 'The broker id is not registered.'],
  INCONSISTENT_TOPIC_ID: [103, true, "The topic id does not fit the topic's name or log."],
  INCONSISTENT_CLUSTER_ID: [104, false, 'The cluster id is that of another cluster.'],
  TRANSACTIONAL_ID_NOT_FOUND: [105, false, 'The transactional id is not known.'],
  FETCH_SESSION_TOPIC_ID_ERROR: [106, true, 'The fetch session mixes topic ids and topic names.'],
  INELIGIBLE_REPLICA: [107, false, 'The new ISR holds a replica that may not be in it.'],
  NEW_LEADER_ELECTED: [108, false, 'The controller accepted the change and chose a new leader with it.'],
  OFFSET_MOVED_TO_TIERED_STORAGE: [109, false, 'The records have moved to tiered storage.'],
  FENCED_MEMBER_EPOCH: [110, false, "The epoch of the member is not the coordinator's; rejoin."],
  UNRELEASED_INSTANCE_ID: [111, false, 'The group instance id is still held by another member.'],
  UNSUPPORTED_ASSIGNOR: [112, false, 'The coordinator does not have this assignor.'],
  STALE_MEMBER_EPOCH: [
    113,
    false,
    'The epoch of the member is outdated; ask again after its next heartbeat.',
  ],
  MISMATCHED_ENDPOINT_TYPE: [
    114,
    false,
    'The request was sent to the wrong kind of endpoint (broker or controller).',
  ],
  UNSUPPORTED_ENDPOINT_TYPE: [115, false, 'This kind of endpoint is not supported yet.'],
  UNKNOWN_CONTROLLER_ID: [116, false, 'The controller id is not known.'],
  UNKNOWN_SUBSCRIPTION_ID: [117, false, "The subscription id of the client's telemetry is outdated."],
  TELEMETRY_TOO_LARGE: [118, false, 'The telemetry is larger than the broker accepts.'],
  INVALID_REGISTRATION: [119, false, 'The controller refused the registration of the broker.'],
  TRANSACTION_ABORTABLE: [
    120,
    false,
    'The transaction has to be aborted; the producer can go on after that.',
  ],
  INVALID_RECORD_STATE: [121, false, 'The record is in a state that does not allow this acknowledgement.'],
  SHARE_SESSION_NOT_FOUND: [122, true, 'The broker does not know this share session.'],
  INVALID_SHARE_SESSION_EPOCH: [123, true, 'The epoch of the share session is not the expected one.'],
  FENCED_STATE_EPOCH: [124, false, 'The state epoch of the share group is outdated.'],
  INVALID_VOTER_KEY: [125, false, "The voter's directory id or endpoint is not the known one."],
  DUPLICATE_VOTER: [126, false, 'The voter is in the quorum already.'],
  VOTER_NOT_FOUND: [127, false, 'The voter is not in the quorum.'],
  INVALID_REGULAR_EXPRESSION: [128, false, 'The regular expression is not valid.'],
  REBOOTSTRAP_REQUIRED: [129, false, 'The client has to start again from its bootstrap servers.'],
  STREAMS_INVALID_TOPOLOGY: [130, false, 'The topology of the streams application is not valid.'],
  STREAMS_INVALID_TOPOLOGY_EPOCH: [131, false, 'The epoch of the topology is not valid.'],
  STREAMS_TOPOLOGY_FENCED: [132, false, 'The topology of the streams application is outdated.'],
  SHARE_SESSION_LIMIT_REACHED: [133, true, 'The broker has as many share sessions as it allows.'],
} as const satisfies Record<string, readonly [number, boolean, string]>;

type ErrorName = keyof typeof TABLE;

export interface KafkaError {
  code: number;
  /** Kafka's own name, such as NOT_LEADER_OR_FOLLOWER. */
  name: string;
  /** A sentence for people. */
  message: string;
  /** Whether the same request may succeed when sent again. */
  retriable: boolean;
}

/** The code of every error: `ERROR.NOT_LEADER_OR_FOLLOWER` is 6. */
export const ERROR = Object.fromEntries(Object.entries(TABLE).map(([name, [code]]) => [name, code])) as {
  readonly [Name in ErrorName]: (typeof TABLE)[Name][0];
};

const errors = new Map<number, KafkaError>(
  Object.entries(TABLE).map(([name, [code, retriable, message]]) => [
    code,
    { code, name, message, retriable },
  ]),
);

/** What a code means; a code of a newer Kafka than this one is told by its number. */
export function errorByCode(code: number): KafkaError {
  return (
    errors.get(code) ?? {
      code,
      name: `UNKNOWN_ERROR_${code}`,
      message: `The broker answered with error code ${code}, which is not known here.`,
      retriable: false,
    }
  );
}
