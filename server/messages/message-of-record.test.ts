import { describe, expect, it } from 'vitest';
import { message } from '../../lib/contract/messages.ts';
import { type DecodedRecord, decodeRecords, encodeRecordBatch } from '../protocol/records/record-batch.ts';
import { messageOfRecord } from './message-of-record.ts';
import { payloadOf } from './payload.ts';

const shown = ({ key, value, headers }: DecodedRecord, maxBytes = 10) => ({
  key: key && payloadOf(key, maxBytes),
  value: value && payloadOf(value, maxBytes),
  headers,
});
const told = (timestamp: number) => {
  const [record] = decodeRecords(encodeRecordBatch({ records: [{ key: 'k', value: null, timestamp }] }));
  return message.parse(messageOfRecord(3, record!, shown(record!), 10));
};

describe('messageOfRecord', () => {
  it('tells everything that the contract has', () => {
    const bytes = encodeRecordBatch({
      baseOffset: 2 ** 53 - 2,
      records: [
        {
          key: null,
          value: 'a long value',
          headers: [
            { key: 'h', value: null },
            { key: 'h', value: 'x' },
          ],
          timestamp: 1,
        },
      ],
      compression: 'zstd',
      isTransactional: true,
    });
    const record = decodeRecords(bytes)[0]!;
    expect(messageOfRecord(3, record, shown(record, 6), 6)).toEqual({
      type: 'message',
      partition: 3,
      offset: 2 ** 53 - 2,
      timestamp: '1970-01-01T00:00:00.001Z',
      timestampType: 'create-time',
      key: null,
      value: { encoding: 'utf8', data: 'a long', size: 12, isTruncated: true },
      headers: [
        { key: 'h', value: null },
        { key: 'h', value: { encoding: 'utf8', data: 'x', size: 1, isTruncated: false } },
      ],
      compression: 'zstd',
      isTransactional: true,
      size: 26,
    });
  });

  it('has no time where there is none, or what was written is none', () => {
    expect(told(-1)).toMatchObject({ timestamp: null, timestampType: 'none' });
    expect(told(9e15)).toMatchObject({ timestamp: null, timestampType: 'create-time' });
    expect(told(Date.UTC(10_000, 0, 1))).toMatchObject({ timestamp: null });
    expect(told(-1000)).toMatchObject({ timestamp: '1969-12-31T23:59:59.000Z' });
  });
});
