import { matching, numbers, sortedLines } from '../normalise.ts';
import { type Step, step, stepsOf, stopping } from '../step.ts';

const topics = stepsOf('kafka-topics');
const offsets = stepsOf('kafka-get-offsets');
const consume = stepsOf('kafka-console-consumer');
const transactions = stepsOf('kafka-transactions');
const seen = { reads: true } as const;
/** Producer ids and coordinators are given out by chance, and columns are as wide as what stands in them. */
const byChance = [numbers, matching(/ +/g, ' '), sortedLines];

const open = step(
  'kafka-producer-perf-test',
  '--bootstrap-server {bootstrap} --topic paid --num-records 100000 --throughput 20 --record-size 10 --transactional-id open --transaction-duration-ms 40000 --command-property batch.size=0',
  { start: 'open transaction' },
);

export const transactionSteps: readonly Step[] = [
  topics('--create --topic paid --replica-assignment 1:2:3'),
  transactions('list', seen),
  transactions('describe --transactional-id missing', seen),
  transactions('describe-producers --topic paid --partition 0', seen),
  transactions('find-hanging --broker-id 1', seen),
  transactions('find-hanging --topic paid', seen),
  transactions('find-hanging', seen),
  transactions('abort --topic paid --partition 0 --start-offset 0'),
  transactions('abort --topic paid --partition 0'),
  step(
    'kafka-producer-perf-test',
    '--bootstrap-server {bootstrap} --topic paid --num-records 50 --throughput -1 --record-size 10 --transactional-id done --transaction-duration-ms 60000',
    { alike: [numbers] },
  ),
  transactions('list', { reads: /done.*CompleteCommit/, alike: byChance }),
  transactions('describe --transactional-id done', { reads: /CompleteCommit/, alike: byChance }),
  transactions('describe-producers --topic paid --partition 0', { reads: /None/, alike: byChance }),
  offsets('--topic paid', { reads: /paid:0:51/ }),
  consume(
    '--topic paid --partition 0 --offset earliest --isolation-level read_committed --max-messages 50 --timeout-ms 8000 --formatter-property print.value=false --formatter-property print.offset=true',
  ),

  open,
  transactions('list', { reads: /Ongoing/, alike: byChance }),
  transactions('describe --transactional-id open', { reads: /Ongoing/, alike: byChance }),
  transactions('describe-producers --topic paid --partition 0', { reads: /<n>\s*$/m, alike: byChance }),
  consume('--topic paid --partition 0 --offset 50 --isolation-level read_committed --timeout-ms 2500'),
  transactions('find-hanging --broker-id 1 --max-transaction-timeout 1', seen),
  transactions('forceTerminateTransaction --transactionalId open'),
  transactions('describe --transactional-id open', { reads: /Empty/, alike: byChance }),
  // Time enough for the producer to hear that it is fenced.
  consume('--topic paid --partition 0 --offset latest --isolation-level read_committed --timeout-ms 3000'),
  stopping(open, { alike: [() => ''] }),
  transactions('forceTerminateTransaction --transactionalId missing'),
  transactions('undo'),
];
