import { expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { readBatchHeader, verifyCrc } from '../../protocol/records/batch-header.ts';
import { batchOf, recordsIn } from '../testing/batches.ts';
import { resolveLogConfig } from './log-config.ts';
import { checkProduced, finishBatches, RefusedRecords } from './produce-validation.ts';

const NOW = 10_000;

function config(configs: Record<string, string> = {}) {
  return resolveLogConfig(new Map(Object.entries(configs)), () => undefined);
}

function refusal(records: Buffer, configs: Record<string, string> = {}): RefusedRecords {
  try {
    checkProduced(records, config(configs), 't-0', 'client', NOW);
  } catch (error) {
    if (error instanceof RefusedRecords) return error;
    throw error;
  }
  throw new Error('was not refused');
}

function finish(records: Buffer, configs: Record<string, string>): Buffer {
  const headers = checkProduced(records, config(configs), 't-0', 'client', NOW);
  return finishBatches(records, headers, config(configs), 100, 3, NOW);
}

test('a sound batch gets its offsets and the epoch, and keeps its checksum', () => {
  const finished = finish(batchOf({ values: ['a', 'b'] }), {});
  const header = readBatchHeader(finished);
  expect([header.baseOffset, header.partitionLeaderEpoch]).toEqual([100, 3]);
  expect(verifyCrc(finished, header)).toBe(true);
  expect(recordsIn([finished])).toEqual(['100:a', '101:b']);
});

test('a changed byte is noticed', () => {
  const batch = batchOf({ values: ['hello'] });
  batch[batch.length - 3]! ^= 1;
  expect(refusal(batch).errorCode).toBe(ERROR.CORRUPT_MESSAGE);
});

test('a batch that is cut off is noticed', () => {
  const batch = batchOf({ values: ['hello'] });
  expect(refusal(batch.subarray(0, batch.length - 1)).errorCode).toBe(ERROR.CORRUPT_MESSAGE);
  expect(refusal(batch.subarray(0, 9)).errorCode).toBe(ERROR.CORRUPT_MESSAGE);
});

test('a batch larger than max.message.bytes is refused with both sizes', () => {
  const batch = batchOf({ values: ['x'.repeat(500)] });
  const refused = refusal(batch, { 'max.message.bytes': '400' });
  expect(refused.errorCode).toBe(ERROR.MESSAGE_TOO_LARGE);
  expect(refused.message).toContain(
    `${batch.length} bytes which exceeds the maximum configured value of 400`,
  );
});

test('records without key do not go to a compacted topic, and each is named', () => {
  const refused = refusal(batchOf({ values: ['a', 'b'], key: null }), { 'cleanup.policy': 'compact' });
  expect(refused.errorCode).toBe(ERROR.INVALID_RECORD);
  expect(refused.recordErrors.map(({ batchIndex }) => batchIndex)).toEqual([0, 1]);
  const compressed = batchOf({ values: ['a'], key: null, compression: 'gzip' });
  expect(refusal(compressed, { 'cleanup.policy': 'compact,delete' }).errorCode).toBe(ERROR.INVALID_RECORD);
});

test.each(['none', 'gzip'] as const)('a time too far ahead is refused (%s)', (compression) => {
  const batch = batchOf({ values: ['a'], timestamp: NOW + 5000, compression });
  expect(refusal(batch, { 'message.timestamp.after.max.ms': '1000' }).errorCode).toBe(
    ERROR.INVALID_TIMESTAMP,
  );
});

test('the number of records has to be what the batch says', () => {
  const batch = batchOf({ values: ['a', 'b'] });
  batch.writeInt32BE(3, 57);
  expect(refusal(batch).errorCode).toBe(ERROR.CORRUPT_MESSAGE);
});

test('LogAppendTime replaces the times', () => {
  const finished = finish(batchOf({ values: ['a'] }), { 'message.timestamp.type': 'LogAppendTime' });
  const header = readBatchHeader(finished);
  expect([header.timestampType, header.maxTimestamp]).toEqual(['LogAppendTime', NOW]);
  expect(verifyCrc(finished, header)).toBe(true);
});

test('a topic with its own compression gets batches compressed anew', () => {
  const finished = finish(batchOf({ values: ['aaaaaaaaaaaaaaaaaaaaaaaa', 'b'] }), {
    'compression.type': 'zstd',
  });
  const header = readBatchHeader(finished);
  expect(header.compression).toBe('zstd');
  expect(verifyCrc(finished, header)).toBe(true);
  expect(recordsIn([finished])).toEqual(['100:aaaaaaaaaaaaaaaaaaaaaaaa', '101:b']);
  const plain = finish(batchOf({ values: ['a'], compression: 'gzip' }), {
    'compression.type': 'uncompressed',
  });
  expect(readBatchHeader(plain).compression).toBe('none');
});

test.each([
  ['gzip', '1', '9'],
  ['zstd', '1', '19'],
])('a topic says how hard %s works', (type, low, high) => {
  const values = Array.from({ length: 200 }, (_, index) => `order ${index * 7919} of customer ${index % 13}`);
  const sizeAt = (level: string) =>
    finish(batchOf({ values }), { 'compression.type': type, [`compression.${type}.level`]: level }).length;
  expect(sizeAt(high)).toBeLessThan(sizeAt(low));
});
