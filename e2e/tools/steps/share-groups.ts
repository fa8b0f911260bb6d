import { coordinator, memberIds } from '../normalise.ts';
import { type Step, stepsOf, stopping } from '../step.ts';

const topics = stepsOf('kafka-topics');
const configs = stepsOf('kafka-configs');
const produce = stepsOf('kafka-console-producer');
const consume = stepsOf('kafka-console-share-consumer');
const shareGroups = stepsOf('kafka-share-groups');
const allGroups = stepsOf('kafka-groups');
const seen = { reads: true } as const;

const following = consume('--topic queue --group queue --command-property client.id=worker', {
  start: 'share consumer',
});

export const shareGroupSteps: readonly Step[] = [
  topics('--create --topic queue --replica-assignment 1:2:3'),
  produce('--topic queue', { stdin: 'a\nb\nc\nd\ne\n' }),
  configs('--alter --entity-type groups --entity-name queue --add-config share.auto.offset.reset=earliest'),
  consume('--topic queue --group queue --max-messages 3 --timeout-ms 60000'),
  shareGroups('--list', { reads: /queue/ }),
  shareGroups('--list --state', seen),
  shareGroups('--list --state Stable', seen),
  shareGroups('--describe --group queue', { reads: /queue/ }),
  shareGroups('--describe --group queue --state', { reads: true, alike: [coordinator] }),
  shareGroups('--describe --group queue --members', seen),
  shareGroups('--describe --group queue --verbose', seen),
  following,
  shareGroups('--describe --group queue --members', { reads: /worker/, alike: [memberIds] }),
  shareGroups('--describe --group queue --members --verbose', { reads: /worker/, alike: [memberIds] }),
  shareGroups('--describe --group queue --state --verbose', { reads: /Stable/, alike: [coordinator] }),
  shareGroups('--reset-offsets --group queue --topic queue --to-earliest --execute'),
  shareGroups('--delete --group queue'),
  stopping(following),
  shareGroups('--describe --group queue', { reads: /queue/ }),
  shareGroups('--reset-offsets --group queue --topic queue --to-earliest --dry-run'),
  shareGroups('--reset-offsets --group queue --topic queue --to-earliest --execute'),
  shareGroups('--describe --group queue', { reads: /queue/ }),
  consume('--topic queue --group queue --max-messages 5 --timeout-ms 15000 --release'),
  consume('--topic queue --group queue --max-messages 5 --timeout-ms 15000 --reject'),
  shareGroups('--reset-offsets --group queue --all-topics --to-latest --execute'),
  shareGroups('--reset-offsets --group queue --topic missing --to-latest --execute'),
  shareGroups('--reset-offsets --group queue --topic queue --execute'),
  shareGroups('--delete-offsets --group queue --topic queue'),
  shareGroups('--delete-offsets --group queue --topic missing'),
  shareGroups('--describe --group missing', seen),
  shareGroups('--delete --group missing'),
  allGroups('--list --share', seen),
  shareGroups('--delete --group queue'),
  shareGroups('--list', { reads: /^(?!.*queue)/s }),
  shareGroups('--describe'),
  shareGroups(''),
];
