import { matching, numbers, sortedLines } from '../normalise.ts';
import { type Step, step, stepsOf } from '../step.ts';

const versions = stepsOf('kafka-broker-api-versions');
const features = stepsOf('kafka-features');
const quorum = stepsOf('kafka-metadata-quorum');
/** The embedded cluster's controllers are its brokers, and have no listener of their own. */
const listenerPort = matching(/(CONTROLLER:\/\/[\d.]+:)(<p\d>|\d+)/g, '$1<port>');
/** The active controller is the one that the quorum elected. */
const anyController = { alike: [matching(/Local controller \d/g, 'Local controller <n>')] };
const seen = { reads: true } as const;
const clusterTool = (args: string, options = {}) =>
  step('kafka-cluster', args.replace(/^(\S+)/, '$1 --bootstrap-server {bootstrap}'), options);

export const clusterSteps: readonly Step[] = [
  // The tool prints brokers in the order of a hash map.
  versions('', { reads: /Produce/, alike: [sortedLines] }),
  clusterTool('cluster-id', seen),
  clusterTool('list-endpoints', seen),
  clusterTool('list-endpoints --include-fenced-brokers', seen),
  clusterTool('unregister --id 9'),
  clusterTool('unregister --id nine'),
  clusterTool('unregister'),
  clusterTool('rename', seen),
  step('kafka-cluster', 'cluster-id'),
  quorum('describe --status', { reads: true, alike: [listenerPort, numbers] }),
  quorum('describe --replication', { reads: true, alike: [numbers, matching(/ +/g, ' ')] }),
  quorum('describe', seen),
  quorum('remove-controller --controller-id 9 --controller-directory-id 4MzYzwTgTAu5uGMoNZWnmA'),
  quorum('', seen),
  features('describe', { reads: true, alike: [(text) => text.replace(/Epoch: \d+/g, 'Epoch: <n>')] }),
  features('upgrade --feature group.version=1'),
  features('upgrade --feature no.such.feature=1', anyController),
  features('upgrade --feature group.version=9', anyController),
  features('downgrade --feature group.version=0 --dry-run'),
  features('upgrade --release-version 9.9'),
  features('disable --feature share.version --dry-run'),
  features('upgrade'),
  features('version-mapping --release-version 4.0', seen),
  features('feature-dependencies --feature transaction.version=2', seen),
];
