import type { Embedded, SampleDataBody } from '../../lib/contract/embedded.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import type { EmbeddedParts } from './embedded-parts.ts';
import { readEmbedded } from './read-embedded.ts';

/** Switches the sample data on or off. @throws Failure `conflict`, `unavailable` */
export async function setSampleData(
  cluster: Cluster,
  parts: EmbeddedParts,
  body: SampleDataBody,
): Promise<Unspoken<Embedded>> {
  if (!parts.sampleData || cluster.kind !== 'embedded') {
    throw new Failure('conflict', say('sample.onlyEmbedded'));
  }
  await parts.sampleData.set(body.enabled, body.removeTopics);
  cluster.snapshots.refreshSoon();
  return readEmbedded(parts);
}
