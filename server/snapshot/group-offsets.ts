import type { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { ERROR } from '../protocol/errors.ts';
import { describeShareGroupOffsetsApi } from '../protocol/messages/describe-share-group-offsets.ts';
import { offsetFetchApi } from '../protocol/messages/offset-fetch.ts';
import { type ClusterLink, groupBy, keyOf, pieces } from './cluster-link.ts';
import { groupKey, groupOfKey } from './group-descriptions.ts';
import type { ListedGroup } from './group-list.ts';
import { type Known, OnDemand, type Settle } from './on-demand.ts';
import { asFailure } from './read-problem.ts';

export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  readonly committedOffset: number;
  readonly metadata: string | null;
}

const GROUPS_PER_REQUEST = 100;
/** Several groups in one request (KIP-709). */
const BATCH_VERSION = 8;
/** From version 10 on topics are named by id; names are what is wanted here. */
const LAST_VERSION_WITH_NAMES = 9;

/** Committed offsets of groups, asked of their coordinators many at a time. */
export class GroupOffsets {
  readonly #link: ClusterLink;
  readonly #known: OnDemand<readonly CommittedOffset[]>;

  constructor(link: ClusterLink) {
    this.#link = link;
    this.#known = new OnDemand({
      freshMs: 1000,
      most: 10_000,
      load: (keys, settle) => this.#load(keys, settle),
    });
  }

  async read(
    groups: readonly ListedGroup[],
    until: number,
  ): Promise<(group: ListedGroup) => Known<readonly CommittedOffset[]>> {
    const known = await this.#known.read(groups.map(groupKey), until);
    return (group) => known(groupKey(group));
  }

  forget(groupId: string): void {
    this.#known.forget((key) => groupOfKey(key).groupId === groupId);
  }

  async #load(keys: readonly string[], settle: Settle<readonly CommittedOffset[]>): Promise<void> {
    const wanted = keys.map((key) => ({ key, ...groupOfKey(key) }));
    const byRequest = groupBy(wanted, ({ coordinator, type }) =>
      keyOf(coordinator, type === 'share' ? 'share' : ''),
    );
    await Promise.all(
      [...byRequest.values()].map(async (together) => {
        for (const some of pieces(together, GROUPS_PER_REQUEST)) {
          try {
            const { coordinator, type } = some[0]!;
            const groupIds = some.map(({ groupId }) => groupId);
            const offsets =
              type === 'share'
                ? await this.#readShare(groupIds, coordinator)
                : await this.#readCommitted(groupIds, coordinator);
            for (const { key, groupId } of some) settle(key, offsets.get(groupId) ?? { value: [] });
          } catch (error) {
            for (const { key } of some) settle(key, { failure: asFailure(error) });
          }
        }
      }),
    );
  }

  async #readCommitted(groupIds: readonly string[], coordinator: number): Promise<Outcomes> {
    const { client } = this.#link;
    const to = { broker: coordinator };
    const outcomes: Outcomes = new Map();
    if ((await client.versionFor(offsetFetchApi, to)) >= BATCH_VERSION) {
      const answer = await client.send(
        offsetFetchApi,
        { groups: groupIds.map((groupId) => ({ groupId, topics: null })) },
        { to, maxVersion: LAST_VERSION_WITH_NAMES },
      );
      for (const { groupId, topics, errorCode } of answer.groups) {
        outcomes.set(groupId, outcomeOf(groupId, errorCode, topics));
      }
      return outcomes;
    }
    for (const groupId of groupIds) {
      const answer = await client.send(offsetFetchApi, { groupId, topics: null }, { to });
      outcomes.set(groupId, outcomeOf(groupId, answer.errorCode, answer.topics));
    }
    return outcomes;
  }

  /** A share group has no committed offsets; where it starts reading stands for them (KIP-932). */
  async #readShare(groupIds: readonly string[], coordinator: number): Promise<Outcomes> {
    const answer = await this.#link.client.send(
      describeShareGroupOffsetsApi,
      { groups: groupIds.map((groupId) => ({ groupId, topics: null })) },
      { to: { broker: coordinator } },
    );
    return new Map(
      answer.groups.map(({ groupId, topics, errorCode }) => {
        const named = topics.map(({ topicName, partitions }) => ({
          name: topicName,
          partitions: partitions.map(({ partitionIndex, startOffset, errorCode: code }) => ({
            partitionIndex,
            committedOffset: startOffset,
            metadata: null,
            errorCode: code,
          })),
        }));
        return [groupId, outcomeOf(groupId, errorCode, named)];
      }),
    );
  }
}

type Outcomes = Map<string, { value: readonly CommittedOffset[] } | { failure: Failure }>;

interface ToldTopic {
  name: string;
  partitions: {
    partitionIndex: number;
    committedOffset: bigint;
    metadata: string | null;
    errorCode: number;
  }[];
}

function outcomeOf(
  groupId: string,
  errorCode: number,
  topics: readonly ToldTopic[],
): { value: readonly CommittedOffset[] } | { failure: Failure } {
  if (errorCode !== ERROR.NONE)
    return { failure: kafkaFailure(errorCode, say('kafka.offsetsOfGroup', { group: groupId })) };
  const value = topics.flatMap(({ name, partitions }) =>
    partitions
      .filter((partition) => partition.errorCode === ERROR.NONE && partition.committedOffset >= 0n)
      .map(({ partitionIndex, committedOffset, metadata }) => ({
        topic: name,
        partition: partitionIndex,
        committedOffset: Number(committedOffset),
        metadata: metadata || null,
      })),
  );
  value.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  return { value };
}
