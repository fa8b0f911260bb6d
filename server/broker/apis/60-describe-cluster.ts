import { ERROR } from '../../protocol/errors.ts';
import { describeClusterApi } from '../../protocol/messages/describe-cluster.ts';
import { handler } from '../net/handler.ts';
import { addressOf } from './address-of.ts';
import { authorizedClusterOperations, OPERATIONS_UNTOLD } from './authorized-operations.ts';

const BROKERS = 1;

/** DescribeCluster 0–2 (KIP-700). v1 brokers or controllers (KIP-919): here only brokers. v2 fenced ones too (KIP-1073). */
export const describeCluster = handler(describeClusterApi, { min: 0, max: 2 }, (request, context) => {
  const { cluster } = context;
  if (request.endpointType !== BROKERS) {
    return {
      errorCode: ERROR.MISMATCHED_ENDPOINT_TYPE,
      errorMessage:
        'The request was sent to an endpoint of type BROKER, but wanted an endpoint of type CONTROLLER',
      endpointType: BROKERS,
    };
  }
  return {
    errorCode: ERROR.NONE,
    endpointType: BROKERS,
    clusterId: cluster.clusterId,
    controllerId: cluster.controller.controllerId,
    brokers: [...cluster.image.brokers.values()]
      .filter(({ fenced }) => !fenced || request.includeFencedBrokers)
      .map((broker) => ({
        brokerId: broker.id,
        ...addressOf(context, broker),
        rack: broker.rack,
        isFenced: broker.fenced,
      })),
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? authorizedClusterOperations(context)
      : OPERATIONS_UNTOLD,
  };
});
