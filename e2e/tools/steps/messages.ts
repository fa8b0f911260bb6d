import { type Step, step, stepsOf } from '../step.ts';

const topics = stepsOf('kafka-topics');
const produce = stepsOf('kafka-console-producer');
const consume = stepsOf('kafka-console-consumer');
const once = '--timeout-ms 6000';

export const messageSteps: readonly Step[] = [
  topics('--create --topic lines --replica-assignment 1:2:3'),
  topics('--create --topic keyed --replica-assignment 1:2:3,2:3:1,3:1:2'),
  produce('--topic lines', { stdin: 'one\ntwo\nthree\n' }),
  consume(`--topic lines --group lines --from-beginning --max-messages 3 ${once}`),
  consume(`--topic lines --partition 0 --offset 1 --max-messages 2 ${once}`),
  consume(`--topic lines --partition 0 --offset earliest --max-messages 1 ${once}`),
  produce('--topic keyed --reader-property parse.key=true --reader-property key.separator=:', {
    stdin: Array.from({ length: 12 }, (_, n) => `key${n}:value ${n}\n`).join(''),
  }),
  ...[0, 1, 2].map((partition) =>
    consume(
      `--topic keyed --partition ${partition} --offset earliest --timeout-ms 2500 --formatter-property print.key=true --formatter-property print.offset=true --formatter-property print.partition=true --formatter-property print.headers=true`,
    ),
  ),
  produce(
    '--topic lines --reader-property parse.headers=true --reader-property parse.key=true --compression-codec gzip',
    { stdin: 'a:1,b:2\tk\twith headers\nnull:\tk2\tnone\n' },
  ),
  consume(
    `--topic lines --partition 0 --offset 3 --max-messages 1 ${once} --formatter-property print.headers=true --formatter-property print.key=true --formatter-property print.epoch=true`,
  ),
  produce('--topic lines --command-property acks=0', { stdin: 'no answer\n' }),
  produce('--topic lines --command-property enable.idempotence=true --compression-codec zstd', {
    stdin: 'idempotent\n',
  }),
  produce('--topic keyed --reader-property parse.key=true --reader-property key.separator=:', {
    stdin: 'no separator\n',
  }),
  produce('--topic lines --command-property acks=some', { stdin: 'x\n' }),
  produce('--topic "bad name" --max-block-ms 3000', { stdin: 'x\n' }),
  produce('', { stdin: 'x\n' }),
  consume('--topic "bad name" --group bad --timeout-ms 2000'),
  consume('--topic lines --partition 7 --offset earliest --timeout-ms 2000'),
  consume('--topic lines --offset 0'),
  consume('--topic lines --partition 0 --offset never'),
  consume('--topic lines --partition 0 --offset 999 --timeout-ms 2500'),
  consume('--topic lines --isolation-level read_committed --partition 0 --offset earliest --timeout-ms 2500'),
  consume('--include "ly?nes|lin.s" --group included --from-beginning --max-messages 3 --timeout-ms 8000'),
  consume(''),
  topics(
    '--create --topic strict --replica-assignment 1:2 --config min.insync.replicas=2 --config max.message.bytes=100',
  ),
  produce('--topic strict', { stdin: `${'x'.repeat(500)}\n` }),
  produce('--topic strict', { stdin: 'fits\n' }),
  topics('--create --topic compacted --replica-assignment 1 --config cleanup.policy=compact'),
  produce('--topic compacted', { stdin: 'without a key\n' }),
  step('kafka-console-producer', '--topic lines', { stdin: 'x\n' }),
];
