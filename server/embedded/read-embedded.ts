import type { Embedded } from '../../lib/contract/embedded.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { EmbeddedParts } from './embedded-parts.ts';

/** State of the embedded cluster; `off` where there is none. Never fails: a failed start is an answer. */
export async function readEmbedded(parts: EmbeddedParts | null): Promise<Unspoken<Embedded>> {
  const { embedded = null, sampleData = null } = parts ?? {};
  if (!embedded) {
    return { state: 'off', error: null, dataDir: null, memoryBytes: null, sampleData: false, brokers: [] };
  }
  if (embedded.state === 'running') await embedded.readStatus().catch(() => null);
  const { state, error, status } = embedded;
  return {
    state,
    error,
    dataDir: status?.dataDir ?? null,
    memoryBytes: status?.memoryBytes ?? null,
    sampleData: sampleData?.isOn() ?? false,
    brokers: status?.brokers ?? [],
  };
}
