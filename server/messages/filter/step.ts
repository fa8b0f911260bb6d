import type { ByteSearch } from './byte-search.ts';
import type { TestedRecord } from './tested-record.ts';

/** One thing that is asked of a record, and how to find the records by their bytes that may answer it. */
export interface Step {
  matches(record: TestedRecord): boolean;
  readonly search: ByteSearch | null;
}
