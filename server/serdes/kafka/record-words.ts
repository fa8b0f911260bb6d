import { decode } from '../../protocol/codec.ts';
import { consumerProtocolAssignment } from '../../protocol/messages/consumer-protocol-assignment.ts';
import { consumerProtocolSubscription } from '../../protocol/messages/consumer-protocol-subscription.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import type { Message } from '../../protocol/schema.ts';
import { TRANSACTION_STATES } from '../../protocol/transaction-states.ts';
import { timestampText } from '../avro/avro-logical.ts';
import { integer, type Read, type ReadObject, setField } from '../plain.ts';

type Words = Record<number, string>;

/** A member's reconciliation (KIP-848), which Streams groups number from 1 on (KIP-1071). */
const MEMBER_STATES: Words = {
  0: 'stable',
  1: 'unrevoked partitions',
  2: 'unreleased partitions',
  127: 'unknown',
};
const STREAMS_MEMBER_STATES: Words = {
  1: 'stable',
  2: 'unrevoked tasks',
  3: 'unreleased tasks',
  127: 'unknown',
};
/** KIP-932. */
const DELIVERY_STATES: Words = { 0: 'available', 1: 'acquired', 2: 'acknowledged', 4: 'archived' };

/** Numbers that stand for words, by message and field. */
const STATES: Record<string, Words> = {
  'ConsumerGroupCurrentMemberAssignmentValue.state': MEMBER_STATES,
  'ShareGroupCurrentMemberAssignmentValue.state': MEMBER_STATES,
  'StreamsGroupCurrentMemberAssignmentValue.state': STREAMS_MEMBER_STATES,
  'ShareSnapshotValue.deliveryState': DELIVERY_STATES,
  'ShareUpdateValue.deliveryState': DELIVERY_STATES,
  'TransactionLogValue.transactionStatus': { ...TRANSACTION_STATES },
};

/** What consumers tell their coordinator, in their own format (ConsumerProtocol). */
const CONSUMER_BYTES: Record<string, Message<unknown>> = {
  subscription: consumerProtocolSubscription,
  assignment: consumerProtocolAssignment,
  metadata: consumerProtocolSubscription,
};

/** A record's fields as a person reads them: times are times, states have their names, none is null. */
export function inWords(message: string, fields: object): ReadObject {
  const told: ReadObject = {};
  const isConsumers = !('protocolType' in fields) || fields.protocolType === 'consumer';
  for (const [name, value] of Object.entries(fields)) {
    setField(told, name, wordsOf(message, name, value, isConsumers));
  }
  return told;
}

function wordsOf(message: string, name: string, value: unknown, isConsumers: boolean): Read {
  if (value instanceof Uint8Array) {
    const format = isConsumers ? CONSUMER_BYTES[name] : undefined;
    return (
      (format && consumerBytes(format, Buffer.from(value.buffer, value.byteOffset, value.length))) ?? value
    );
  }
  if (typeof value === 'bigint') return /timestamp(?:Ms)?$/i.test(name) ? timeOf(value) : integer(value);
  if (Array.isArray(value)) return value.map((item) => wordsOf(message, name, item, isConsumers));
  if (typeof value === 'number') return STATES[`${message}.${name}`]?.[value] ?? value;
  if (typeof value === 'object' && value !== null) {
    const told: ReadObject = {};
    for (const [inner, part] of Object.entries(value))
      setField(told, inner, wordsOf(message, inner, part, isConsumers));
    return told;
  }
  return value as Read;
}

/** Milliseconds since the epoch; negative: none. */
function timeOf(millis: bigint): Read {
  return millis < 0n ? null : (timestampText(millis, 3) ?? integer(millis));
}

/** Null where the bytes are something else, as Connect's and Streams' are. */
function consumerBytes(format: Message<unknown>, bytes: Buffer): Read {
  if (bytes.length < 2) return null;
  try {
    // Later versions begin as the ones that are known.
    const version = Math.min(bytes.readInt16BE(0), format.maxVersion);
    return version < 0 ? null : inWords(format.name, decode(format, version, bytes, 2) as object);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
