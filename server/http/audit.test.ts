import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, AuditLog, redactBody } from './audit.ts';

const entry = (endpoint: string): AuditEntry => ({
  time: '2026-01-31T12:00:00.000Z',
  principal: 'local',
  endpoint,
  cluster: 'embedded',
  params: { cluster: 'embedded' },
  body: null,
  outcome: { ok: true, status: 200 },
  durationMs: 1,
});

describe('the audit log', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kafdeck-audit-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps entries in order, one a line, for its owner alone', async () => {
    const path = join(folder, 'deep', 'audit.log');
    const audit = new AuditLog(path, () => {});
    for (let n = 0; n < 50; n++) audit.write(entry(`e${n}`));
    await audit.flushed();
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).endpoint)).toEqual(
      Array.from({ length: 50 }, (_, n) => `e${n}`),
    );
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('tells when it cannot write, and goes on', async () => {
    const errors: unknown[] = [];
    const audit = new AuditLog(folder, (error) => errors.push(error));
    audit.write(entry('a'));
    audit.write(entry('b'));
    await audit.flushed();
    expect(errors).toHaveLength(2);
  });
});

describe('what is kept of a body', () => {
  it('leaves out what sounds like a secret', () => {
    const body = {
      changes: {
        'ssl.keystore.password': 'hush',
        'sasl.jaas.config': 'hush',
        'retention.ms': '1',
        'ssl.truststore.password': null,
      },
    };
    expect(redactBody('alterBrokerConfigs', body)).toEqual({
      changes: {
        'ssl.keystore.password': '(left out)',
        'sasl.jaas.config': '(left out)',
        'retention.ms': '1',
        'ssl.truststore.password': null,
      },
    });
  });

  it('keeps only the size of messages', () => {
    const kept = redactBody('produceMessage', {
      key: { data: 'k' },
      value: { data: 'private' },
      headers: [{ key: 'h', value: { data: 'v' } }],
    });
    expect(JSON.stringify(kept)).not.toContain('private');
    expect(kept).toMatchObject({ value: { data: '(7 characters)' }, headers: [{ key: 'h' }] });
  });

  it('cuts what is long', () => {
    const kept = redactBody('alterReassignments', {
      targets: Array.from({ length: 5000 }, (_, n) => n),
      note: 'x'.repeat(9999),
    });
    expect(JSON.stringify(kept).length).toBeLessThan(2000);
  });
});
