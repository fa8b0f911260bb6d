import type { SampleDataBody } from '../../lib/contract/embedded.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { Cluster } from '../cluster.ts';
import type { SampleData } from './sample-data/sample-data.ts';

/** Switches the sample data on or off. @throws Failure `conflict`, `unavailable` */
export async function setSampleData(
  cluster: Cluster,
  sampleData: SampleData | null,
  body: SampleDataBody,
): Promise<void> {
  if (!sampleData || cluster.kind !== 'embedded') {
    throw new Failure('conflict', 'Only the embedded cluster has sample data');
  }
  await sampleData.set(body.enabled, body.removeTopics);
  cluster.snapshots.refreshSoon();
}
