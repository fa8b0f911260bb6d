import { describe, expect, it } from 'vitest';
import type { Overview, OverviewBroker } from '../../lib/contract/clusters.ts';
import { findingsOf } from './findings.ts';

function broker(id: number, changes: Partial<OverviewBroker> = {}): OverviewBroker {
  return {
    id,
    host: 'localhost',
    port: 9091 + id,
    rack: null,
    isController: id === 1,
    isAlive: true,
    leaderCount: 10,
    leaderPercent: 100 / 3,
    replicaCount: 30,
    preferredLeaderCount: 10,
    underReplicatedCount: 0,
    ...changes,
  };
}

function overview(changes: Partial<Overview> = {}): Overview {
  return {
    asOf: '2026-11-21T00:00:00Z',
    problems: [],
    clusterId: 'x',
    bootstrapServers: [],
    controllerId: 1,
    mode: 'kraft',
    kafkaVersion: '4.3',
    brokerCount: 3,
    topicCount: 5,
    internalTopicCount: 1,
    partitionCount: 30,
    preferredLeaderPercent: 100,
    underReplicatedPartitionCount: 0,
    underMinIsrPartitionCount: 0,
    atMinIsrPartitionCount: 0,
    offlinePartitionCount: 0,
    reassigningPartitionCount: 0,
    groupCount: 2,
    brokers: [broker(1), broker(2), broker(3)],
    ...changes,
  };
}

describe('findingsOf', () => {
  it('finds nothing in a healthy cluster, nor in an empty one', () => {
    expect(findingsOf(overview())).toEqual([]);
    expect(findingsOf(overview({ partitionCount: 0, preferredLeaderPercent: 0 }))).toEqual([]);
  });

  it('names the broker that is down as the cause of under-replication, and does not ask for an election', () => {
    const found = findingsOf(
      overview({
        brokers: [broker(1), broker(2, { isAlive: false, underReplicatedCount: 30 }), broker(3)],
        underReplicatedPartitionCount: 30,
        preferredLeaderPercent: 66.7,
      }),
    );
    expect(found.map(({ code }) => code)).toEqual(['under-replicated']);
    expect(found[0]).toMatchObject({ count: 30, downBrokers: [2], laggingBrokers: [] });
  });

  it('names a broker that is up but behind', () => {
    const found = findingsOf(
      overview({
        brokers: [broker(1), broker(2, { underReplicatedCount: 4 }), broker(3)],
        underReplicatedPartitionCount: 4,
      }),
    );
    expect(found[0]).toMatchObject({ code: 'under-replicated', downBrokers: [], laggingBrokers: [2] });
  });

  it('puts what stops reading and writing first', () => {
    const found = findingsOf(
      overview({
        offlinePartitionCount: 2,
        underMinIsrPartitionCount: 5,
        underReplicatedPartitionCount: 9,
        reassigningPartitionCount: 1,
        brokers: [broker(1), broker(2, { isAlive: false }), broker(3, { isAlive: false })],
      }),
    );
    expect(found.map(({ code }) => code)).toEqual([
      'offline',
      'under-min-isr',
      'under-replicated',
      'reassigning',
    ]);
  });

  it('counts partitions whose leader is not the preferred one', () => {
    expect(findingsOf(overview({ preferredLeaderPercent: 90 }))[0]).toMatchObject({
      code: 'not-preferred',
      count: 3,
    });
  });

  it('does not take what is not known for something wrong', () => {
    const unknown = {
      underMinIsrPartitionCount: null,
      atMinIsrPartitionCount: null,
      reassigningPartitionCount: null,
    };
    expect(findingsOf(overview(unknown))).toEqual([]);
  });

  it('finds a broker that is down though it holds nothing', () => {
    expect(findingsOf(overview({ brokers: [broker(1), broker(4, { isAlive: false })] }))[0]).toMatchObject({
      code: 'brokers-down',
      count: 1,
      downBrokers: [4],
    });
  });

  it('says that there is no controller only when the answer is complete', () => {
    expect(findingsOf(overview({ controllerId: null }))[0]?.code).toBe('no-controller');
    const problems = [{ subject: 'quorum', code: 'broker_timeout' as const, detail: 'late' }];
    expect(findingsOf(overview({ controllerId: null, problems }))).toEqual([]);
  });
});
