import { ERROR } from '../../protocol/errors.ts';
import { isInternalTopic } from '../controller/metadata-image.ts';
import type { LogConfig } from '../log/log-config.ts';
import { checkProduced, finishBatches } from '../log/produce-validation.ts';
import type { ReplicaLog } from './replica-log.ts';
import { type AppendOptions, type AppendResult, appended, refused } from './results.ts';

interface LeaderAppend extends AppendOptions {
  readonly config: LogConfig;
  readonly leaderEpoch: number;
  /** `transaction.partition.verification.enable` */
  readonly verifiesTransactions: boolean;
  readonly now: number;
}

/** Whether the log has grown. A duplicate has its place in it already. */
export interface LeaderAppended {
  readonly result: AppendResult;
  readonly grown: boolean;
}

/**
 * Checks record batches and appends them to the leader's log with the next offsets.
 * @throws RefusedRecords for malformed batches, Error when the files fail
 */
export function appendToLeader(kept: ReplicaLog, records: Buffer, append: LeaderAppend): LeaderAppended {
  const { config, now, origin = 'client', guard = null, transactionVersion = 0 } = append;
  const { topic, name: partitionName, logStartOffset } = kept;
  const unchanged = (result: AppendResult) => ({ result, grown: false });
  if (isInternalTopic(topic) && origin === 'client') {
    const message = `Cannot append to internal topic ${topic}`;
    return unchanged(refused(logStartOffset, ERROR.INVALID_TOPIC_EXCEPTION, message));
  }
  const headers = checkProduced(records, config, partitionName, origin, now);
  const log = kept.openOrCreate();
  const logAppendTime = config.logAppendTime ? now : -1;
  const producer = {
    partitionName,
    origin,
    guard,
    transactionVersion,
    verifies: append.verifiesTransactions,
  };
  for (const header of headers) {
    if (header.producerId < 0n) continue;
    const verdict = log.judge(records, header, producer);
    if (verdict.kind === 'refused') {
      return unchanged(refused(logStartOffset, verdict.errorCode, verdict.errorMessage));
    }
    if (verdict.kind === 'duplicate') {
      return unchanged(appended(logStartOffset, verdict.baseOffset, logAppendTime));
    }
  }
  const baseOffset = log.logEndOffset;
  log.append(finishBatches(records, headers, config, baseOffset, append.leaderEpoch, now), config, now);
  return { result: appended(logStartOffset, baseOffset, logAppendTime), grown: true };
}
