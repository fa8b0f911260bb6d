import type { Theme } from './step.ts';
import { accessSteps } from './steps/access.ts';
import { clusterSteps } from './steps/cluster.ts';
import { configSteps } from './steps/configs.ts';
import { consumerGroupSteps } from './steps/consumer-groups.ts';
import { dumpSteps } from './steps/dumps.ts';
import { loadSteps } from './steps/load.ts';
import { messageSteps } from './steps/messages.ts';
import { newGroupSteps } from './steps/new-groups.ts';
import { offsetSteps } from './steps/offsets.ts';
import { replicaSteps } from './steps/replicas.ts';
import { shareGroupSteps } from './steps/share-groups.ts';
import { signedInSteps } from './steps/signed-in.ts';
import { topicSteps } from './steps/topics.ts';
import { transactionSteps } from './steps/transactions.ts';

export const themes: readonly Theme[] = [
  { name: 'topics', steps: topicSteps },
  { name: 'configs', steps: configSteps },
  { name: 'messages', steps: messageSteps },
  { name: 'offsets', steps: offsetSteps },
  { name: 'consumer groups', steps: consumerGroupSteps },
  { name: 'replicas', steps: replicaSteps },
  { name: 'cluster', steps: clusterSteps },
  { name: 'new groups', steps: newGroupSteps },
  { name: 'transactions', steps: transactionSteps },
  { name: 'share groups', steps: shareGroupSteps },
  { name: 'access', steps: accessSteps },
  { name: 'signed in', steps: signedInSteps },
  { name: 'dumps', steps: dumpSteps },
  { name: 'load', steps: loadSteps },
];
