import { describe, expect, it } from 'vitest';
import type { OfferedVersions } from '../client/offered-versions.ts';
import { clusterMode, kafkaRelease } from './kafka-release.ts';

function offers(apis: Record<number, number>, features: Record<string, number> = {}): OfferedVersions {
  return {
    apis: new Map(Object.entries(apis).map(([key, max]) => [Number(key), { min: 0, max }])),
    supportedFeatures: new Map(Object.entries(features)),
  };
}

/** Highest versions of a ZooKeeper broker 3.9, for the APIs that tell releases apart. */
const KAFKA_39 = { 0: 11, 1: 17, 2: 9, 3: 12, 6: 8, 9: 9, 11: 9, 16: 5, 24: 5, 35: 4 };

describe('kafkaRelease', () => {
  it.each([
    [30, '4.3'],
    [29, '4.2'],
    [25, '4.0'],
    [21, '3.9'],
    [7, '3.3'],
  ])('reads metadata.version %i as %s', (level, release) => {
    expect(kafkaRelease(offers({}, { 'metadata.version': level }))).toBe(release);
  });

  it('does not call a newer release by an old name', () => {
    expect(kafkaRelease(offers({}, { 'metadata.version': 99 }))).toBe('4.4+');
  });

  it('tells a ZooKeeper broker by the versions it offers', () => {
    expect(kafkaRelease(offers(KAFKA_39))).toBe('3.9');
    expect(kafkaRelease(offers({ ...KAFKA_39, 1: 16 }))).toBe('3.8');
  });

  it('claims no release of which something is missing', () => {
    const { 9: _, ...withoutOffsetFetch } = KAFKA_39;
    expect(kafkaRelease(offers({ ...withoutOffsetFetch, 3: 13 }))).toBe('2.4');
    expect(kafkaRelease(offers({ 3: 1 }))).toBeNull();
  });
});

describe('clusterMode', () => {
  it('tells KRaft from ZooKeeper', () => {
    expect(clusterMode(offers({ 55: 2 }))).toBe('kraft');
    expect(clusterMode(offers(KAFKA_39))).toBe('zookeeper');
    expect(clusterMode(offers({ 3: 12 }))).toBe('unknown');
  });
});
