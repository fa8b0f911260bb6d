import { ERROR } from '../../protocol/errors.ts';
import { type Outcome, refused } from './outcome.ts';

/** The most partitions one CreateTopics makes (ReplicationControlManager.MAX_PARTITIONS_PER_BATCH). */
const MAX_PARTITIONS = 10_000;
/** The most metadata records one request of a user makes (QuorumController.MAX_RECORDS_PER_USER_OP). */
const MAX_RECORDS = 10_000;

/** Why a CreateTopics that asks for so many partitions in all is refused as a whole; null when it is not. */
export function problemWithPartitionTotal(partitionCount: number): Outcome | null {
  if (partitionCount <= MAX_PARTITIONS) return null;
  return refused(ERROR.POLICY_VIOLATION, 'Excessively large number of partitions per request.');
}

/** Why a request that would write so many metadata records is refused; null when it is not. */
export function problemWithRecordTotal(recordCount: number): Outcome | null {
  if (recordCount <= MAX_RECORDS) return null;
  return refused(ERROR.POLICY_VIOLATION, 'Unable to perform excessively large batch operation.');
}
