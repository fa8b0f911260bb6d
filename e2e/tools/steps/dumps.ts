import { matching } from '../normalise.ts';
import { type Step, step, stepsOf } from '../step.ts';

const topics = stepsOf('kafka-topics');
const produce = stepsOf('kafka-console-producer');
const dump = (args: string, options: Partial<Step> = {}) =>
  step('kafka-dump-log', args, {
    alike: [
      matching(/(CreateTime|LogAppendTime|timestamp|producerId|crc|size): -?\d+/g, '$1: <n>'),
      ...(options.alike ?? []),
    ],
    reads: options.reads ?? true,
    explained: options.explained,
  });
const log = (topic: string, file: string, broker = 1) => `--files {dir}/broker-${broker}/${topic}-0/${file}`;
/** Entries of an index that are not yet in its file. */
const GATHERED = {
  explained: {
    lines: /is empty\.$|passed sanity check\.$|^timestamp: <n> offset: \d+$|^offset: \d+ position: \d+$/,
    why: 'the embedded cluster gathers entries of an index before it writes them; those that a crash takes are made anew from the log',
  },
} as const;
const FIRST = '00000000000000000000';

/** What the brokers keep on disk, read by Kafka's own reader of its files. */
export const dumpSteps: readonly Step[] = [
  topics('--create --topic dumped --replica-assignment 1:2 --config index.interval.bytes=0'),
  produce('--topic dumped --reader-property parse.key=true --reader-property key.separator=:', {
    stdin: 'a:1\nb:2\nc:3\n',
  }),
  produce('--topic dumped --compression-codec gzip', { stdin: 'packed\n' }),
  produce('--topic dumped --reader-property parse.headers=true', { stdin: 'h:v\twith a header\n' }),
  dump(`${log('dumped', `${FIRST}.log`)} --print-data-log`, { reads: /header/ }),
  dump(`${log('dumped', `${FIRST}.log`)} --deep-iteration --print-data-log --skip-record-metadata`),
  dump(`${log('dumped', `${FIRST}.log`, 2)}`, { reads: /baseOffset: 4/ }),
  dump(`${log('dumped', `${FIRST}.index`)} --verify-index-only`, GATHERED),
  dump(`${log('dumped', `${FIRST}.index`)} --index-sanity-check`, GATHERED),
  dump(`${log('dumped', `${FIRST}.timeindex`)} --verify-index-only`, GATHERED),
  dump(`${log('dumped', `${FIRST}.timeindex`)}`, GATHERED),
  dump(`${log('dumped', 'missing.log')}`),
  dump(`${log('dumped', 'leader-epoch-checkpoint')}`),
  dump(''),
];
