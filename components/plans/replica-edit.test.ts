import { describe, expect, it } from 'vitest';
import { copiedPercent, readReplicas, sameReplicas } from './replica-edit.ts';

const context = {
  brokers: [
    { id: 1, isAlive: true },
    { id: 2, isAlive: true },
    { id: 3, isAlive: false },
  ],
};

describe('readReplicas', () => {
  it('reads commas and spaces in the order given', () => {
    expect(readReplicas('2,1', context)).toEqual({ ok: true, replicas: [2, 1] });
    expect(readReplicas(' 1  2, ', context)).toEqual({ ok: true, replicas: [1, 2] });
  });

  it.each([
    ['', { problem: 'empty' }],
    [' , ', { problem: 'empty' }],
    ['1,b', { problem: 'not-numbers' }],
    ['-1', { problem: 'not-numbers' }],
    ['1.5', { problem: 'not-numbers' }],
    ['1,2,1', { problem: 'twice', broker: 1 }],
    ['1,9', { problem: 'unknown-broker', broker: 9 }],
    ['1,3', { problem: 'dead-broker', broker: 3 }],
  ])('refuses %j', (text, wrong) => {
    expect(readReplicas(text, context)).toEqual({ ok: false, ...wrong });
  });
});

describe('sameReplicas', () => {
  it('minds the order: the first is the preferred leader', () => {
    expect(sameReplicas([1, 2], [1, 2])).toBe(true);
    expect(sameReplicas([1, 2], [2, 1])).toBe(false);
    expect(sameReplicas([1, 2], [1])).toBe(false);
  });
});

describe('copiedPercent', () => {
  it('stays within 0 and 100 and admits not knowing', () => {
    expect(copiedPercent(50, 200)).toBe(25);
    expect(copiedPercent(300, 200)).toBe(100);
    expect(copiedPercent(0, 0)).toBe(100);
    expect(copiedPercent(null, 200)).toBeNull();
  });
});
