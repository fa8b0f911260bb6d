import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TopicSerdes, topicSerdes } from '../../lib/contract/serdes.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { masking, REMOVE } from '../masking/testing/rules.ts';
import { ClusterSerdes } from '../serdes/cluster-serdes.ts';
import { NO_SOURCE } from '../serdes/serde-source.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { FakeLogs } from './testing/fake-logs.ts';
import { readTopicSerdes, serdesOfTopic, setTopicSerdes } from './topic-serdes.ts';

let fake: FakeLogs;
let console: Console;
const chosen = new Map<string, string>();

beforeEach(async () => {
  chosen.clear();
  fake = new FakeLogs(3);
  await fake.cluster.start();
  const serdes = new ClusterSerdes(NO_SOURCE, [{ topics: ['/^ord/'], key: 'hex', value: null }], {
    get: (topic, part) => (chosen.get(`${topic} ${part}`) ?? null) as never,
    set: (topic, part, serde) =>
      void (serde ? chosen.set(`${topic} ${part}`, serde) : chosen.delete(`${topic} ${part}`)),
  });
  console = { ...connectedTo(fake.cluster.bootstrapServers), serdes };
  await console.snapshots.current();
});

afterEach(async () => {
  await console.close();
  await fake.cluster.stop();
});

const signal = () => AbortSignal.timeout(10_000);
const told = async (): Promise<TopicSerdes> =>
  topicSerdes.parse(asSent(await readTopicSerdes(console, fake.topic, signal())));

describe('serdes of a topic', () => {
  it('are detected from its newest messages, with the fields that these have', async () => {
    for (let partition = 0; partition < 3; partition++) {
      fake.logs[partition]!.append(
        Array.from({ length: 20 }, (_, index) => ({
          key: null,
          value:
            index === 0 ? null : Buffer.from(index === 1 ? 'plain' : `{"id":${index},"to":{"city":"Seoul"}}`),
          headers: [{ key: 'trace', value: Buffer.from('t') }],
          timestamp: index,
        })),
      );
    }
    const answer = await told();
    expect(answer.value).toMatchObject({ serde: 'json', source: 'detected' });
    expect(answer.value.reason).toMatch(/^\d+ of \d+ values are JSON objects or lists$/);
    expect(answer.key).toMatchObject({ serde: 'hex', source: 'configured' });
    expect(answer.lookedAt).toBe(50);
    const paths = answer.fields.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['value.id', 'value.to.city', 'headers.trace']));
    expect(answer.fields.find(({ path }) => path === 'value.to.city')).toMatchObject({
      types: ['string'],
      examples: ['Seoul'],
    });
    expect(await serdesOfTopic(console, fake.topic, signal())).toEqual({ key: 'hex', value: 'json' });
  });

  it('are what somebody chose, until that is taken back', async () => {
    fake.logs[0]!.append([{ key: Buffer.from('k'), value: Buffer.from('v'), headers: [], timestamp: 1 }]);
    await setTopicSerdes(console, fake.topic, { value: 'base64' }, signal());
    expect((await told()).value).toMatchObject({ serde: 'base64', source: 'chosen' });
    expect((await told()).key).toMatchObject({ serde: 'hex', source: 'configured' });
    await setTopicSerdes(console, fake.topic, { value: null, key: 'text' }, signal());
    expect((await told()).value).toMatchObject({ serde: 'text', source: 'detected' });
    expect(await serdesOfTopic(console, fake.topic, signal())).toEqual({ key: 'text', value: 'text' });
  });

  it('are none that the cluster lacks, and of no topic that it lacks', async () => {
    const unknown = setTopicSerdes(console, fake.topic, { value: 'avro-file:none.avsc' }, signal());
    await expect(unknown).rejects.toMatchObject({ code: 'invalid_request', fields: [{ field: 'value' }] });
    await expect(readTopicSerdes(console, 'none', signal())).rejects.toMatchObject({ code: 'not_found' });
    expect(chosen.size).toBe(0);
  });

  it('tell nothing that is masked, and are nobody’s choice then', async () => {
    const json = '{"id":1,"name":"Kim","in":{"ssn":"123"}}';
    const headers = [{ key: 'token', value: Buffer.from('abc') }];
    fake.logs[0]!.append([{ key: Buffer.from('Kim'), value: Buffer.from(json), headers, timestamp: 1 }]);
    await setTopicSerdes(console, fake.topic, { value: 'text' }, signal());
    const { rules, hashKey } = masking(
      { fields: ['name', '**.ssn'] },
      { in: ['key', 'headers'], how: REMOVE },
    );
    console = { ...console, masking: { rules, hashKey } };
    const answer = await told();
    expect(answer.value).toMatchObject({ serde: 'json', source: 'detected' });
    expect(answer.fields.map(({ path, examples }) => [path, ...examples])).toEqual([
      ['value'],
      ['value.id', '1'],
      ['value.name', '***'],
      ['value["in"]'],
      ['value["in"].ssn', '***'],
    ]);
    expect(await serdesOfTopic(console, fake.topic, signal())).toMatchObject({ value: 'json' });
    const refused = setTopicSerdes(console, fake.topic, { value: 'hex' }, signal());
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    await setTopicSerdes(console, fake.topic, { value: null }, signal());
    expect(chosen.size).toBe(0);
  });

  it('are text while the topic cannot be read', async () => {
    for (const partition of [0, 1, 2]) fake.partition(partition).leader = -1;
    await console.snapshots.refreshed();
    const answer = await told();
    expect(answer.value).toMatchObject({ serde: 'text', source: 'detected' });
    expect(answer.value.reason).toMatch(/^The topic could not be looked at: .*no leader/);
  });
});
