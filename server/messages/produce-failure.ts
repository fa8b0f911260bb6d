import { Failure, type FailureOptions } from '../../lib/contract/failure.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { errorByCode } from '../protocol/errors.ts';

interface Reason {
  /** As it stands after the name of the partition. */
  detail: Sentence;
  action?: Sentence;
  /** The field of the request that is to blame, and what stands there. */
  field?: { name: string; message: Sentence };
}

/** What the errors mean that a single message can meet. `size` is that of the batch, in bytes. */
function reasonOf(error: string, size: number): Reason | undefined {
  switch (error) {
    case 'MESSAGE_TOO_LARGE':
      return {
        detail: say('produce.tooLarge', { size }),
        action: say('produce.tooLarge.do'),
        field: { name: 'value', message: say('produce.tooLarge.field', { size }) },
      };
    case 'RECORD_LIST_TOO_LARGE':
      return {
        detail: say('produce.overSegment', { size }),
        action: say('produce.overSegment.do'),
        field: { name: 'value', message: say('produce.overSegment.field', { size }) },
      };
    case 'INVALID_TIMESTAMP':
      return {
        detail: say('produce.badTimestamp'),
        action: say('produce.badTimestamp.do'),
        field: { name: 'timestamp', message: say('produce.badTimestamp.field') },
      };
    case 'NOT_ENOUGH_REPLICAS':
      return { detail: say('produce.tooFewInSync'), action: say('kafka.notEnoughReplicas.do') };
    case 'NOT_ENOUGH_REPLICAS_AFTER_APPEND':
      return { detail: say('produce.tooFewAfter'), action: say('produce.tooFewAfter.do') };
    default:
      return undefined;
  }
}

/** A compacted topic tells of a missing key in words only. */
const NEEDS_KEY: Reason = {
  detail: say('produce.needsKey'),
  field: { name: 'key', message: say('produce.needsKey.field') },
};

/** The failure for an error in a Produce answer. `size` is that of the batch, in bytes. */
export function produceFailure(
  errorCode: number,
  partition: Sentence,
  { size, message }: { size: number; message: string | null },
): Failure {
  const { code, name } = errorByCode(errorCode);
  if (name === 'REQUEST_TIMED_OUT') {
    return new Failure('broker_timeout', say('produce.unconfirmed', { partition }), {
      action: say('produce.unconfirmed.do'),
      kafkaError: { code, name },
    });
  }
  const needsKey = message?.includes('without key');
  const reason = needsKey ? NEEDS_KEY : reasonOf(name, size);
  if (!reason) return kafkaFailure(errorCode, partition, message);
  const withKafkas = (text: Sentence): Sentence =>
    message && !needsKey ? say('produce.kafkaSays', { reason: text, message }) : text;
  const options: FailureOptions = { action: reason.action, kafkaError: { code, name } };
  if (reason.field) {
    options.fields = [{ field: reason.field.name, message: withKafkas(reason.field.message) }];
  }
  const detail = say('about', { subject: partition, reason: withKafkas(reason.detail) });
  return new Failure('refused_by_kafka', detail, options);
}

/** For a request that was sent and whose answer never came. */
export function unanswered(failure: Failure): Failure {
  return new Failure(failure.code, say('produce.unanswered', { reason: failure.said.detail }), {
    action: say('produce.unanswered.do'),
    cause: failure,
  });
}
