import { Failure, type FailureOptions } from '../../lib/contract/failure.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { errorByCode } from '../protocol/errors.ts';

const MAY_BE_WRITTEN = 'whether the message was written is not known';

interface Reason {
  detail: (size: number) => string;
  action?: string;
  /** The field of the request that is to blame. */
  field?: string;
}

/** What the errors mean that a single message can meet. */
const REASONS: Record<string, Reason> = {
  MESSAGE_TOO_LARGE: {
    detail: (size) => `the message is larger than the topic accepts; it takes ${size} bytes`,
    action: "Send a smaller one, or raise the topic's max.message.bytes",
    field: 'value',
  },
  RECORD_LIST_TOO_LARGE: {
    detail: (size) => `the message is larger than a segment of the log; it takes ${size} bytes`,
    action: "Send a smaller one, or raise the topic's segment.bytes",
    field: 'value',
  },
  INVALID_TIMESTAMP: {
    detail: () => 'the timestamp is further from now than the topic allows',
    action: "See the topic's message.timestamp.before.max.ms and message.timestamp.after.max.ms",
    field: 'timestamp',
  },
  NOT_ENOUGH_REPLICAS: {
    detail: () => 'fewer replicas are in sync than min.insync.replicas asks for; nothing was written',
    action: 'See which brokers are down, or lower min.insync.replicas',
  },
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: {
    detail: () =>
      'the message was written, but then fewer replicas were in sync than min.insync.replicas asks for',
    action: 'See which brokers are down; sending it again makes a second one',
  },
};

/** The failure for an error in a Produce answer. `size` is that of the batch, in bytes. */
export function produceFailure(
  errorCode: number,
  subject: string,
  { size, message }: { size: number; message: string | null },
): Failure {
  const { code, name } = errorByCode(errorCode);
  if (name === 'REQUEST_TIMED_OUT') {
    return new Failure(
      'broker_timeout',
      `${subject}: not all replicas confirmed in time; ${MAY_BE_WRITTEN}`,
      {
        action: 'See whether a follower is slow, and read the newest messages before sending it again',
        kafkaError: { code, name },
      },
    );
  }
  const needsKey = message?.includes('without key');
  const reason = REASONS[name];
  if (!reason && !needsKey) return kafkaFailure(errorCode, subject, message);
  const detail = needsKey
    ? 'a compacted topic takes no message without a key'
    : reason!.detail(size) + (message ? `. Kafka says: ${message}` : '');
  const field = needsKey ? 'key' : reason?.field;
  const options: FailureOptions = { action: reason?.action, kafkaError: { code, name } };
  if (field) options.fields = [{ field, message: sentence(detail) }];
  return new Failure('refused_by_kafka', `${subject}: ${detail}`, options);
}

/** For a request that was sent and whose answer never came. */
export function unanswered(failure: Failure): Failure {
  return new Failure(failure.code, `${failure.message}; ${MAY_BE_WRITTEN}`, {
    action: 'Read the newest messages before sending it again',
    cause: failure,
  });
}

function sentence(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
