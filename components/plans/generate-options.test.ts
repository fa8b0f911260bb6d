import { describe, expect, it } from 'vitest';
import { chosenBrokers, generateRequestOf, NEW_GENERATE_OPTIONS, typedFactor } from './generate-options.ts';

const known = [
  { id: 1, isAlive: true },
  { id: 2, isAlive: true },
  { id: 3, isAlive: false },
];

describe('generateRequestOf', () => {
  it('spreads over all brokers that are up until somebody chooses', () => {
    expect(generateRequestOf(['orders'], NEW_GENERATE_OPTIONS, known)).toEqual({
      generate: { topics: ['orders'], brokers: [1, 2], strategy: 'minimal-movement', rackAware: true },
    });
    expect(chosenBrokers({ ...NEW_GENERATE_OPTIONS, brokers: [2, 3] }, known)).toEqual([2]);
  });

  it('asks nothing without topics, without brokers, or with a name that cannot be', () => {
    expect(generateRequestOf([], NEW_GENERATE_OPTIONS, known)).toBeNull();
    expect(generateRequestOf(['orders'], { ...NEW_GENERATE_OPTIONS, brokers: [] }, known)).toBeNull();
    expect(generateRequestOf(['a b'], NEW_GENERATE_OPTIONS, known)).toBeNull();
  });

  it('holds the replication factor against the brokers chosen', () => {
    const typed = (replicationFactor: string) => ({ ...NEW_GENERATE_OPTIONS, replicationFactor });
    expect(typedFactor(typed(''), 2)).toBeUndefined();
    expect(typedFactor(typed(' 2 '), 2)).toBe(2);
    for (const text of ['0', '3', '1.5', 'x']) {
      expect(typedFactor(typed(text), 2)).toBeNaN();
      expect(generateRequestOf(['orders'], typed(text), known)).toBeNull();
    }
  });
});
