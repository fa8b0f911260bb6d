import { ERROR, errorByCode } from '../../protocol/errors.ts';
import type { ProduceRequest, TopicProduceData } from '../../protocol/messages/produce.ts';
import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  magicAt,
  readBatchHeader,
  TRANSACTIONAL_FLAG,
} from '../../protocol/records/batch-header.ts';
import type { TopicImage } from '../controller/metadata-image.ts';
import type { VerificationGuard } from '../log/transaction-verification.ts';
import type { RequestContext } from '../net/handler.ts';
import type { Partition } from '../replica/partition.ts';
import { may } from '../security/permissions.ts';
import type { TransactionalAppend, VerificationMode } from './transaction-verifier.ts';

/** What is known of a Produce request's partitions before anything is appended. */
export interface VerifiedProduce {
  /** For the whole request. */
  readonly errorCode: number;
  of(replica: Partition): {
    readonly errorCode: number;
    readonly errorMessage: string | null;
    readonly guard: VerificationGuard | null;
  };
}

const GOOD = { errorCode: ERROR.NONE, errorMessage: null, guard: null };
const ATTRIBUTES_AT = 21;

export const EVERYTHING_VERIFIED: VerifiedProduce = { errorCode: ERROR.NONE, of: () => GOOD };

/** What is told where a client may try again later, in words that old clients understand as such. */
const PASSING: ReadonlySet<number> = new Set([
  ERROR.NETWORK_EXCEPTION,
  ERROR.COORDINATOR_LOAD_IN_PROGRESS,
  ERROR.COORDINATOR_NOT_AVAILABLE,
  ERROR.NOT_COORDINATOR,
]);

export function hasTransactionalRecords({ topicData }: ProduceRequest): boolean {
  return topicData.some(({ partitionData }) => partitionData.some(({ records }) => isTransactional(records)));
}

/** Checks a request with transactional records: who may use the id, and whether the coordinator knows of the partitions. */
export async function verifyProduced(
  { topicData, transactionalId }: ProduceRequest,
  context: RequestContext,
  topicOf: (data: TopicProduceData) => TopicImage | null,
): Promise<VerifiedProduce> {
  const refused = (errorCode: number): VerifiedProduce => ({ errorCode, of: () => GOOD });
  if (transactionalId === null || !may(context, 'write', 'transactionalId', transactionalId)) {
    return refused(ERROR.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  }
  const appends: TransactionalAppend[] = [];
  const producers = new Map<string, BatchHeader>();
  for (const data of topicData) {
    const topic = topicOf(data);
    for (const { index, records } of data.partitionData) {
      if (!isTransactional(records)) continue;
      const header = readBatchHeader(records);
      if (header.producerId < 0n) continue;
      producers.set(`${header.producerId} ${header.producerEpoch}`, header);
      if (topic === null || !may(context, 'write', 'topic', topic.name)) continue;
      const replica = context.broker.partitions.get(topic.name, index);
      if (replica?.isLeader) appends.push({ replica, sequence: header.baseSequence });
    }
  }
  if (producers.size > 1) return refused(ERROR.INVALID_PRODUCER_ID_MAPPING);
  const [header] = producers.values();
  if (header === undefined) return EVERYTHING_VERIFIED;
  const mode = modeOf(context.header.apiVersion);
  const producer = { producerId: Number(header.producerId), producerEpoch: header.producerEpoch };
  const { verifier } = context.transactions;
  const answers = await verifier.verify(transactionalId, producer, appends, mode, true);
  const byReplica = new Map(appends.map(({ replica }, index) => [replica, answers[index]!]));
  return {
    errorCode: ERROR.NONE,
    of: (replica) => {
      const { errorCode, guard } = byReplica.get(replica) ?? GOOD;
      return { ...inProduce(errorCode, mode), guard };
    },
  };
}

function inProduce(errorCode: number, mode: VerificationMode) {
  if (errorCode === ERROR.INVALID_TXN_STATE) {
    return { errorCode, errorMessage: 'Partition was not added to the transaction' };
  }
  if (PASSING.has(errorCode) || (errorCode === ERROR.CONCURRENT_TRANSACTIONS && mode !== 'add')) {
    const { name } = errorByCode(errorCode);
    return {
      errorCode: ERROR.NOT_ENOUGH_REPLICAS,
      errorMessage: `Unable to verify the partition has been added to the transaction. Underlying error: ${name}`,
    };
  }
  return { errorCode, errorMessage: null };
}

/** v11 clients know TRANSACTION_ABORTABLE, v12 ones leave it to the broker to add partitions. */
function modeOf(version: number): VerificationMode {
  if (version >= 12) return 'add';
  return version === 11 ? 'verify' : 'verify-old';
}

function isTransactional(records: Buffer | null): records is Buffer {
  if (records === null || records.length < BATCH_HEADER_BYTES || magicAt(records, 0) !== 2) return false;
  return (records.readInt16BE(ATTRIBUTES_AT) & TRANSACTIONAL_FLAG) !== 0;
}
