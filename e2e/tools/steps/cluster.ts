import { numbers } from '../normalise.ts';
import { type Step, step, stepsOf } from '../step.ts';

const versions = stepsOf('kafka-broker-api-versions');
const features = stepsOf('kafka-features');
const quorum = stepsOf('kafka-metadata-quorum');
const seen = { reads: true } as const;
const clusterTool = (args: string, options = {}) =>
  step('kafka-cluster', args.replace(/^(\S+)/, '$1 --bootstrap-server {bootstrap}'), options);

export const clusterSteps: readonly Step[] = [
  versions('', seen),
  clusterTool('cluster-id', seen),
  clusterTool('list-endpoints', seen),
  clusterTool('list-endpoints --include-fenced-brokers', seen),
  clusterTool('unregister --id 9'),
  clusterTool('unregister --id nine'),
  clusterTool('unregister'),
  clusterTool('rename', seen),
  step('kafka-cluster', 'cluster-id'),
  quorum('describe --status', { reads: true, alike: [numbers] }),
  quorum('describe --replication', { reads: true, alike: [numbers] }),
  quorum('describe', seen),
  quorum('remove-controller --controller-id 9 --controller-directory-id 4MzYzwTgTAu5uGMoNZWnmA'),
  quorum('', seen),
  features('describe', { reads: true, alike: [(text) => text.replace(/Epoch: \d+/g, 'Epoch: <n>')] }),
  features('upgrade --feature group.version=1'),
  features('upgrade --feature no.such.feature=1'),
  features('upgrade --feature group.version=9'),
  features('downgrade --feature group.version=0 --dry-run'),
  features('upgrade --release-version 9.9'),
  features('disable --feature share.version --dry-run'),
  features('upgrade'),
  features('version-mapping --release-version 4.0', seen),
  features('feature-dependencies --feature transaction.version=2', seen),
];
