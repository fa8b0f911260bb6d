import type { BodyLine } from '../../../lib/contract/endpoint.ts';
import type { ImportLine, ImportQuery, ImportSample } from '../../../lib/contract/exported-messages.ts';
import type { SendingFailure } from '../../../lib/contract/sending.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { asFailure } from '../../snapshot/read-problem.ts';
import { payloadOf } from '../payload.ts';
import { bytesOf } from '../sending/sending.ts';
import type { TopicView } from '../topic-view.ts';
import type { ImportedRecord } from './imported-record.ts';
import { recordOfLine } from './record-of-line.ts';

/** Lines that are looked at. */
const MOST_LINES = 1000;
const SAMPLES = 10;
/** Of a key, value or header of a sample. */
const SAMPLE_BYTES = 1024;

/** What the first lines of an import are, and what is wrong with them. Nothing is sent. */
export async function* dryRun(
  topic: TopicView,
  lines: AsyncIterable<BodyLine>,
  query: ImportQuery,
): AsyncGenerator<Unspoken<ImportLine>, void> {
  const begun = performance.now();
  const failures: Unspoken<SendingFailure>[] = [];
  let given = 0;
  let bytes = 0;
  let upTo = query.firstLine - 1;
  for await (const { number, text } of lines) {
    const line = query.firstLine - 1 + number;
    upTo = line;
    try {
      const imported = recordOfLine(topic, text, query);
      if (imported) {
        if (given < SAMPLES) yield sampleOf(line, imported);
        given += 1;
        bytes += bytesOf(imported.record);
      }
    } catch (error) {
      const { code, said } = asFailure(error);
      failures.push({ line, state: 'refused', code, detail: said.detail });
    }
    if (number >= MOST_LINES) break;
  }
  yield {
    type: 'end',
    reason: 'done',
    given: given + failures.length,
    acknowledged: 0,
    refused: failures.length,
    unsent: given,
    unknown: 0,
    bytes,
    elapsedMs: Math.round(performance.now() - begun),
    settledUpTo: upTo,
    ranges: [],
    failures,
    problems: [],
  };
}

function sampleOf(line: number, { partition, record }: ImportedRecord): Unspoken<ImportSample> {
  const { key, value, headers, timestamp } = record;
  const told = (part: Buffer | null) => (part === null ? null : payloadOf(part, SAMPLE_BYTES));
  return {
    type: 'sample',
    line,
    partition,
    timestamp: timestamp === -1 ? null : new Date(timestamp).toISOString(),
    key: told(key),
    value: told(value),
    headers: headers.map((header) => ({ key: header.key, value: told(header.value) })),
  };
}
