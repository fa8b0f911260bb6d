import type { OfficialTool } from '../../harness/official-tool.ts';
import { matching, sortedLines } from '../normalise.ts';
import { USERS } from '../settings.ts';
import { type Step, step, stepsOf } from '../step.ts';

const LOGIN = {
  PLAIN: 'org.apache.kafka.common.security.plain.PlainLoginModule',
  'SCRAM-SHA-256': 'org.apache.kafka.common.security.scram.ScramLoginModule',
  'SCRAM-SHA-512': 'org.apache.kafka.common.security.scram.ScramLoginModule',
} as const;

type Mechanism = keyof typeof LOGIN;

const credentials = (user: string, password: string, mechanism: Mechanism = 'PLAIN') =>
  [
    'security.protocol=SASL_PLAINTEXT',
    `sasl.mechanism=${mechanism}`,
    `sasl.jaas.config=${LOGIN[mechanism]} required username="${user}" password="${password}";`,
    'default.api.timeout.ms=8000',
    'request.timeout.ms=6000',
    'max.block.ms=4000',
    '',
  ].join('\n');

const files = {
  'root.properties': credentials('root', USERS.root),
  'ann.properties': credentials('ann', USERS.ann),
  'ben.properties': credentials('ben', USERS.ben),
  'wrong.properties': credentials('ann', 'guessed'),
  'nobody.properties': credentials('nobody', 'anything'),
  'scram.properties': credentials('cleo', 'cleo-secret', 'SCRAM-SHA-256'),
  'scram-wrong.properties': credentials('cleo', 'guessed', 'SCRAM-SHA-256'),
  'scram-other.properties': credentials('cleo', 'cleo-secret', 'SCRAM-SHA-512'),
} as const;

type Who = 'root' | 'ann' | 'ben' | 'wrong' | 'nobody' | 'scram' | 'scram-wrong' | 'scram-other';

/** A step of somebody who has signed in. */
const as =
  (who: Who) =>
  (tool: OfficialTool, args: string, options: Partial<Step> = {}): Step =>
    step(tool, `--bootstrap-server {sasl} --command-config {file:${who}.properties} ${args}`, {
      files,
      ...options,
    });

const ann = as('ann');
const ben = as('ben');
const root = as('root');
const acls = stepsOf('kafka-acls');
const configs = stepsOf('kafka-configs');
const topics = stepsOf('kafka-topics');
const seen = { reads: true } as const;
const listed = { alike: [matching(/^[ \t]+/gm, '\t'), sortedLines] };

/** Ids, secrets and dates of tokens, and as many blanks and dashes as they are wide. */
const token = {
  alike: [
    matching(/[\w-]{22}(?=\s)/g, '<id>'),
    matching(/[A-Za-z0-9+/]{86}==/g, '<hmac>'),
    matching(/\d{4}-\d\d-\d\dT\d\d:\d\d/g, '<date>'),
    matching(/date :.*/g, 'date : <date>'),
  ],
};

const denied: readonly Step[] = [
  topics('--create --topic secret --replica-assignment 1:2:3'),
  ann('kafka-topics', '--list', seen),
  ann('kafka-topics', '--describe --topic secret', seen),
  ann('kafka-topics', '--create --topic mine --replica-assignment 1'),
  ann('kafka-topics', '--alter --topic secret --partitions 2'),
  ann('kafka-topics', '--delete --topic secret'),
  ann('kafka-configs', '--describe --entity-type topics --entity-name secret', seen),
  ann('kafka-configs', '--alter --entity-type topics --entity-name secret --add-config retention.ms=1'),
  ann('kafka-configs', '--alter --entity-type brokers --entity-name 1 --add-config log.cleaner.threads=2'),
  ann('kafka-configs', '--describe --entity-type users', seen),
  ann('kafka-configs', '--alter --entity-type users --entity-name ann --add-config producer_byte_rate=1'),
  ann('kafka-acls', '--list', seen),
  ann('kafka-acls', '--add --allow-principal User:ann --operation All --topic secret'),
  ann('kafka-consumer-groups', '--list', seen),
  ann('kafka-consumer-groups', '--describe --group theirs', seen),
  ann('kafka-consumer-groups', '--delete --group theirs'),
  ann('kafka-get-offsets', '--topic secret', seen),
  ann('kafka-log-dirs', '--describe --topic-list secret', seen),
  ann('kafka-console-producer', '--topic secret', { stdin: 'x\n' }),
  ann('kafka-console-consumer', '--topic secret --partition 0 --offset 0 --timeout-ms 3000'),
  ann('kafka-console-consumer', '--topic secret --group theirs --from-beginning --timeout-ms 3000'),
  ann('kafka-leader-election', '--election-type preferred --topic secret --partition 0'),
  ann('kafka-reassign-partitions', '--list', seen),
  ann('kafka-transactions', 'list', {
    args: '--bootstrap-server {sasl} --command-config {file:ann.properties} list',
  }),
  ann('kafka-metadata-quorum', 'describe --status', seen),
  ann('kafka-features', 'upgrade --feature group.version=1'),
];

