import { matching, numbers, numbersBut } from '../normalise.ts';
import { type Step, step, stepsOf, stopping } from '../step.ts';

const topics = stepsOf('kafka-topics');
const producerPerf = stepsOf('kafka-producer-perf-test');
const consumerPerf = stepsOf('kafka-consumer-perf-test');
const offsets = stepsOf('kafka-get-offsets');
const configs = stepsOf('kafka-configs');
const consume = stepsOf('kafka-console-consumer');
const sharePerf = stepsOf('kafka-share-consumer-perf-test');
const verifiableConsumer = stepsOf('kafka-verifiable-consumer');
const verify = stepsOf('kafka-replica-verification', '--broker-list');
const verifiableProducer = stepsOf('kafka-verifiable-producer');
const speeds = { alike: [numbersBut('5000')] } as const;
const times = { alike: [numbersBut('0', '1', '2', '3', '7')] } as const;

/** A consumer of the newer protocol is first given nothing when it hears of its partitions before it knows the topic's id. */
const assignedAtLast = matching(/^.*"partitions_assigned","partitions":\[\]\}\n/gm, '');

/** What it reports every second, each sentence once. */
const reports = (text: string) =>
  [...new Set(numbers(text.replaceAll(/^[\d -]+:[\d:,]+: /gm, '')).split('\n'))].sort().join('\n');
const verification = verify('--topics-include load --time -2 --report-interval-ms 200', {
  start: 'replica verification',
});

export const loadSteps: readonly Step[] = [
  topics('--create --topic load --replica-assignment 1:2:3,2:3:1,3:1:2'),
  producerPerf('--topic load --num-records 5000 --record-size 100 --throughput -1', speeds),
  producerPerf('--topic load --num-records 10 --throughput -1', speeds),
  offsets('--topic load --topic-partitions load:0-3'),
  offsets('--topic load', {
    reads: true,
    alike: [(text) => `${text.split('\n').reduce((sum, line) => sum + Number(line.split(':')[2] ?? 0), 0)}`],
  }),
  consumerPerf('--topic load --group load --num-records 5000 --timeout 10000', speeds),
  configs('--alter --entity-type groups --entity-name pile --add-config share.auto.offset.reset=earliest'),
  sharePerf('--topic load --group pile --num-records 5000 --timeout 15000', speeds),
  step('kafka-e2e-latency', '{bootstrap} load 5 all 10', speeds),
  topics('--create --topic verified --replica-assignment 1:2:3'),
  verifiableProducer('--topic verified --max-messages 3 --value-prefix 7', times),
  verifiableConsumer('--topic verified --group-id verified --max-messages 3', times),
  verifiableConsumer(
    '--topic verified --group-id verified-anew --group-protocol CONSUMER --max-messages 3 --verbose',
    { alike: [...times.alike, assignedAtLast] },
  ),
  verifiableConsumer('--topic verified --group-id verified --group-protocol NEXT'),
  verification,
  consume('--topic verified --partition 0 --offset latest --timeout-ms 4000'),
  stopping(verification, { alike: [reports] }),
  verify('--topics-include "lo["'),
];
