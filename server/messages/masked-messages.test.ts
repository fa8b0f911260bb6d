import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportQuery } from '../../lib/contract/exported-messages.ts';
import { messageQuery, messageSearchBody } from '../../lib/contract/message-query.ts';
import { type MessageLine, messageLine } from '../../lib/contract/messages.ts';
import { messageStatisticsBody } from '../../lib/contract/statistics.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { HASH, masking, REMOVE } from '../masking/testing/rules.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { exportMessages } from './export/export-messages.ts';
import { messageStatistics } from './message-statistics.ts';
import { readMessages } from './read-messages.ts';
import { searchMessages } from './search-messages.ts';
import { FakeLogs } from './testing/fake-logs.ts';

let fake: FakeLogs;
let console: Console;

const SECRET = 's3cret';
const VALUES = [
  `{"id":1,"ssn":"${SECRET}-1","note":"one"}`,
  `{"id":2,"person":[{"ssn":"${SECRET}-2"}],"note":"two"}`,
  `{"id":3,"note":"three"}`,
  `{"id":4,"ssn":"${SECRET}-4`,
  `a plain text with ${SECRET}-5`,
];

beforeEach(async () => {
  fake = new FakeLogs(1);
  await fake.cluster.start();
  console = {
    ...connectedTo(fake.cluster.bootstrapServers),
    masking: masking(
      { topics: ['ord*'], fields: ['**.ssn'] },
      { in: ['key'], how: HASH },
      { in: ['headers'], fields: ['token'], how: REMOVE },
    ),
  };
  await console.snapshots.current();
  fake.logs[0]!.append(
    VALUES.map((value, index) => ({
      key: Buffer.from(`${SECRET}-key-${index % 2}`),
      value: Buffer.from(value),
      headers: [
        { key: 'token', value: Buffer.from(SECRET) },
        { key: 'trace', value: Buffer.from('t') },
      ],
      timestamp: index + 1,
    })),
  );
});

afterEach(async () => {
  await console.close();
  await fake.cluster.stop();
});

async function told(lines: AsyncIterable<unknown>) {
  const all: MessageLine[] = [];
  for await (const line of lines) all.push(messageLine.parse(asSent(line as never)));
  expect(JSON.stringify(all)).not.toContain(SECRET);
  expect(JSON.stringify(all)).not.toContain(Buffer.from(SECRET).toString('base64'));
  return all.filter((line) => line.type === 'message');
}

const signal = () => AbortSignal.timeout(10_000);
const read = async (query: Record<string, unknown> = {}) =>
  told(await readMessages(console, fake.topic, messageQuery.parse({ from: 'earliest', ...query }), signal()));

describe('a topic that has masking rules', () => {
  it('is read without what they hide', async () => {
    const messages = await read();
    expect(messages.map(({ value }) => value!.data)).toEqual([
      '{"id":1,"ssn":"***","note":"one"}',
      '{"id":2,"person":[{"ssn":"***"}],"note":"two"}',
      '{"id":3,"note":"three"}',
      '',
      '',
    ]);
    expect(messages.map(({ value }) => value!.size)).toEqual(VALUES.map((value) => value.length));
    expect(messages.map(({ value }) => value!.decoded?.isMasked ?? false)).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(messages[3]!.value!.decoded!.problem).toMatch(/^Hidden:/);
    const keys = messages.map(({ key }) => key!.data);
    expect(keys).toEqual([keys[0], keys[1], keys[0], keys[1], keys[0]]);
    expect(keys[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(messages[0]!.headers.map(({ key }) => key)).toEqual(['trace']);
  });

  it('is cut after it was masked', async () => {
    const messages = await read({ maxBytes: 16 });
    expect(messages[0]!.value).toMatchObject({ data: '{"id":1,"ssn":"*', isTruncated: true });
  });

  it.each<[Record<string, unknown>, number]>([
    [{ search: SECRET }, 0],
    [{ search: SECRET, in: 'headers' }, 0],
    [{ regex: 's3c' }, 0],
    [{ key: `${SECRET}-key-0` }, 0],
    [{ header: 'token' }, 0],
    [{ filter: `value.ssn == "${SECRET}-1"` }, 0],
    [{ filter: 'value.ssn.contains("s3")' }, 0],
    [{ search: '***' }, 2],
    [{ search: 'three' }, 1],
    [{ search: 'plain text' }, 0],
    [{ filter: 'value.ssn == "***"' }, 1],
    [{ filter: 'value.person.exists(p, p.ssn == "***")' }, 1],
    [{ filter: 'value.id > 1' }, 2],
    [{ header: 'trace=t' }, 5],
  ])('is searched as it is shown: %j', async (query, count) => {
    expect(await read(query)).toHaveLength(count);
    const body = messageSearchBody.parse({ topics: [fake.topic], from: 'earliest', ...query });
    expect(await told(await searchMessages(console, body, signal()))).toHaveLength(count);
  });

  it.each(['ndjson', 'csv', 'text'])('is exported as it is shown: %s', async (format) => {
    const columns = format === 'ndjson' ? {} : { columns: 'key,value,value.ssn,headers' };
    const query = exportQuery.parse({ from: 'earliest', format, decoded: 'true', ...columns });
    const { text } = await exportMessages(console, fake.topic, query, signal());
    let written = '';
    for await (const piece of text) written += piece;
    expect(written).toContain('***');
    expect(written).not.toContain(SECRET);
  });

  it('has statistics of what is shown', async () => {
    const body = messageStatisticsBody.parse({ topics: [fake.topic], from: 'earliest' });
    const lines: unknown[] = [];
    for await (const line of await messageStatistics(console, body, signal())) lines.push(asSent(line));
    const written = JSON.stringify(lines);
    expect(written).toContain('"matched":5');
    expect(written).not.toContain(SECRET);
  });

  it('is read by no serde that somebody chooses', async () => {
    for (const query of [{ valueSerde: 'text' }, { valueSerde: 'base64' }, { keySerde: 'hex' }])
      await expect(read(query)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
