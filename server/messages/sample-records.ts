import { Failure } from '../../lib/contract/failure.ts';
import type { SampledRecord } from '../serdes/detect-serde.ts';
import { readNewest } from './read-newest.ts';
import { parsePositions, planReading } from './reading-plan.ts';
import { OPEN_GATE } from './record-gate.ts';
import type { ScannedRecord } from './scanned-record.ts';
import type { TopicView } from './topic-view.ts';

/** What is looked at to know a topic: so many of its newest records, and no longer than this. */
const MOST_RECORDS = 50;
const PATIENCE_MS = 2000;
/** A key or value that is longer says little about the others, and costs as much as a thousand of them. */
const LONGEST = 256 * 1024;
const NEWEST = { from: 'latest', partitions: null, isolation: 'uncommitted' } as const;

/** Some of a topic's newest records; as many as are had in a moment. Throws only when nothing can be read at all. */
export async function sampleRecords(topic: TopicView, signal: AbortSignal): Promise<SampledRecord[]> {
  const moment = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const plan = await planReading(topic, topic.partitions, parsePositions(NEWEST), NEWEST, {
    patienceMs: PATIENCE_MS,
    signal: moment,
  });
  const sample: SampledRecord[] = [];
  try {
    for await (const { kept } of readNewest({
      topic,
      partitions: plan.partitions,
      gate: OPEN_GATE,
      limit: MOST_RECORDS,
      keep: (_, record) => copyOf(record),
      keptMaxBytes: LONGEST,
      onStep: () => {},
      onStepped: () => {},
      onBound: () => {},
      onBegin: () => {},
      signal: moment,
    })) {
      if (kept) sample.push(kept);
    }
  } catch (error) {
    const isLate = error instanceof Failure && error.code === 'cancelled' && !signal.aborted;
    if (!isLate) throw error;
  }
  return sample;
}

/** Its bytes are parts of much larger ones that are given back. */
function copyOf({ key, value, headers }: ScannedRecord): SampledRecord | null {
  if ((key?.length ?? 0) > LONGEST || (value?.length ?? 0) > LONGEST) return null;
  const copied = (bytes: Buffer | null) => bytes && Buffer.from(bytes);
  return {
    key: copied(key),
    value: copied(value),
    headers: headers.map((header) => ({ key: header.key, value: copied(header.value) })),
  };
}
