import { coordinator, memberIds, sortedLines } from '../normalise.ts';
import { type Step, stepsOf, stopping } from '../step.ts';

const topics = stepsOf('kafka-topics');
const produce = stepsOf('kafka-console-producer');
const consume = stepsOf('kafka-console-consumer');
const consumerGroups = stepsOf('kafka-consumer-groups');
const streamsGroups = stepsOf('kafka-streams-groups');
const allGroups = stepsOf('kafka-groups');
const seen = { reads: true } as const;

const following = consume(
  '--topic parcels --group next --from-beginning --command-property group.protocol=consumer --command-property client.id=next-reader',
  { start: 'consumer of the new protocol' },
);

/** Consumer groups of KIP-848, and what can be asked of streams groups without an application of Kafka Streams. */
export const newGroupSteps: readonly Step[] = [
  topics('--create --topic parcels --replica-assignment 1:2:3,2:3:1'),
  produce('--topic parcels --reader-property parse.key=true --reader-property key.separator=:', {
    stdin: Array.from({ length: 10 }, (_, n) => `k${n}:v${n}\n`).join(''),
  }),
  following,
  consumerGroups('--describe --group next', { reads: /next-reader/, alike: [memberIds] }),
  consumerGroups('--describe --group next --verbose', { reads: /next-reader/, alike: [memberIds] }),
  consumerGroups('--describe --group next --members', { reads: /next-reader/, alike: [memberIds] }),
  consumerGroups('--describe --group next --members --verbose', { reads: /next-reader/, alike: [memberIds] }),
  consumerGroups('--describe --group next --state --verbose', { reads: /Stable/, alike: [coordinator] }),
  consumerGroups('--list --type consumer', { reads: /next/ }),
  consumerGroups('--list --state --type', seen),
  consumerGroups('--validate-regex "par.*"', seen),
  consumerGroups('--validate-regex "par["', seen),
  consumerGroups('--delete --group next'),
  consumerGroups('--reset-offsets --group next --topic parcels --to-earliest --execute'),
  stopping(following, { alike: [sortedLines] }),
  consumerGroups('--describe --group next', { reads: /parcels/ }),
  consumerGroups('--describe --group next --state', { reads: /Empty/, alike: [coordinator] }),
  consume(
    '--topic parcels --group remote --from-beginning --max-messages 10 --timeout-ms 15000 --command-property group.protocol=consumer --command-property group.remote.assignor=range',
    { alike: [sortedLines] },
  ),
  consume(
    '--topic parcels --group remote --max-messages 10 --timeout-ms 15000 --command-property group.protocol=consumer --command-property group.remote.assignor=fairest',
  ),
  allGroups('--list', { reads: /remote/ }),
  allGroups('--list --group-type consumer', seen),
  consumerGroups('--delete --group next --group remote'),

  streamsGroups('--list', seen),
  streamsGroups('--list --state', seen),
  streamsGroups('--describe --group missing', seen),
  streamsGroups('--describe --all-groups', seen),
  streamsGroups('--describe --group missing --members', seen),
  streamsGroups('--delete --group missing'),
  streamsGroups('--reset-offsets --group missing --all-input-topics --to-earliest --dry-run'),
  streamsGroups('--delete-offsets --group missing --input-topic parcels'),
  streamsGroups('--describe'),
];
