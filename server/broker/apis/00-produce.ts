import { type Input, ProtocolError } from '../../protocol/codec.ts';
import { ERROR, errorByCode } from '../../protocol/errors.ts';
import {
  type PartitionProduceData,
  type PartitionProduceResponse,
  produceApi,
  type TopicProduceData,
} from '../../protocol/messages/produce.ts';
import { isWhole, magicAt, readBatchHeader } from '../../protocol/records/batch-header.ts';
import type { TopicImage } from '../controller/metadata-image.ts';
import { handler, quotaClient, type RequestContext, throttleFor } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import {
  EVERYTHING_VERIFIED,
  hasTransactionalRecords,
  type VerifiedProduce,
  verifyProduced,
} from '../transactions/verified-produce.ts';
import { endpointsOf, leaderHint, replicaHere, requestedTopic } from './leader-of.ts';

const FIRST_VERSION_WITH_ZSTD = 7;
const FIRST_VERSION_WITH_LEADER_HINTS = 10;
const FIRST_VERSION_WITH_TOPIC_IDS = 13;

/**
 * Produce 3–13. v7 zstd (KIP-110), v8 which records were wrong (KIP-467), v10 where the leader is (KIP-951), v13 topic ids
 * (KIP-516). One record batch of format 2 a partition. With acks=0 there is no answer; what goes wrong is told by hanging up.
 */
export const produce = handler(produceApi, { min: 3, max: 13 }, async (request, context) => {
  const { acks, timeoutMs } = request;
  const topicOf = ({ name, topicId }: TopicProduceData) =>
    requestedTopic(context, name, topicId, FIRST_VERSION_WITH_TOPIC_IDS);
  const isTransactional = hasTransactionalRecords(request);
  const verified = isTransactional ? await verifyProduced(request, context, topicOf) : EVERYTHING_VERIFIED;
  const responses = await Promise.all(
    request.topicData.map(async (data) => {
      const topic = topicOf(data);
      const partitionResponses = await Promise.all(
        data.partitionData.map((partition) =>
          produceTo(context, topic ?? data.name, partition, acks, timeoutMs, verified),
        ),
      );
      return { name: data.name, topicId: data.topicId, partitionResponses };
    }),
  );
  const sent = context.requestBytes;
  throttleFor(context, context.quotas.record('producer_byte_rate', quotaClient(context), sent));
  if (acks !== 0) {
    const answers = responses.flatMap(({ partitionResponses }) => partitionResponses);
    return { responses, nodeEndpoints: endpointsOf(context, answers, FIRST_VERSION_WITH_LEADER_HINTS) };
  }
  for (const { partitionResponses } of responses) {
    const failed = partitionResponses.find(({ errorCode = 0 }) => errorCode !== 0);
    if (failed !== undefined) {
      throw new ProtocolError(`with acks=0 nobody hears of ${errorByCode(failed.errorCode ?? 0).name}`);
    }
  }
  return null;
});

async function produceTo(
  context: RequestContext,
  topic: TopicImage | string,
  { index, records }: PartitionProduceData,
  acks: number,
  timeoutMs: number,
  verified: VerifiedProduce,
): Promise<Input<PartitionProduceResponse>> {
  const refused = (errorCode: number, errorMessage: string | null = null) =>
    refusedAt(index, errorCode, errorMessage);
  if (acks < -1 || acks > 1) return refused(ERROR.INVALID_REQUIRED_ACKS);
  if (verified.errorCode !== ERROR.NONE) return refused(verified.errorCode);
  const version = context.header.apiVersion;
  if (typeof topic === 'string') {
    const byId = version >= FIRST_VERSION_WITH_TOPIC_IDS;
    if (!byId && !may(context, 'write', 'topic', topic)) return refused(ERROR.TOPIC_AUTHORIZATION_FAILED);
    return refused(byId ? ERROR.UNKNOWN_TOPIC_ID : ERROR.UNKNOWN_TOPIC_OR_PARTITION);
  }
  if (!may(context, 'write', 'topic', topic.name)) return refused(ERROR.TOPIC_AUTHORIZATION_FAILED);
  const replica = replicaHere(context, topic.name, index);
  if (typeof replica === 'number') return sentOn(context, topic.name, refused(replica));
  const problem = problemWithRecords(records, version);
  if (problem !== null) return refused(problem.errorCode, problem.message);
  const { errorCode, errorMessage, guard } = verified.of(replica);
  if (errorCode !== ERROR.NONE) return refused(errorCode, errorMessage);
  const result = await replica.appendAsLeader(records!, { acks, timeoutMs, guard });
  const response = {
    index,
    errorCode: result.errorCode,
    errorMessage: result.errorMessage,
    baseOffset: BigInt(result.baseOffset),
    logAppendTimeMs: BigInt(result.logAppendTime),
    logStartOffset: BigInt(result.logStartOffset),
    recordErrors: result.recordErrors.map(({ batchIndex, message }) => ({
      batchIndex,
      batchIndexErrorMessage: message,
    })),
  };
  return result.errorCode === ERROR.NOT_LEADER_OR_FOLLOWER ? sentOn(context, topic.name, response) : response;
}

type Refusal = Input<PartitionProduceResponse> & { readonly index: number };

function refusedAt(index: number, errorCode: number, errorMessage: string | null = null): Refusal {
  return { index, errorCode, errorMessage, baseOffset: -1n };
}

function sentOn(
  context: RequestContext,
  topic: string,
  response: Input<PartitionProduceResponse> & { readonly index: number },
) {
  return { ...response, ...leaderHint(context, topic, response.index, FIRST_VERSION_WITH_LEADER_HINTS) };
}

/** What may be in a request of this version at all; the log checks the batch itself. */
function problemWithRecords(records: Buffer | null, version: number) {
  const invalid = (message: string) => ({ errorCode: ERROR.INVALID_RECORD, message });
  const requests = `Produce requests with version ${version}`;
  if (records === null || records.length === 0) {
    return invalid(`${requests} must have at least one record batch per partition`);
  }
  try {
    if (!isWhole(records, 0)) return null;
    if (magicAt(records, 0) !== 2) {
      return invalid(`${requests} are only allowed to contain record batches with magic version 2`);
    }
    const header = readBatchHeader(records, 0);
    if (header.sizeInBytes < records.length) {
      return invalid(`${requests} are only allowed to contain exactly one record batch per partition`);
    }
    if (header.compression === 'zstd' && version < FIRST_VERSION_WITH_ZSTD) {
      const message = `${requests} are not allowed to use ZStandard compression`;
      return { errorCode: ERROR.UNSUPPORTED_COMPRESSION_TYPE, message };
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { errorCode: ERROR.CORRUPT_MESSAGE, message: error.message };
  }
  return null;
}
