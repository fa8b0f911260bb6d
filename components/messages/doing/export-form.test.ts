import { describe, expect, it } from 'vitest';
import { exportQuery } from '../../../lib/contract/exported-messages.ts';
import { columnMistake, EMPTY_EXPORT_FORM, type ExportForm, exportUrl, withColumn } from './export-form.ts';
import type { ReadQuery } from './resend-form.ts';

const shown: ReadQuery = {
  from: 'latest',
  limit: 100,
  follow: 'false',
  maxBytes: 1024,
  search: 'a b',
  order: 'newest',
};
const queryOf = (change: Partial<ExportForm>, query: ReadQuery = shown) => {
  const url = exportUrl({ cluster: 'c', topic: 'a.b', query }, { ...EMPTY_EXPORT_FORM, ...change });
  expect(url).toMatch(/^\/api\/v1\/clusters\/c\/topics\/a\.b\/messages\/export\?/);
  return exportQuery.parse(Object.fromEntries(new URL(url, 'http://127.0.0.1').searchParams));
};

describe('the address of an export', () => {
  it('has all that match, the oldest first, whatever the page shows of it', () => {
    expect(queryOf({})).toMatchObject({
      from: 'earliest',
      search: 'a b',
      format: 'ndjson',
      problems: 'stop',
    });
    expect(queryOf({}).limit).toBeUndefined();
    expect(queryOf({}).order).toBeUndefined();
    expect(queryOf({}, { ...shown, from: 'offset:5', partition: 2 })).toMatchObject({
      from: 'offset:5',
      partition: 2,
    });
  });

  it('has what the page shows when that is asked for', () => {
    expect(queryOf({ isAsShown: true })).toMatchObject({ from: 'latest', limit: 100, order: 'newest' });
  });

  it('says how the file is to be', () => {
    const csv = { format: 'csv', hasHead: false, escapesFormulas: false, isForExcel: true } as const;
    expect(queryOf({ ...csv, columns: 'key,value.n', skipsProblems: true })).toMatchObject({
      columns: 'key,value.n',
      head: false,
      formulas: 'keep',
      bom: true,
      problems: 'skip',
    });
    expect(queryOf({ format: 'csv' })).toMatchObject({ head: true, formulas: 'escape', bom: false });
    expect(queryOf({ hasDecoded: true })).toMatchObject({ decoded: true });
  });
});

describe('columns', () => {
  it('are added once', () => {
    expect(withColumn('key, value', 'value.n')).toBe('key,value,value.n');
    expect(withColumn('key,value.n', 'value.n')).toBe('key,value.n');
    expect(withColumn('', 'value.n')).toBe('value.n');
  });

  it('tell where they are wrong', () => {
    expect(columnMistake({ ...EMPTY_EXPORT_FORM, format: 'csv', columns: 'key,,value' })).toBe(4);
    expect(columnMistake({ ...EMPTY_EXPORT_FORM, format: 'csv' })).toBeNull();
    expect(columnMistake({ ...EMPTY_EXPORT_FORM, columns: '' })).toBeNull();
  });
});
