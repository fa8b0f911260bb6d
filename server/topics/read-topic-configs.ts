import type { ConfigList } from '../../lib/contract/configs.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { readTopicConfigEntries } from '../snapshot/config-reader.ts';

/** Configuration of a topic with sources and documentation, read now. Throws `not_found` and what Kafka refuses. */
export async function readTopicConfigs({ client }: Cluster, topic: string): Promise<Unspoken<ConfigList>> {
  const asOf = new Date().toISOString();
  return { asOf, problems: [], entries: await readTopicConfigEntries(client, topic) };
}
