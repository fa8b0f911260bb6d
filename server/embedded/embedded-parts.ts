import type { EmbeddedCluster } from './embedded-cluster.ts';
import type { SampleData } from './sample-data/sample-data.ts';

/** What these use cases are given; both null where the embedded cluster is configured away. */
export interface EmbeddedParts {
  readonly embedded: EmbeddedCluster | null;
  readonly sampleData: SampleData | null;
}
