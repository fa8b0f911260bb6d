import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kafdeck-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
const read = (env: Record<string, string> = {}, argv: string[] = []) => readSettings(argv, env, folder);
const cluster = (more: string) => `clusters:\n  - id: prod\n    brokers: [kafka-1:9092]\n${more}`;

describe('what is set where', () => {
  it('runs with nothing configured: this machine only, the embedded cluster, sample data', () => {
    expect(read()).toEqual({
      host: '127.0.0.1',
      port: 9000,
      dataDir: join(folder, '.kafdeck'),
      allowedHosts: [],
      embedded: {
        enabled: true,
        port: 9092,
        serdes: { source: { registry: null, files: [] }, rules: [] },
        masking: [],
      },
      demo: true,
      logLevel: 'warn',
      clusters: [],
    });
  });

  it('lets the environment win over the file, and flags over both', () => {
    write('kafdeck.yaml', 'port: 1\nhost: 10.0.0.1\nembeddedPort: 19092\n');
    const settings = read({ PORT: '2', KAFDECK_EMBEDDED_PORT: '29092' }, ['--port', '3']);
    expect(settings).toMatchObject({ port: 3, host: '10.0.0.1', embedded: { port: 29092 } });
  });

  it('makes KAFDECK_BROKERS the one cluster, and leaves the embedded one off', () => {
    write('kafdeck.yaml', cluster(''));
    const settings = read({ KAFDECK_BROKERS: 'a:9092, [::1]:9093' });
    expect(settings.clusters.map(({ id, connection }) => ({ id, brokers: connection.brokers }))).toEqual([
      { id: 'default', brokers: ['a:9092', '[::1]:9093'] },
    ]);
    expect(settings.embedded.enabled).toBe(false);
    expect(read({ KAFDECK_BROKERS: 'a:9092', KAFDECK_EMBEDDED: 'on' }).embedded.enabled).toBe(true);
  });

  it('reads messages as the top of the file says, unless a cluster says otherwise', () => {
    write('secret', 'hush\n');
    write('schemas/shop/order.proto', 'syntax = "proto3";');
    write('schemas/readme.txt', 'no schema');
    write(
      'kafdeck.yaml',
      `schemaRegistry: http://u:p%40ss@registry:8081/
schemas: schemas
serdes: [{ topics: 'shop.*', key: long }]
${cluster('')}
  - id: other
    brokers: b:1
    schemaRegistry: { url: 'https://r/apis/ccompat/v7', tokenFile: secret, ssl: { rejectUnauthorized: off } }
    serdes: []
`,
    );
    const settings = read({ KAFDECK_EMBEDDED: 'on' });
    const top = {
      source: {
        registry: {
          url: 'http://registry:8081',
          auth: { kind: 'basic', username: 'u', password: 'p@ss' },
          tls: null,
          timeoutMs: 3000,
        },
        files: [{ path: 'shop/order.proto', text: 'syntax = "proto3";' }],
      },
      rules: [{ topics: ['shop.*'], key: 'long', value: null }],
    };
    expect(settings.embedded.serdes).toEqual(top);
    expect(settings.clusters[0]!.serdes).toEqual(top);
    expect(settings.clusters[1]!.serdes).toMatchObject({
      source: {
        registry: {
          url: 'https://r/apis/ccompat/v7',
          auth: { kind: 'bearer', token: 'hush' },
          tls: { rejectUnauthorized: false },
        },
        files: top.source.files,
      },
      rules: [],
    });
    expect(read({ KAFDECK_SCHEMA_REGISTRY: 'http://r:1' }).embedded.serdes.source.registry).toMatchObject({
      url: 'http://r:1',
      auth: null,
    });
  });

  it('masks what the top of the file says in all clusters, and what a cluster says before', () => {
    write(
      'kafdeck.yaml',
      `masking:
  - topics: '*'
    fields: '**.ssn'
    in: all
    how: hash
${cluster('    masking: [{ topics: [users, /pii/], in: [key, value], fields: ["card[*].number", name], with: "" }, { topics: a, how: remove }]\n')}
`,
    );
    const shared = {
      topics: ['*'],
      in: ['key', 'value', 'headers'],
      fields: [[{ kind: 'deep' }, { kind: 'name', name: 'ssn' }]],
      how: { kind: 'hash' },
    };
    const settings = read();
    expect(settings.embedded.masking).toEqual([shared]);
    expect(settings.clusters[0]!.masking).toEqual([
      {
        topics: ['users', '/pii/'],
        in: ['key', 'value'],
        fields: [
          [{ kind: 'name', name: 'card' }, { kind: 'any-index' }, { kind: 'name', name: 'number' }],
          [{ kind: 'name', name: 'name' }],
        ],
        how: { kind: 'replace', with: '' },
      },
      { topics: ['a'], in: ['value'], fields: null, how: { kind: 'remove' } },
      shared,
    ]);
  });

  it('takes an empty variable as not set', () => {
    expect(read({ KAFDECK_BROKERS: '', PORT: ' ' })).toMatchObject({ port: 9000, clusters: [] });
  });

  it('reads passwords from files and variables, and TLS files', () => {
    write('secret', 'hush\n');
    write('ca.pem', 'CERT');
    write(
      'kafdeck.yaml',
      `${cluster('    ssl: { ca: ca.pem }\n    sasl: { mechanism: SCRAM-SHA-512, username: u, passwordFile: secret }\n')}
  - id: other
    brokers: b:1,c:2
    ssl: on
    sasl: { mechanism: plain, username: u, passwordEnv: KAFKA_PASSWORD }
`,
    );
    expect(read({ KAFKA_PASSWORD: 'word' }).clusters.map(({ connection }) => connection)).toMatchObject([
      {
        tls: { ca: 'CERT', rejectUnauthorized: true },
        sasl: { mechanism: 'scram-sha-512', username: 'u', password: 'hush' },
      },
      { brokers: ['b:1', 'c:2'], tls: { rejectUnauthorized: true }, sasl: { password: 'word' } },
    ]);
  });

  it('knows where an OAUTHBEARER token comes from', () => {
    write('kafdeck.yaml', cluster('    sasl: { mechanism: oauthbearer, tokenCommand: [token, --now] }\n'));
    expect(read().clusters[0]?.connection.sasl).toEqual({
      mechanism: 'oauthbearer',
      token: { kind: 'command', program: 'token', args: ['--now'] },
    });
  });
});

