import { numbers } from '../normalise.ts';
import { type Step, step, stepsOf } from '../step.ts';

const topics = stepsOf('kafka-topics');
const producerPerf = stepsOf('kafka-producer-perf-test');
const consumerPerf = stepsOf('kafka-consumer-perf-test');
const offsets = stepsOf('kafka-get-offsets');
const verifiableProducer = stepsOf('kafka-verifiable-producer');
const speeds = { alike: [numbers] } as const;

export const loadSteps: readonly Step[] = [
  topics('--create --topic load --replica-assignment 1:2:3,2:3:1,3:1:2'),
  producerPerf('--topic load --num-records 5000 --record-size 100 --throughput -1', speeds),
  producerPerf('--topic load --num-records 10 --throughput -1', speeds),
  offsets('--topic load --topic-partitions load', {
    reads: true,
    alike: [(text) => `${text.split('\n').reduce((sum, line) => sum + Number(line.split(':')[2] ?? 0), 0)}`],
  }),
  consumerPerf('--topic load --group load --num-records 5000 --timeout 10000', speeds),
  step('kafka-e2e-latency', '{bootstrap} load 5 all 10', speeds),
  verifiableProducer('--topic load --max-messages 3', speeds),
];
