import type { ImportQuery } from '../../../lib/contract/exported-messages.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { TopicView } from '../topic-view.ts';
import { type ImportedRecord, importedRecord } from './imported-record.ts';

/** Null: a line that is not meant as a message. Throws what is wrong with it. */
export function recordOfLine(
  { name, partitionCount }: TopicView,
  text: string | null,
  query: ImportQuery,
): ImportedRecord | null {
  if (text === null) throw new Failure('invalid_request', say('import.notUtf8'));
  const imported = importedRecord(text, query, Date.now());
  if (imported?.partition != null && imported.partition >= partitionCount) {
    const { partition } = imported;
    throw new Failure(
      'not_found',
      say('partition.beyond', { topic: name, partition, last: partitionCount - 1 }),
    );
  }
  return imported;
}