describe('a setting that cannot be used gives one line', () => {
  const cases: [what: string, yaml: string, line: RegExp][] = [
    [
      'a wrong kind',
      'port: soon',
      /^kafdeck\.yaml: port: a text was given; needs a whole number from 0 to 65535/,
    ],
    ['a number out of range', 'port: 70000', /port: a whole number was given; needs a whole number from 0/],
    ['an unknown key', 'prot: 9000', /^kafdeck\.yaml: prot: is not a setting; did you mean port\?$/],
    ['an unknown key with nothing near', 'zzz: 1', /zzz: is not a setting; known are host, port/],
    [
      'an unknown key of a cluster',
      cluster('    broker: x:1\n'),
      /clusters\[0\]\.broker: .*did you mean brokers\?/,
    ],
    [
      'an address without port',
      'clusters: [{ id: a, brokers: [kafka] }]',
      /clusters\[0\]\.brokers\[0\]: a text.*host:port/,
    ],
    ['the reserved id', 'clusters: [{ id: embedded, brokers: [a:1] }]', /clusters\[0\]\.id: .*another id/],
    [
      'one id twice',
      'clusters: [{ id: a, brokers: [a:1] }, { id: a, brokers: [a:1] }]',
      /"a" is there twice/,
    ],
    [
      'an unknown mechanism',
      cluster('    sasl: { mechanism: scram }\n'),
      /sasl\.mechanism: a text was given; needs .*scram-sha-256/,
    ],
    [
      'a mistyped SASL key',
      cluster('    sasl: { mechanism: plain, usernam: s3cret, password: s3cret }\n'),
      /did you mean username\?/,
    ],
    [
      'no password',
      cluster('    sasl: { mechanism: plain, username: u }\n'),
      /clusters\[0\]\.sasl\.password: nothing was given/,
    ],
    [
      'a file that is not there',
      cluster('    ssl: { ca: nowhere.pem }\n'),
      /clusters\[0\]\.ssl\.ca: the file cannot be read \(ENOENT\)/,
    ],
    ['a certificate without key', cluster('    ssl: { cert: a.pem }\n'), /ssl\.key: is missing/],
    [
      'a variable that is not set',
      cluster('    sasl: { mechanism: plain, username: u, passwordEnv: NOPE }\n'),
      /sasl\.passwordEnv: .*not set/,
    ],
    [
      'a registry that is no address',
      'schemaRegistry: s3cret',
      /schemaRegistry\.url: a text was given; needs the http/,
    ],
    [
      'a mistyped key of a registry',
      cluster('    schemaRegistry: { url: http://r, user: s3cret }\n'),
      /clusters\[0\]\.schemaRegistry\.user: is not a setting/,
    ],
    [
      'two ways to sign in',
      'schemaRegistry: { url: "http://r", username: u, password: s3cret, token: s3cret }',
      /schemaRegistry: username and token are both given/,
    ],
    [
      'a user without password',
      'schemaRegistry: { url: "http://r", username: u }',
      /schemaRegistry\.password: is missing/,
    ],
    [
      'a schema folder that is not there',
      'schemas: nowhere',
      /schemas: the folder cannot be read \(ENOENT\)/,
    ],
    ['an unknown serde', 'serdes: [{ topics: a, key: s3cret }]', /serdes\[0\]\.key: a text was given/],
    [
      'a mask without topics',
      'masking: [{ fields: s3cret }]',
      /masking\[0\]\.topics.*needs a pattern of topic names/,
    ],
    [
      'a path that is none',
      'masking: [{ topics: a, fields: [b, s3cret..] }]',
      /masking\[0\]\.fields\[1\]: a text was given; needs paths of fields/,
    ],
    [
      'a regular expression that is none',
      'masking: [{ topics: /s3cret(/ }]',
      /masking\[0\]\.topics\[0\]: a text was given; needs a pattern/,
    ],
    [
      'an unknown way to mask',
      'masking: [{ topics: a, how: s3cret }]',
      /masking\[0\]\.how: a text was given; needs remove, replace or hash/,
    ],
    [
      'a text for what is left out',
      'masking: [{ topics: a, how: remove, with: s3cret }]',
      /masking\[0\]\.with: a text was given; needs how: replace/,
    ],
    [
      'a mistyped key of a mask',
      cluster('    masking: [{ topics: a, field: s3cret }]\n'),
      /clusters\[0\]\.masking\[0\]\.field: is not a setting; did you mean fields\?/,
    ],
    ['YAML that is broken', 'port: 1\nhost: "s3cret\nx: [\n', /^kafdeck\.yaml:\d: is not valid YAML/],
    ['no group at all', '- 1', /is not a group of settings/],
  ];
  it.each(cases)('%s', (_, yaml, line) => {
    write('kafdeck.yaml', yaml);
    const message = messageOf(() => read());
    expect(message).toMatch(line);
    expect(message).not.toContain('\n');
    expect(message).not.toContain('s3cret');
  });

  it('a named file that is missing', () => {
    expect(messageOf(() => read({ KAFDECK_CONFIG: 'none.yaml' }))).toMatch(
      /^none\.yaml: cannot be read \(ENOENT\)/,
    );
  });

  it.each([
    [{ PORT: 'x' }, [], /^PORT: a text was given; needs a whole number/],
    [{ KAFDECK_BROKERS: 'kafka' }, [], /^KAFDECK_BROKERS: a text was given; needs host:port/],
    [{ KAFDECK_BROKRES: 'a:1' }, [], /^KAFDECK_BROKRES: is not a setting; did you mean KAFDECK_BROKERS\?/],
    [{}, ['--prot', '1'], /^--prot: is not a flag; did you mean --port\?/],
    [{}, ['--port'], /^--port: has no value/],
    [{}, ['s3cret'], /belongs to no flag/],
    [{}, ['--port=soon'], /^--port: a text was given/],
  ])('%j %j', (env, argv, line) => {
    const message = messageOf(() => read(env as Record<string, string>, argv as string[]));
    expect(message).toMatch(line as RegExp);
    expect(message).not.toContain('s3cret');
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was accepted');
}
