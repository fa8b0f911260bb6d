/** What the coordinator writes into `__transaction_state`, in Kafka's own schema, so that Kafka's tools can read it. */
import { decode, encode } from '../../protocol/codec.ts';
import { transactionLogKey } from '../../protocol/messages/transaction-log-key.ts';
import { transactionLogValue } from '../../protocol/messages/transaction-log-value.ts';
import {
  type ClientTransactionVersion,
  partitionSet,
  TransactionMetadata,
  type TransactionValues,
} from './transaction-metadata.ts';
import { STATE_NAMES } from './transaction-state.ts';

const VERSION_BYTES = 2;
const TRANSACTION_LOG_TYPE = 0;
/** With tagged fields: what Kafka writes since `transaction.version` 1. */
const VALUE_VERSION = 1;

export function transactionKey(transactionalId: string): Buffer {
  const key = encode(transactionLogKey, 0, { transactionalId }, VERSION_BYTES);
  key.writeInt16BE(TRANSACTION_LOG_TYPE, 0);
  return key;
}

export function transactionValue(values: TransactionValues): Buffer {
  const byTopic = new Map<string, number[]>();
  for (const { topic, partition } of values.partitions.values()) {
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), partition]);
  }
  const value = encode(
    transactionLogValue,
    VALUE_VERSION,
    {
      producerId: values.producerId,
      previousProducerId: values.previousProducerId,
      nextProducerId: values.nextProducerId,
      producerEpoch: values.producerEpoch,
      transactionTimeoutMs: values.timeoutMs,
      transactionStatus: STATE_NAMES.indexOf(values.state),
      transactionPartitions:
        values.state === 'Empty'
          ? null
          : [...byTopic].map(([topic, partitionIds]) => ({ topic, partitionIds })),
      transactionLastUpdateTimestampMs: values.updatedAt,
      transactionStartTimestampMs: values.startedAt,
      clientTransactionVersion: values.clientVersion,
    },
    VERSION_BYTES,
  );
  value.writeInt16BE(VALUE_VERSION, 0);
  return value;
}

/** A record read back: the id, and null where it is a tombstone. Null for a record that is not of this kind. */
export function readTransactionRecord(
  key: Buffer,
  value: Buffer | null,
): { readonly transactionalId: string; readonly metadata: TransactionMetadata | null } | null {
  if (key.readInt16BE(0) !== TRANSACTION_LOG_TYPE) return null;
  const { transactionalId } = decode(transactionLogKey, 0, key, VERSION_BYTES);
  if (value === null) return { transactionalId, metadata: null };
  const version = value.readInt16BE(0);
  if (version < 0 || version > transactionLogValue.maxVersion) return null;
  const read = decode(transactionLogValue, version, value, VERSION_BYTES);
  const metadata = new TransactionMetadata(transactionalId, {
    producerId: Number(read.producerId),
    previousProducerId: Number(read.previousProducerId),
    nextProducerId: Number(read.nextProducerId),
    producerEpoch: read.producerEpoch,
    lastProducerEpoch: -1,
    timeoutMs: read.transactionTimeoutMs,
    state: STATE_NAMES[read.transactionStatus] ?? 'Empty',
    partitions: partitionSet(
      (read.transactionPartitions ?? []).flatMap(({ topic, partitionIds }) =>
        partitionIds.map((partition) => ({ topic, partition })),
      ),
    ),
    startedAt: Number(read.transactionStartTimestampMs),
    updatedAt: Number(read.transactionLastUpdateTimestampMs),
    clientVersion: clientVersionOf(read.clientTransactionVersion),
  });
  return { transactionalId, metadata };
}

function clientVersionOf(level: number): ClientTransactionVersion {
  return level === 2 ? 2 : level === 1 ? 1 : 0;
}
