import type { Embedded } from '../../lib/contract/embedded.ts';
import type { EmbeddedCluster } from './embedded-cluster.ts';
import type { SampleData } from './sample-data/sample-data.ts';

/** State of the embedded cluster; `off` when it is configured away. Never fails: a failed start is an answer. */
export async function readEmbedded(
  embedded: EmbeddedCluster | null,
  sampleData: SampleData | null,
): Promise<Embedded> {
  if (!embedded) {
    return { state: 'off', error: null, dataDir: null, memoryBytes: null, sampleData: false, brokers: [] };
  }
  if (embedded.state === 'running') await embedded.readStatus().catch(() => null);
  const { state, error, status } = embedded;
  return {
    state,
    error,
    dataDir: status?.dataDir ?? null,
    memoryBytes: state === 'running' ? (status?.memoryBytes ?? null) : null,
    sampleData: sampleData?.isOn() ?? false,
    brokers: status?.brokers ?? [],
  };
}
