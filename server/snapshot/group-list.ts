import { say } from '../../lib/i18n/sentences/sentence.ts';
import { listGroupsApi } from '../protocol/messages/list-groups.ts';
import type { ClusterLink } from './cluster-link.ts';
import { OnDemand } from './on-demand.ts';
import { asFailure, type MissingPart, problemOf, stillReading } from './read-problem.ts';

export type GroupType = 'classic' | 'consumer' | 'share' | 'streams';

export interface ListedGroup {
  readonly groupId: string;
  readonly type: GroupType;
  readonly protocolType: string;
  /** Empty before Kafka 2.6 (KIP-518). */
  readonly state: string;
  /** The broker that listed it: each lists the groups it coordinates. */
  readonly coordinator: number;
}

const TYPES: readonly string[] = ['classic', 'consumer', 'share', 'streams'] satisfies GroupType[];

/** Which groups there are, asked of every broker for its own. */
export class GroupList {
  readonly #link: ClusterLink;
  readonly #ofBroker: OnDemand<readonly ListedGroup[]>;
  #merged: { parts: readonly (readonly ListedGroup[])[]; groups: readonly ListedGroup[] } = {
    parts: [],
    groups: [],
  };

  constructor(link: ClusterLink) {
    this.#link = link;
    this.#ofBroker = new OnDemand({
      freshMs: 1000,
      most: 1000,
      load: async (keys, settle) => {
        await Promise.all(
          keys.map(async (key) => {
            try {
              settle(key, { value: await readGroups(link, Number(key)) });
            } catch (error) {
              settle(key, { failure: asFailure(error) });
            }
          }),
        );
      },
    });
  }

  /** All groups in order of id, without those of brokers named in the problems. */
  async read(until: number): Promise<{ groups: readonly ListedGroup[]; problems: MissingPart[] }> {
    const snapshot = await this.#link.snapshots.current();
    const alive = snapshot.brokers.filter((broker) => broker.isAlive).map((broker) => String(broker.id));
    const known = await this.#ofBroker.read(alive, until);
    const parts: (readonly ListedGroup[])[] = [];
    const problems: MissingPart[] = [];
    for (const broker of alive) {
      const listed = known(broker);
      const subject = say('part.groupsOfBroker', { broker });
      if (listed === undefined) problems.push(stillReading(subject));
      else if ('failure' in listed) problems.push(problemOf(subject, listed.failure));
      else parts.push(listed.value);
    }
    return { groups: this.#merge(parts), problems };
  }

  /** One group, as soon as the broker that coordinates it has told its groups; the others are not waited for. */
  async find(
    groupId: string,
    until: number,
  ): Promise<{ group: ListedGroup | undefined; problems: MissingPart[] }> {
    const snapshot = await this.#link.snapshots.current();
    const alive = snapshot.brokers.filter((broker) => broker.isAlive).map((broker) => String(broker.id));
    const found = Promise.withResolvers<ListedGroup>();
    const all = Promise.all(
      alive.map(async (broker) => {
        const listed = await this.#ofBroker.readOne(broker, until);
        const group =
          listed && 'value' in listed ? listed.value.find((one) => one.groupId === groupId) : undefined;
        if (group) found.resolve(group);
      }),
    );
    const group = await Promise.race([found.promise, all.then(() => undefined)]);
    return { group, problems: group ? [] : (await this.read(until)).problems };
  }

  forget(): void {
    this.#ofBroker.forget(() => true);
  }

  #merge(parts: readonly (readonly ListedGroup[])[]): readonly ListedGroup[] {
    const { parts: before } = this.#merged;
    if (before.length === parts.length && before.every((part, index) => part === parts[index])) {
      return this.#merged.groups;
    }
    // While a coordinator moves, two brokers may both list a group: the later one counts.
    const byId = new Map(parts.flat().map((group) => [group.groupId, group]));
    const groups = [...byId.values()].sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
    this.#merged = { parts, groups };
    return groups;
  }
}

async function readGroups({ client }: ClusterLink, broker: number): Promise<ListedGroup[]> {
  const answer = await client.send(listGroupsApi, {}, { to: { broker } });
  return answer.groups.map(({ groupId, protocolType, groupState, groupType }) => {
    const type = groupType.toLowerCase();
    return {
      groupId,
      // Before KIP-848 there was one type only.
      type: TYPES.includes(type) ? (type as GroupType) : 'classic',
      protocolType,
      state: groupState,
      coordinator: broker,
    };
  });
}
