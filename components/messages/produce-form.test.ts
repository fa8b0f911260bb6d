import { describe, expect, it } from 'vitest';
import { EMPTY_PRODUCE_FORM, produceBodyOf } from './produce-form.ts';

describe('produceBodyOf', () => {
  it('sends empty text as empty, not as null', () => {
    expect(produceBodyOf(EMPTY_PRODUCE_FORM)).toEqual({
      key: { encoding: 'utf8', data: '' },
      value: { encoding: 'utf8', data: '' },
      headers: [],
    });
  });

  it('sends null for no key and for a tombstone, whatever was typed before', () => {
    const body = produceBodyOf({
      ...EMPTY_PRODUCE_FORM,
      hasKey: false,
      key: 'k',
      isTombstone: true,
      value: 'v',
    });
    expect(body).toMatchObject({ key: null, value: null });
  });

  it('keeps headers in order, equal names too, and refuses one without a name', () => {
    const headers = [
      { key: 'a', value: '1' },
      { key: 'a', value: '' },
    ];
    expect(produceBodyOf({ ...EMPTY_PRODUCE_FORM, headers, partition: 2 })).toMatchObject({
      partition: 2,
      headers: [
        { key: 'a', value: { data: '1' } },
        { key: 'a', value: { data: '' } },
      ],
    });
    expect(produceBodyOf({ ...EMPTY_PRODUCE_FORM, headers: [{ key: '', value: 'x' }] })).toBeNull();
  });

  it('refuses a partition that cannot be', () => {
    expect(produceBodyOf({ ...EMPTY_PRODUCE_FORM, partition: -1 })).toBeNull();
  });
});
