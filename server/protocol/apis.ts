import { addOffsetsToTxnApi } from './messages/add-offsets-to-txn.ts';
import { addPartitionsToTxnApi } from './messages/add-partitions-to-txn.ts';
import { addRaftVoterApi } from './messages/add-raft-voter.ts';
import { allocateProducerIdsApi } from './messages/allocate-producer-ids.ts';
import { alterClientQuotasApi } from './messages/alter-client-quotas.ts';
import { alterConfigsApi } from './messages/alter-configs.ts';
import { alterPartitionApi } from './messages/alter-partition.ts';
import { alterPartitionReassignmentsApi } from './messages/alter-partition-reassignments.ts';
import { alterReplicaLogDirsApi } from './messages/alter-replica-log-dirs.ts';
import { alterShareGroupOffsetsApi } from './messages/alter-share-group-offsets.ts';
import { alterUserScramCredentialsApi } from './messages/alter-user-scram-credentials.ts';
import { apiVersionsApi } from './messages/api-versions.ts';
import { assignReplicasToDirsApi } from './messages/assign-replicas-to-dirs.ts';
import { beginQuorumEpochApi } from './messages/begin-quorum-epoch.ts';
import { brokerHeartbeatApi } from './messages/broker-heartbeat.ts';
import { brokerRegistrationApi } from './messages/broker-registration.ts';
import { consumerGroupDescribeApi } from './messages/consumer-group-describe.ts';
import { consumerGroupHeartbeatApi } from './messages/consumer-group-heartbeat.ts';
import { controllerRegistrationApi } from './messages/controller-registration.ts';
import { createAclsApi } from './messages/create-acls.ts';
import { createDelegationTokenApi } from './messages/create-delegation-token.ts';
import { createPartitionsApi } from './messages/create-partitions.ts';
import { createTopicsApi } from './messages/create-topics.ts';
import { deleteAclsApi } from './messages/delete-acls.ts';
import { deleteGroupsApi } from './messages/delete-groups.ts';
import { deleteRecordsApi } from './messages/delete-records.ts';
import { deleteShareGroupOffsetsApi } from './messages/delete-share-group-offsets.ts';
import { deleteShareGroupStateApi } from './messages/delete-share-group-state.ts';
import { deleteTopicsApi } from './messages/delete-topics.ts';
import { describeAclsApi } from './messages/describe-acls.ts';
import { describeClientQuotasApi } from './messages/describe-client-quotas.ts';
import { describeClusterApi } from './messages/describe-cluster.ts';
import { describeConfigsApi } from './messages/describe-configs.ts';
import { describeDelegationTokenApi } from './messages/describe-delegation-token.ts';
import { describeGroupsApi } from './messages/describe-groups.ts';
import { describeLogDirsApi } from './messages/describe-log-dirs.ts';
import { describeProducersApi } from './messages/describe-producers.ts';
import { describeQuorumApi } from './messages/describe-quorum.ts';
import { describeShareGroupOffsetsApi } from './messages/describe-share-group-offsets.ts';
import { describeTopicPartitionsApi } from './messages/describe-topic-partitions.ts';
import { describeTransactionsApi } from './messages/describe-transactions.ts';
import { describeUserScramCredentialsApi } from './messages/describe-user-scram-credentials.ts';
import { electLeadersApi } from './messages/elect-leaders.ts';
import { endQuorumEpochApi } from './messages/end-quorum-epoch.ts';
import { endTxnApi } from './messages/end-txn.ts';
import { envelopeApi } from './messages/envelope.ts';
import { expireDelegationTokenApi } from './messages/expire-delegation-token.ts';
import { fetchApi } from './messages/fetch.ts';
import { fetchSnapshotApi } from './messages/fetch-snapshot.ts';
import { findCoordinatorApi } from './messages/find-coordinator.ts';
import { getTelemetrySubscriptionsApi } from './messages/get-telemetry-subscriptions.ts';
import { heartbeatApi } from './messages/heartbeat.ts';
import { incrementalAlterConfigsApi } from './messages/incremental-alter-configs.ts';
import { initProducerIdApi } from './messages/init-producer-id.ts';
import { initializeShareGroupStateApi } from './messages/initialize-share-group-state.ts';
import { joinGroupApi } from './messages/join-group.ts';
import { leaveGroupApi } from './messages/leave-group.ts';
import { listConfigResourcesApi } from './messages/list-config-resources.ts';
import { listGroupsApi } from './messages/list-groups.ts';
import { listOffsetsApi } from './messages/list-offsets.ts';
import { listPartitionReassignmentsApi } from './messages/list-partition-reassignments.ts';
import { listTransactionsApi } from './messages/list-transactions.ts';
import { metadataApi } from './messages/metadata.ts';
import { offsetCommitApi } from './messages/offset-commit.ts';
import { offsetDeleteApi } from './messages/offset-delete.ts';
import { offsetFetchApi } from './messages/offset-fetch.ts';
import { offsetForLeaderEpochApi } from './messages/offset-for-leader-epoch.ts';
import { produceApi } from './messages/produce.ts';
import { pushTelemetryApi } from './messages/push-telemetry.ts';
import { readShareGroupStateApi } from './messages/read-share-group-state.ts';
import { readShareGroupStateSummaryApi } from './messages/read-share-group-state-summary.ts';
import { removeRaftVoterApi } from './messages/remove-raft-voter.ts';
import { renewDelegationTokenApi } from './messages/renew-delegation-token.ts';
import { saslAuthenticateApi } from './messages/sasl-authenticate.ts';
import { saslHandshakeApi } from './messages/sasl-handshake.ts';
import { shareAcknowledgeApi } from './messages/share-acknowledge.ts';
import { shareFetchApi } from './messages/share-fetch.ts';
import { shareGroupDescribeApi } from './messages/share-group-describe.ts';
import { shareGroupHeartbeatApi } from './messages/share-group-heartbeat.ts';
import { streamsGroupDescribeApi } from './messages/streams-group-describe.ts';
import { streamsGroupHeartbeatApi } from './messages/streams-group-heartbeat.ts';
import { syncGroupApi } from './messages/sync-group.ts';
import { txnOffsetCommitApi } from './messages/txn-offset-commit.ts';
import { unregisterBrokerApi } from './messages/unregister-broker.ts';
import { updateFeaturesApi } from './messages/update-features.ts';
import { updateRaftVoterApi } from './messages/update-raft-voter.ts';
import { voteApi } from './messages/vote.ts';
import { writeShareGroupStateApi } from './messages/write-share-group-state.ts';
import { writeTxnMarkersApi } from './messages/write-txn-markers.ts';
import type { Api } from './schema.ts';

