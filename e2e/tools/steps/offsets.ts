import { matching, sortedLines } from '../normalise.ts';
import { IMPATIENT, type Step, stepsOf } from '../step.ts';

const topics = stepsOf('kafka-topics');
const produce = stepsOf('kafka-console-producer');
const offsets = stepsOf('kafka-get-offsets');
const deleteRecords = stepsOf('kafka-delete-records');

const deleting = (...partitions: [string, number, number][]) =>
  JSON.stringify({
    version: 1,
    partitions: partitions.map(([topic, partition, offset]) => ({ topic, partition, offset })),
  });

export const offsetSteps: readonly Step[] = [
  topics('--create --topic counted --replica-assignment 1:2:3,2:3:1,3:1:2'),
  produce('--topic counted --reader-property parse.key=true --reader-property key.separator=:', {
    stdin: Array.from({ length: 30 }, (_, n) => `k${n}:v${n}\n`).join(''),
  }),
  offsets('--topic counted', { reads: true }),
  ...['-1', '-2', '-4', '-5', '-6', 'earliest', 'latest', 'earliest-local', '0', '99999999999999'].map(
    (time) => offsets(`--topic counted --time ${time}`, { reads: true }),
  ),
  // Which of several records is the youngest depends on the moment: here there is one.
  topics('--create --topic lone --replica-assignment 2:3'),
  produce('--topic lone', { stdin: 'alone\n' }),
  offsets('--topic lone --time -3', { reads: true }),
  offsets('--topic lone --time max-timestamp', { reads: true }),
  offsets('--topic counted --partitions 0,2', { reads: true }),
  offsets('--topic-partitions counted:1-3', { reads: true }),
  offsets('--topic-partitions "coun.*:0"', { reads: true }),
  offsets('--topic missing', { reads: true }),
  offsets('--topic counted --partitions 9', { reads: true }),
  offsets('--topic counted --time soon', { reads: true }),
  offsets('--topic-partitions counted:3-1', { reads: true }),
  offsets('--topic counted --exclude-internal-topics', { reads: true }),

  deleteRecords('--offset-json-file {file:some.json}', {
    files: { 'some.json': deleting(['counted', 0, 3], ['counted', 1, 2]) },
    alike: [sortedLines],
  }),
  offsets('--topic counted --time earliest', { reads: /counted:0:3/ }),
  deleteRecords('--offset-json-file {file:end.json}', {
    files: { 'end.json': deleting(['counted', 2, -1]) },
  }),
  offsets('--topic counted --time -2', { reads: true }),
  deleteRecords('--offset-json-file {file:beyond.json}', {
    files: { 'beyond.json': deleting(['counted', 0, 1000]) },
  }),
  deleteRecords('--offset-json-file {file:before.json}', {
    files: { 'before.json': deleting(['counted', 0, 1]) },
  }),
  deleteRecords('--offset-json-file {file:missing.json} --command-config {file:quick.properties}', {
    files: { 'missing.json': deleting(['counted', 9, 1]), ...IMPATIENT },
    // Says what it was doing when time was up.
    alike: [matching(/(TimeoutException: ).*/g, '$1<moment>')],
  }),
  deleteRecords('--offset-json-file {file:twice.json}', {
    files: { 'twice.json': deleting(['counted', 0, 4], ['counted', 0, 5]) },
  }),
  deleteRecords('--offset-json-file {file:broken.json}', { files: { 'broken.json': '{"version":1' } }),
  deleteRecords('--offset-json-file {file:version.json}', {
    files: { 'version.json': '{"version":2,"partitions":[]}' },
  }),
  topics('--create --topic kept --replica-assignment 1 --config cleanup.policy=compact'),
  produce('--topic kept --reader-property parse.key=true --reader-property key.separator=:', {
    stdin: 'a:1\n',
  }),
  deleteRecords('--offset-json-file {file:kept.json}', { files: { 'kept.json': deleting(['kept', 0, 1]) } }),
];
