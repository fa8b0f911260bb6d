import { describe, expect, it } from 'vitest';
import { spoken } from '../../lib/contract/sentence.ts';
import type { MissingPart } from '../snapshot/read-problem.ts';
import { sumUpProblems } from './sum-up-problems.ts';

const problem = (partition: number, detail = 'Broker 2 is down'): MissingPart => ({
  subject: spoken(`partition t-${partition}`),
  code: 'broker_unreachable',
  detail: spoken(detail),
});

describe('sumUpProblems', () => {
  it('tells few of a kind one by one', () => {
    const few = [problem(0), problem(1), { ...problem(2), code: 'internal' as const }];
    expect(sumUpProblems(few)).toEqual(few);
  });

  it('tells the same only once', () => {
    expect(sumUpProblems([problem(0), problem(0)])).toEqual([problem(0)]);
  });

  it('tells many of a kind as one that names them', () => {
    const many = Array.from({ length: 25 }, (_, partition) => problem(partition));
    const [one, ...others] = sumUpProblems(many);
    expect(others).toEqual([]);
    expect(`${one?.subject}`).toMatch(/^partition t-0, partition t-1, .*partition t-19 and 5 more$/);
    expect(`${one?.detail}`).toBe('Broker 2 is down');
  });

  it('says that there are other reasons of the kind', () => {
    const many = Array.from({ length: 5 }, (_, partition) => problem(partition, `Reason ${partition}`));
    expect(`${sumUpProblems(many)[0]?.detail}`).toBe('Reason 0; and 4 more like this');
  });
});
