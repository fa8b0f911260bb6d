import { describe, expect, it } from 'vitest';
import { asSent } from '../../i18n/sentences/testing/as-sent.ts';
import { targetErrors, targetWarnings } from './check-targets.ts';

const brokers = [
  { id: 1, rack: 'a', isAlive: true },
  { id: 2, rack: 'a', isAlive: true },
  { id: 3, rack: 'b', isAlive: true },
  { id: 4, rack: 'b', isAlive: false },
];
const target = (partition: number, ...replicas: number[]) => ({ topic: 'orders', partition, replicas });
const present = (topic: string, partition: number) =>
  topic !== 'orders' ? undefined : partition > 1 ? null : [1, 3];
const errors = (...targets: ReturnType<typeof target>[]) => asSent(targetErrors(targets, brokers, present));
const codes = (...targets: ReturnType<typeof target>[]) =>
  targetWarnings(targets, brokers, () => [1, 3]).map(({ code }) => code);

describe('targetErrors', () => {
  it('has nothing against what Kafka takes', () => {
    expect(errors(target(0, 3, 1), target(1, 2, 4))).toEqual([]);
  });

  it.each([
    ['an unknown broker', target(0, 1, 9), 'There is no broker 9'],
    ['a broker twice', target(0, 1, 3, 1), 'Broker 1 is there twice'],
    ['no broker', target(0), 'orders-0 needs at least one broker'],
    ['an unknown partition', target(2, 1), 'Topic orders has no partition 2'],
    ['an unknown topic', { ...target(0, 1), topic: 'nothing' }, 'There is no topic nothing'],
  ])('finds %s', (_, one, message) => {
    expect(errors(target(1, 1, 3), one)).toEqual([{ index: 1, message }]);
  });

  it('finds a partition that is there twice', () => {
    expect(errors(target(0, 1), target(0, 3))).toEqual([{ index: 1, message: 'orders-0 is there twice' }]);
  });
});

describe('targetWarnings', () => {
  it('is quiet about good targets', () => {
    expect(codes(target(0, 1, 3), target(1, 3, 2))).toEqual([]);
  });

  it('warns of what will hurt later', () => {
    expect(codes(target(0, 1, 2))).toEqual(['one-rack']);
    expect(codes(target(0, 1))).toEqual(['single-replica', 'fewer-replicas']);
    expect(codes(target(0, 1, 4))).toEqual(['broker-down']);
    expect(codes(target(0, 2, 4))).toContain('no-replica-stays');
  });

  it('says nothing of racks where there is one, or none is told', () => {
    const noRacks = brokers.map((broker) => ({ ...broker, rack: null }));
    expect(targetWarnings([target(0, 1, 2)], noRacks, () => [1, 3])).toEqual([]);
  });

  it('does not warn of a dead broker that holds the replica already', () => {
    expect(targetWarnings([target(0, 3, 4, 1)], brokers, () => [3, 4])).toEqual([]);
  });
});
