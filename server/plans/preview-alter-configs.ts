import type { Plan } from '../../lib/contract/plans.ts';
import { spoken, type Unspoken } from '../../lib/contract/sentence.ts';
import type { AlterConfigsBody } from '../../lib/contract/topics.ts';
import { alterConfigsCommands } from '../../lib/kafka/command-line.ts';
import { alterConfigs } from '../client/alter-configs.ts';
import type { Cluster } from '../cluster.ts';
import { readTopicConfigEntries } from '../snapshot/config-reader.ts';
import { type FoundTopic, findTopic } from '../snapshot/find-topic.ts';
import { configChange, inheritedValue } from './config-change.ts';
import { type ConfigEdit, type ConfigFacts, configWarnings, isLess } from './config-warnings.ts';
import { messagesBefore } from './messages-before.ts';
import { planOf } from './plan-of.ts';
import { previewBy } from './preview-wait.ts';
import { sumOrNull, topicContents } from './topic-contents.ts';

const OWN = 'dynamic-topic';

/** What changed configs do to a topic. Throws `not_found` and what the cluster would refuse. */
export async function previewAlterConfigs(
  cluster: Cluster,
  name: string,
  { changes }: AlterConfigsBody,
): Promise<Unspoken<Plan>> {
  const found = await findTopic(cluster.snapshots, name);
  const [entries] = await Promise.all([
    readTopicConfigEntries(cluster.client, name),
    alterConfigs(cluster.client, { type: 'topic', name }, changes, true),
  ]);
  const present = new Map(entries.map((entry) => [entry.name, entry]));
  const edits = Object.entries(changes).flatMap(([key, value]): ConfigEdit[] => {
    const entry = present.get(key);
    return entry ? [{ entry, after: value ?? inheritedValue(entry, OWN) }] : [];
  });
  return planOf('alter-topic-configs', {
    changes: Object.entries(changes).flatMap(([key, value]) =>
      configChange({ name: spoken(name), own: OWN }, key, value, present.get(key)),
    ),
    warnings: configWarnings(edits, await factsOf(cluster, found, edits)),
    ...alterConfigsCommands(cluster, { type: 'topics', name }, changes),
  });
}

async function factsOf(
  cluster: Cluster,
  found: FoundTopic,
  edits: readonly ConfigEdit[],
): Promise<ConfigFacts> {
  const shortened = (key: string): number | null => {
    const edit = edits.find(({ entry }) => entry.name === key);
    if (!edit?.after || !edit.entry.value || !isLess(edit.after, edit.entry.value)) return null;
    return Number(edit.after);
  };
  const milliseconds = shortened('retention.ms');
  const bytes = shortened('retention.bytes');
  const [messagesTooOld, contents] = await Promise.all([
    milliseconds === null ? null : messagesBefore(cluster, found.topic, Date.now() - milliseconds),
    bytes === null ? null : topicContents(cluster, found, previewBy()),
  ]);
  return {
    replicationFactor: found.topic.replicationFactor,
    messagesTooOld,
    bytesTooMany:
      contents === null || bytes === null
        ? null
        : sumOrNull(contents.leaderBytes.map((size) => (size === null ? null : Math.max(0, size - bytes)))),
  };
}
