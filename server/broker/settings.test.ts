import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('with nothing said: three brokers on the usual ports', () => {
  const settings = readSettings([], {});
  expect(settings).toMatchObject({
    host: '127.0.0.1',
    port: 9092,
    portIsFixed: false,
    dataDir: resolve('.kafdeck/embedded'),
    brokers: [
      { id: 1, rack: 'rack-a' },
      { id: 2, rack: 'rack-b' },
      { id: 3, rack: 'rack-c' },
    ],
  });
  expect(settings.brokerConfigs['offsets.topic.replication.factor']).toBe('3');
});

test('flags go before the environment', () => {
  const env = { KAFDECK_EMBEDDED_PORT: '19092', KAFDECK_DATA_DIR: '/var/lib/kafdeck' };
  expect(readSettings([], env)).toMatchObject({
    port: 19092,
    portIsFixed: true,
    dataDir: '/var/lib/kafdeck/embedded',
  });
  expect(
    readSettings(['--port', '0', '--memory', '--brokers=1', '--racks=a', '--config', 'a=b=c'], env),
  ).toMatchObject({
    port: 0,
    portIsFixed: true,
    dataDir: null,
    brokers: [{ id: 1, rack: 'a' }],
    brokerConfigs: { a: 'b=c', 'default.replication.factor': '1' },
  });
});

test('listeners and users come from flags and the environment; SASL mechanisms follow', () => {
  const env = { KAFDECK_EMBEDDED_LISTENERS: 'SASL_SSL', KAFDECK_EMBEDDED_USERS: 'a:1,b:2:3' };
  const { access, brokerConfigs } = readSettings(['--user', 'c:4', '--authorizer', 'standard'], env);
  expect(access.listeners).toEqual([{ protocol: 'SASL_SSL', port: null }]);
  expect([...access.users]).toEqual([
    ['a', '1'],
    ['b', '2:3'],
    ['c', '4'],
  ]);
  expect(brokerConfigs).toMatchObject({
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  });
  const own = readSettings(['--listener', 'SSL:9999', '--config', 'sasl.enabled.mechanisms=PLAIN'], env);
  expect(own.access.listeners).toEqual([{ protocol: 'SSL', port: 9999 }]);
  expect(own.brokerConfigs['sasl.enabled.mechanisms']).toBe('PLAIN');
});

test('the usual port is a wish only when it is said in so many words', () => {
  expect(readSettings(['--port', '9092'], {}).portIsFixed).toBe(false);
  expect(readSettings(['--port', '9092'], { KAFDECK_EMBEDDED_PORT: '9092' }).portIsFixed).toBe(true);
  expect(readSettings(['--port', '9192'], {}).portIsFixed).toBe(true);
});

test.each([
  [['--port', 'x'], /--port is 'x'/],
  [['--port', '65535'], /from 0 to 65533/],
  [['--brokers', '0'], /--brokers is '0'/],
  [['--brokers', '10'], /from 1 to 9/],
  [['--racks', 'a,,b'], /--racks/],
  [['--config', 'novalue'], /name=value/],
  [['--memory', '--data-dir', 'x'], /exclude each other/],
  [['--listener', 'PLAINTEXT'], /--listener is 'PLAINTEXT'/],
  [['--listener', 'SSL', '--listener', 'SSL:9999'], /SSL is given twice/],
  [['--user', 'alice'], /name:password/],
  [['--users', '/nowhere'], /ENOENT/],
  [['--tls-cert', 'x'], /belong together/],
  [['--authorizer', 'none'], /has to be standard/],
  [['--what'], /--what/],
  [['word'], /word/],
])('%j is refused in one line', (args, message) => {
  expect(() => readSettings(args, {})).toThrow(message);
  try {
    readSettings(args, {});
  } catch (error) {
    expect((error as Error).message).not.toContain('\n');
  }
});
