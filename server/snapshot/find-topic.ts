import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ClusterSnapshot } from './cluster-snapshot.ts';
import { settledBy } from './on-demand.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';
import type { SnapshotTopic } from './snapshot-topic.ts';

/** A snapshot older than this may miss a topic that was just created. */
const YOUNG_MS = 250;
const WAIT_MS = 1000;

export interface FoundTopic {
  readonly snapshot: ClusterSnapshot;
  readonly topic: SnapshotTopic;
}

/** A topic by name; looks once more at the cluster before it says that there is none. Throws `not_found`. */
export async function findTopic(snapshots: SnapshotKeeper, name: string): Promise<FoundTopic> {
  const snapshot = await snapshots.current();
  const topic = snapshot.topics.get(name);
  if (topic) return { snapshot, topic };
  if (Date.now() - Date.parse(snapshot.asOf) > YOUNG_MS) {
    await settledBy([snapshots.refreshed()], Date.now() + WAIT_MS);
    const newer = await snapshots.current();
    const created = newer.topics.get(name);
    if (created) return { snapshot: newer, topic: created };
  }
  const alike = similarName(snapshot, name);
  throw new Failure('not_found', say('topic.unknown', { topic: name }), {
    action: alike ? say('topic.alike', { topic: alike }) : say('topic.unknown.do'),
  });
}

/** The same name in another case, or one that holds it or is held by it. */
function similarName({ topics }: ClusterSnapshot, name: string): string | undefined {
  const wanted = name.toLowerCase();
  let alike: string | undefined;
  for (const topic of topics.values()) {
    if (topic.searchName === wanted) return topic.name;
    const isPart = topic.searchName.includes(wanted) || wanted.includes(topic.searchName);
    if (isPart && !topic.isInternal) alike ??= topic.name;
  }
  return alike;
}
