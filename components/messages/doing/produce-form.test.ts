import { describe, expect, it } from 'vitest';
import { produceBody } from '../../../lib/contract/messages.ts';
import { produceManyBody } from '../../../lib/contract/sending.ts';
import {
  EMPTY_PRODUCE_FORM,
  formErrors,
  formProblems,
  newSeed,
  type ProduceForm,
  previewOf,
  produceBodyOf,
  seriesBodyOf,
} from './produce-form.ts';

const SEED = '00112233445566778899aabbccddeeff';
const form = (change: Partial<ProduceForm>): ProduceForm => ({ ...EMPTY_PRODUCE_FORM, ...change });
const series = (change: Partial<ProduceForm>) => form({ isSeries: true, ...change });

describe('one message', () => {
  it('is what the contract takes', () => {
    const body = produceBodyOf(
      form({ key: 'k', value: '{"n":1}', partition: 2, headers: [{ key: 'h', value: '' }], timestamp: '1' }),
    );
    expect(produceBody.parse(body)).toEqual({
      partition: 2,
      key: { encoding: 'utf8', data: 'k' },
      value: { encoding: 'utf8', data: '{"n":1}' },
      headers: [{ key: 'h', value: { encoding: 'utf8', data: '' } }],
      timestamp: '1970-01-01T00:00:00.001Z',
    });
  });

  it('keeps an empty key and no key apart, and an empty value and a tombstone', () => {
    expect(produceBodyOf(form({}))).toMatchObject({ key: { data: '' }, value: { data: '' } });
    expect(
      produceBodyOf(form({ hasKey: false, key: 'typed', isTombstone: true, value: 'typed' })),
    ).toMatchObject({
      key: null,
      value: null,
    });
  });

  it('is written as it is said', () => {
    const body = produceBodyOf(form({ key: '5', keyAs: 'long', value: '/wA=', valueAs: 'base64' }));
    expect(produceBody.parse(body)).toMatchObject({
      key: { serde: 'long', data: '5' },
      value: { serde: 'base64', data: '/wA=' },
    });
  });

  it('has its braces as they are', () => {
    expect(formErrors(form({ value: '{{nope' }))).toEqual([]);
    expect(produceBodyOf(form({ value: '{{nope' }))).toMatchObject({ value: { data: '{{nope' } });
  });

  it('waits for the name of a header, and for a time that is one', () => {
    expect(produceBodyOf(form({ headers: [{ key: '', value: 'v' }] }))).toBeNull();
    expect(formProblems(form({ timestamp: 'soon' }))).toEqual(['timestamp']);
    expect(produceBodyOf(form({ timestamp: 'soon' }))).toBeNull();
  });
});

describe('a series', () => {
  it('is what the contract takes', () => {
    const body = seriesBodyOf(
      series({ key: 'k{{counter}}', value: '{{uuid}}', count: '10', rate: '2.5', timestamp: '{{now}}' }),
      SEED,
    );
    expect(produceManyBody.parse(body)).toMatchObject({
      key: { data: 'k{{counter}}' },
      count: 10,
      rate: 2.5,
      seed: SEED,
      templates: true,
      timestamp: '{{now}}',
    });
    expect(produceManyBody.parse(seriesBodyOf(series({ value: 'v' }), newSeed()))).not.toHaveProperty('rate');
  });

  it.each([
    [{ count: '0' }, 'count'],
    [{ count: 'many' }, 'count'],
    [{ count: '1.5' }, 'count'],
    [{ count: '999999999' }, 'count'],
    [{ rate: '0' }, 'rate'],
    [{ rate: 'fast' }, 'rate'],
  ] as const)('waits for %j', (change, problem) => {
    expect(formProblems(series(change))).toEqual([problem]);
    expect(seriesBodyOf(series(change), SEED)).toBeNull();
  });

  it('tells mistakes in its templates, and is previewed as it will be', () => {
    expect(formErrors(series({ value: '{{nope}}' }))).toMatchObject([{ field: 'value' }]);
    expect(seriesBodyOf(series({ value: '{{nope}}' }), SEED)).toBeNull();
    expect(previewOf(series({ value: '{{nope}}' }), SEED, 3)).toEqual([]);
    const shown = previewOf(series({ key: '{{counter}}', value: '{{int 1 100}}' }), SEED, 3);
    expect(shown.map(({ key }) => key)).toEqual(['1', '2', '3']);
    expect(previewOf(series({ key: '{{counter}}', value: '{{int 1 100}}' }), SEED, 3)).toEqual(shown);
    expect(previewOf(series({ count: '2' }), SEED, 3)).toHaveLength(2);
    expect(previewOf(series({ value: '{{text 1048576}}'.repeat(20) }), SEED, 3)).toEqual([]);
  });
});