const allowed: readonly Step[] = [
  acls('--add --allow-principal User:ann --operation Write --operation Create --topic secret', listed),
  acls('--add --allow-principal User:ben --consumer --topic secret --group theirs', listed),
  acls(
    '--add --allow-principal User:cleo --operation All --topic s --resource-pattern-type prefixed',
    listed,
  ),
  ann('kafka-topics', '--list', { reads: /secret/ }),
  ann('kafka-console-producer', '--topic secret', { stdin: 'told\n' }),
  ben(
    'kafka-console-consumer',
    '--topic secret --group theirs --from-beginning --max-messages 1 --timeout-ms 10000',
  ),
  ben('kafka-consumer-groups', '--describe --group theirs', { reads: /secret/ }),
  ben('kafka-consumer-groups', '--delete --group theirs'),
  // An idempotent one fails by the id that it is refused before it has sent or after, as that answer comes.
  ben('kafka-console-producer', '--topic secret --command-property enable.idempotence=false', {
    stdin: 'x\n',
  }),
  root('kafka-topics', '--describe --topic secret', seen),
  root('kafka-cluster', '', {
    args: 'cluster-id --bootstrap-server {sasl} --command-config {file:root.properties}',
    reads: true,
  }),
];

const signingIn: readonly Step[] = [
  as('wrong')('kafka-topics', '--list'),
  as('nobody')('kafka-topics', '--list'),
  as('scram')('kafka-topics', '--list'),
  configs('--alter --entity-type users --entity-name cleo --add-config SCRAM-SHA-256=[password=cleo-secret]'),
  as('scram')('kafka-topics', '--list', { reads: /secret/ }),
  as('scram')('kafka-topics', '--delete --topic secret'),
  as('scram-wrong')('kafka-topics', '--list'),
  as('scram-other')('kafka-topics', '--list'),
  configs('--alter --entity-type users --entity-name cleo --delete-config SCRAM-SHA-256'),
  as('wrong')('kafka-console-producer', '--topic secret', { stdin: 'x\n' }),
  step('kafka-topics', '--bootstrap-server {sasl} --command-config {file:plain.properties} --list', {
    files: { 'plain.properties': 'default.api.timeout.ms=4000\nrequest.timeout.ms=3000\n' },
  }),
];

const tokens: readonly Step[] = [
  ann('kafka-delegation-tokens', '--create --max-life-time-period -1 --renewer-principal User:ben', token),
  ann('kafka-delegation-tokens', '--describe', { ...seen, ...token }),
  ann('kafka-delegation-tokens', '--describe --owner-principal User:ann', { ...seen, ...token }),
  ben('kafka-delegation-tokens', '--describe --owner-principal User:ann', { ...seen, ...token }),
  root('kafka-delegation-tokens', '--describe', { ...seen, ...token }),
  ann('kafka-delegation-tokens', '--create --max-life-time-period 1000 --owner-principal User:ben', token),
  root('kafka-delegation-tokens', '--create --max-life-time-period 60000 --owner-principal User:ben', token),
  ann('kafka-delegation-tokens', '--renew --renew-time-period -1 --hmac bm90IGEgdG9rZW4=', token),
  ann('kafka-delegation-tokens', '--expire --expiry-time-period -1 --hmac bm90IGEgdG9rZW4=', token),
];

/** What those may and may not do who come in by name, and what they are told. */
export const signedInSteps: readonly Step[] = [...denied, ...allowed, ...tokens, ...signingIn];
