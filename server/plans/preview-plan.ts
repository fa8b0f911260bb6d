import type { EndpointInput } from '../../lib/contract/endpoint.ts';
import type { Endpoints } from '../../lib/contract/endpoints.ts';
import type { Plan } from '../../lib/contract/plans.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { previewAddPartitions } from './preview-add-partitions.ts';
import { previewAlterConfigs } from './preview-alter-configs.ts';
import { previewBrokerConfigs } from './preview-broker-configs.ts';
import { previewCreateTopic } from './preview-create-topic.ts';
import { previewDeleteRecords } from './preview-delete-records.ts';
import { previewDeleteTopic } from './preview-delete-topic.ts';
import { previewElection } from './preview-election.ts';
import { previewReassignment } from './preview-reassignment.ts';

/** What a change will do; nothing is changed. Throws the Failure that making the change would throw. */
export function previewPlan(
  cluster: Cluster,
  request: EndpointInput<Endpoints['previewPlan']>['body'],
): Promise<Unspoken<Plan>> {
  switch (request.operation) {
    case 'create-topic':
      return previewCreateTopic(cluster, request.body);
    case 'delete-topic':
      return previewDeleteTopic(cluster, request.topic);
    case 'add-partitions':
      return previewAddPartitions(cluster, request.topic, request.body);
    case 'alter-topic-configs':
      return previewAlterConfigs(cluster, request.topic, request.body);
    case 'alter-broker-configs':
      return previewBrokerConfigs(cluster, request.broker, request.body);
    case 'reassign':
      return previewReassignment(cluster, request.body);
    case 'elect-leaders':
      return previewElection(cluster, request.body);
    case 'delete-records':
      return previewDeleteRecords(cluster, request.topic, request.body);
  }
}
