import { coordinator, sortedLines, sortedList } from '../normalise.ts';
import { type Step, stepsOf, stopping } from '../step.ts';

const topics = stepsOf('kafka-topics');
const produce = stepsOf('kafka-console-producer');
const consume = stepsOf('kafka-console-consumer');
const consumerGroups = stepsOf('kafka-consumer-groups');
const allGroups = stepsOf('kafka-groups');
/** Options that the tool names in the order of a hash set. */
const anyOrder = { alike: [sortedList(/(?<=options: ).*$|(?<=scenarios: \[).*?(?=\]?$)/gm)] };
const seen = { reads: true } as const;
const state = { reads: true, alike: [coordinator] } as const;

const following = consume(
  '--topic orders --group live --from-beginning --command-property client.id=reader --command-property group.protocol=classic',
  { start: 'reader' },
);

export const consumerGroupSteps: readonly Step[] = [
  topics('--create --topic orders --replica-assignment 1:2:3,2:3:1'),
  produce('--topic orders --reader-property parse.key=true --reader-property key.separator=:', {
    stdin: Array.from({ length: 20 }, (_, n) => `k${n}:v${n}\n`).join(''),
  }),
  consume('--topic orders --group done --from-beginning --max-messages 20 --timeout-ms 10000', {
    alike: [sortedLines],
  }),
  consumerGroups('--list', { reads: /done/ }),
  consumerGroups('--describe --group done', seen),
  consumerGroups('--describe --group done --state', state),
  consumerGroups('--describe --group done --members', seen),
  consumerGroups('--describe --group done --members --verbose', seen),
  consumerGroups('--describe --group done --offsets --verbose', seen),
  consumerGroups('--describe --all-groups --state', state),
  consumerGroups('--list --state', seen),
  consumerGroups('--list --state Empty', seen),
  consumerGroups('--list --state Upside', { alike: [sortedList(/(?<=Valid states are: ).*/g)] }),
  consumerGroups('--list --type', seen),
  consumerGroups('--list --type classic', seen),
  consumerGroups('--list --type family', seen),
  allGroups('--list', { reads: /done/ }),
  allGroups('--list --consumer', seen),
  allGroups('--list --group-type classic --protocol consumer', seen),
  allGroups('--list --share', seen),
  allGroups('--list --streams', seen),
  allGroups('--list --group-type family', seen),
  allGroups(''),

  consumerGroups('--reset-offsets --group done --topic orders --to-earliest --dry-run'),
  consumerGroups('--reset-offsets --group done --topic orders --to-earliest --execute'),
  consumerGroups('--reset-offsets --group done --topic orders:0 --to-offset 3 --execute'),
  consumerGroups('--reset-offsets --group done --topic orders:0 --to-offset 999 --execute'),
  consumerGroups('--reset-offsets --group done --topic orders --shift-by 2 --execute'),
  consumerGroups('--reset-offsets --group done --topic orders --shift-by -100 --execute'),
  consumerGroups('--reset-offsets --group done --all-topics --to-latest --execute'),
  consumerGroups('--reset-offsets --group done --topic orders --by-duration PT1H --execute'),
  consumerGroups(
    '--reset-offsets --group done --topic orders --to-datetime 2099-01-01T00:00:00.000 --dry-run',
  ),
  consumerGroups('--reset-offsets --group done --topic orders --to-current --dry-run'),
  consumerGroups('--reset-offsets --group done --topic orders --to-latest --export'),
  consumerGroups('--reset-offsets --group done --from-file {file:plan.csv} --execute', {
    files: { 'plan.csv': 'orders,0,1\norders,1,2\n' },
  }),
  consumerGroups('--describe --group done', seen),
  consumerGroups('--reset-offsets --group fresh --topic orders --to-earliest --execute'),
  consumerGroups('--describe --group fresh', { reads: /orders/ }),
  consumerGroups('--reset-offsets --group done --topic missing --to-earliest --execute'),
  consumerGroups('--reset-offsets --group done --topic orders:9 --to-earliest --execute'),
  consumerGroups('--reset-offsets --group done --topic orders --execute', anyOrder),
  consumerGroups('--reset-offsets --group done --to-earliest --execute'),
  consumerGroups('--delete-offsets --group done --topic orders:1'),
  consumerGroups('--describe --group done', { reads: /^(?!.*orders +1 )/s }),
  consumerGroups('--delete-offsets --group done --topic missing'),
  consumerGroups('--delete-offsets --group missing --topic orders'),

  following,
  consumerGroups('--describe --group live', { reads: /consumer|reader/ }),
  consumerGroups('--describe --group live --members --verbose', { reads: /reader/ }),
  consumerGroups('--describe --group live --state', { ...state, reads: /Stable/ }),
  consumerGroups('--list --state Stable', { reads: /live/ }),
  consumerGroups('--reset-offsets --group live --topic orders --to-earliest --execute'),
  consumerGroups('--delete-offsets --group live --topic orders'),
  consumerGroups('--delete --group live'),
  stopping(following, { alike: [sortedLines] }),
  consumerGroups('--describe --group live', { reads: /orders/ }),

  consumerGroups('--describe --group missing', seen),
  consumerGroups('--describe --group missing --state', seen),
  consumerGroups('--describe --group missing --members', seen),
  consumerGroups('--delete --group missing'),
  consumerGroups('--delete --group done --group live'),
  consumerGroups('--delete --group fresh'),
  consumerGroups('--list', { reads: /^(?!.*done)/s }),
  consumerGroups('--describe', anyOrder),
  consumerGroups('--describe --group a --all-groups'),
  consumerGroups('--delete-offsets --group done', anyOrder),
  consumerGroups(''),
];