/** Every API of Kafka 4.3.1, by its key. Written by generate/main.ts. */
export const apiByKey: ReadonlyMap<number, Api<unknown, unknown>> = new Map(
  [
    produceApi,
    fetchApi,
    listOffsetsApi,
    metadataApi,
    offsetCommitApi,
    offsetFetchApi,
    findCoordinatorApi,
    joinGroupApi,
    heartbeatApi,
    leaveGroupApi,
    syncGroupApi,
    describeGroupsApi,
    listGroupsApi,
    saslHandshakeApi,
    apiVersionsApi,
    createTopicsApi,
    deleteTopicsApi,
    deleteRecordsApi,
    initProducerIdApi,
    offsetForLeaderEpochApi,
    addPartitionsToTxnApi,
    addOffsetsToTxnApi,
    endTxnApi,
    writeTxnMarkersApi,
    txnOffsetCommitApi,
    describeAclsApi,
    createAclsApi,
    deleteAclsApi,
    describeConfigsApi,
    alterConfigsApi,
    alterReplicaLogDirsApi,
    describeLogDirsApi,
    saslAuthenticateApi,
    createPartitionsApi,
    createDelegationTokenApi,
    renewDelegationTokenApi,
    expireDelegationTokenApi,
    describeDelegationTokenApi,
    deleteGroupsApi,
    electLeadersApi,
    incrementalAlterConfigsApi,
    alterPartitionReassignmentsApi,
    listPartitionReassignmentsApi,
    offsetDeleteApi,
    describeClientQuotasApi,
    alterClientQuotasApi,
    describeUserScramCredentialsApi,
    alterUserScramCredentialsApi,
    voteApi,
    beginQuorumEpochApi,
    endQuorumEpochApi,
    describeQuorumApi,
    alterPartitionApi,
    updateFeaturesApi,
    envelopeApi,
    fetchSnapshotApi,
    describeClusterApi,
    describeProducersApi,
    brokerRegistrationApi,
    brokerHeartbeatApi,
    unregisterBrokerApi,
    describeTransactionsApi,
    listTransactionsApi,
    allocateProducerIdsApi,
    consumerGroupHeartbeatApi,
    consumerGroupDescribeApi,
    controllerRegistrationApi,
    getTelemetrySubscriptionsApi,
    pushTelemetryApi,
    assignReplicasToDirsApi,
    listConfigResourcesApi,
    describeTopicPartitionsApi,
    shareGroupHeartbeatApi,
    shareGroupDescribeApi,
    shareFetchApi,
    shareAcknowledgeApi,
    addRaftVoterApi,
    removeRaftVoterApi,
    updateRaftVoterApi,
    initializeShareGroupStateApi,
    readShareGroupStateApi,
    writeShareGroupStateApi,
    deleteShareGroupStateApi,
    readShareGroupStateSummaryApi,
    streamsGroupHeartbeatApi,
    streamsGroupDescribeApi,
    describeShareGroupOffsetsApi,
    alterShareGroupOffsetsApi,
    deleteShareGroupOffsetsApi,
  ].map((api) => [api.key, api]),
);
