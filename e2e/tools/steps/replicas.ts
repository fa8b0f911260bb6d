import { matching } from '../normalise.ts';
import { type Step, stepsOf } from '../step.ts';

const topics = stepsOf('kafka-topics');
const produce = stepsOf('kafka-console-producer');
const configs = stepsOf('kafka-configs');
const reassign = stepsOf('kafka-reassign-partitions');
const elect = stepsOf('kafka-leader-election');
const logDirs = stepsOf('kafka-log-dirs');
const seen = { reads: true } as const;

const plan = (...partitions: [string, number, number[]][]) =>
  JSON.stringify({
    version: 1,
    partitions: partitions.map(([topic, partition, replicas]) => ({ topic, partition, replicas })),
  });
/** A plan that the tool makes begins at a random broker. */
const random = matching(/"replicas":\[[\d,]+\]/g, '"replicas":<brokers>');
/** Sizes are those of the same records, but a log may be asked before its follower has them. */

export const replicaSteps: readonly Step[] = [
  topics('--create --topic moved --replica-assignment 1:2,2:3,3:1'),
  produce('--topic moved', { stdin: 'a\nb\nc\n' }),
  reassign('--generate --topics-to-move-json-file {file:topics.json} --broker-list 1,2,3', {
    files: { 'topics.json': '{"version":1,"topics":[{"topic":"moved"}]}' },
    alike: [random],
  }),
  reassign('--generate --topics-to-move-json-file {file:topics.json} --broker-list 1', { alike: [random] }),
  reassign('--generate --topics-to-move-json-file {file:topics.json} --broker-list 1,9', { alike: [random] }),
  reassign('--generate --topics-to-move-json-file {file:other.json} --broker-list 1,2', {
    files: { 'other.json': '{"version":1,"topics":[{"topic":"missing"}]}' },
  }),
  reassign('--list', seen),
  reassign('--execute --reassignment-json-file {file:move.json}', {
    files: { 'move.json': plan(['moved', 0, [3, 2]], ['moved', 1, [1, 3]]) },
  }),
  reassign('--verify --reassignment-json-file {file:move.json}', { reads: /complete/ }),
  topics('--describe --topic moved', { reads: /Replicas: 3,2/ }),
  reassign('--execute --reassignment-json-file {file:throttled.json} --throttle 50000000', {
    files: { 'throttled.json': plan(['moved', 2, [3, 2, 1]]) },
  }),
  reassign('--verify --preserve-throttles --reassignment-json-file {file:throttled.json}', {
    reads: /complete/,
  }),
  configs('--describe --entity-type topics --entity-name moved', { reads: /throttled/ }),
  configs('--describe --entity-type brokers --entity-name 3', { reads: /throttled/ }),
  reassign('--verify --reassignment-json-file {file:throttled.json}', { reads: /complete/ }),
  configs('--describe --entity-type topics --entity-name moved', { reads: /are:\n$/ }),
  configs('--describe --entity-type brokers --entity-name 3', seen),
  topics('--describe --topic moved', { reads: /Replicas: 3,2,1/ }),
  reassign('--execute --reassignment-json-file {file:nowhere.json}', {
    files: { 'nowhere.json': plan(['moved', 0, [1, 9]]) },
  }),
  reassign('--execute --reassignment-json-file {file:missing.json}', {
    files: { 'missing.json': plan(['missing', 0, [1]]) },
  }),
  reassign('--execute --reassignment-json-file {file:none.json}', { files: { 'none.json': plan() } }),
  reassign('--execute --reassignment-json-file {file:double.json}', {
    files: { 'double.json': plan(['moved', 0, [1, 1]]) },
  }),
  reassign('--execute --reassignment-json-file {file:repeated.json}', {
    files: { 'repeated.json': plan(['moved', 0, [1]], ['moved', 0, [2]]) },
  }),
  reassign('--execute --reassignment-json-file {file:nobody.json}', {
    files: { 'nobody.json': plan(['moved', 0, []]) },
  }),
  reassign('--execute --reassignment-json-file {file:broken.json}', { files: { 'broken.json': '{' } }),
  reassign('--cancel --reassignment-json-file {file:move.json}'),
  reassign('--verify --reassignment-json-file {file:missing.json}', seen),
  reassign('--execute'),
  reassign(''),

  topics('--create --topic led --replica-assignment 1:2:3,2:3:1'),
  elect('--election-type preferred --topic led --partition 0'),
  elect('--election-type preferred --path-to-json-file {file:elect.json}', {
    files: { 'elect.json': '{"partitions":[{"topic":"led","partition":0},{"topic":"led","partition":1}]}' },
  }),
  elect('--election-type unclean --topic led --partition 1'),
  elect('--election-type preferred --topic missing --partition 0'),
  elect('--election-type preferred --topic led --partition 9'),
  reassign('--execute --reassignment-json-file {file:order.json}', {
    files: { 'order.json': plan(['led', 0, [3, 2, 1]]) },
  }),
  reassign('--verify --reassignment-json-file {file:order.json}', { reads: /complete/ }),
  topics('--describe --topic led', { reads: /Leader: 1\tReplicas: 3,2,1/ }),
  elect('--election-type preferred --topic led --partition 0'),
  topics('--describe --topic led', { reads: /Leader: 3\tReplicas: 3,2,1/ }),
  elect('--election-type preferred --all-topic-partitions'),
  elect('--election-type sideways --topic led --partition 0'),
  elect('--election-type preferred --topic led'),
  elect('--election-type preferred'),
  elect('--topic led --partition 0'),

  topics('--create --topic sized --replica-assignment 1:2'),
  produce('--topic sized', { stdin: `${'x'.repeat(1000)}\n` }),
  logDirs('--describe --topic-list sized', { reads: /"size":10\d\d/ }),
  logDirs('--describe --topic-list sized --broker-list 2', seen),
  logDirs('--describe --topic-list missing', seen),
  logDirs('--describe --broker-list 1,9', seen),
  logDirs('--describe --broker-list one', seen),
  logDirs(''),
];
