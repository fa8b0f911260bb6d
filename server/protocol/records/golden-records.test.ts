import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ProtocolError } from '../protocol-error.ts';
import { iterateBatches, LOG_OVERHEAD_BYTES, magicAt, verifyCrc } from './batch-header.ts';
import { verifyOldCrc } from './message-set.ts';
import { decodeRecords, encodeRecordBatch } from './record-batch.ts';

interface GoldenRecord {
  offset: number;
  timestamp: number;
  /** Latin-1 of the bytes, or '(n bytes)' for a long text. */
  key: string | null;
  value: string | null;
  headers: { key: string; value: string | null }[];
  isControl: boolean;
  isTransactional: boolean;
  producerId: number;
  producerEpoch: number;
  baseSequence: number;
  leaderEpoch: number;
  maxTimestamp: number;
}

interface Golden {
  name: string;
  bytes: string;
  records: GoldenRecord[];
}

const goldens = readFileSync(join(import.meta.dirname, '../testing/golden-records.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Golden);

const LONG_TEXT = 'all work and no play '.repeat(5_000);

function asText(bytes: Buffer | null): string | null {
  if (bytes === null || bytes.length <= 1000) return bytes === null ? null : bytes.toString('latin1');
  expect(bytes.toString()).toBe(LONG_TEXT);
  return `(${bytes.length} bytes)`;
}

describe("record batches and message sets that Kafka's Java code built", () => {
  test.each(goldens)('$name is read as Kafka reads it', ({ bytes, records }) => {
    const read = decodeRecords(Buffer.from(bytes, 'base64')).map(
      ({ offset, timestamp, key, value, headers, batch }) => ({
        offset,
        timestamp,
        key: asText(key),
        value: asText(value),
        headers: headers.map((header) => ({ key: header.key, value: asText(header.value) })),
        isControl: batch.isControl,
        isTransactional: batch.isTransactional,
        producerId: Number(batch.producerId),
        producerEpoch: batch.producerEpoch,
        baseSequence: batch.baseSequence,
        leaderEpoch: batch.partitionLeaderEpoch,
        maxTimestamp: batch.maxTimestamp,
      }),
    );
    expect(read).toEqual(records);
  });

  test.each(goldens)('$name has the checksum that we compute', ({ bytes }) => {
    const buffer = Buffer.from(bytes, 'base64');
    if (magicAt(buffer, 0) < 2) {
      expect(verifyOldCrc(buffer, 0)).toBe(true);
      buffer[LOG_OVERHEAD_BYTES + buffer.readInt32BE(8) - 1]! ^= 1;
      expect(verifyOldCrc(buffer, 0)).toBe(false);
      return;
    }
    const [header] = iterateBatches(buffer);
    expect(verifyCrc(buffer, header!)).toBe(true);
    buffer[buffer.length - 1]! ^= 1;
    expect(verifyCrc(buffer, header!)).toBe(false);
  });

  test.each(['magic 2 none', 'transactional'])('%s is what we write for the same records', (name) => {
    const golden = goldens.find((candidate) => candidate.name === name)!;
    const buffer = Buffer.from(golden.bytes, 'base64');
    const records = decodeRecords(buffer);
    const { batch } = records[0]!;
    const written = encodeRecordBatch({ ...batch, records });
    expect(written.toString('hex')).toBe(buffer.toString('hex'));
  });

  test.each(goldens)('every mutation of $name is read or refused with a ProtocolError', ({ bytes }) => {
    const buffer = Buffer.from(bytes, 'base64');
    for (let round = 0; round < 300; round++) {
      const mutated = Buffer.from(buffer);
      mutated[Math.floor((round / 300) * Math.min(buffer.length, 400))] = (round * 97) % 256;
      const cut = round % 3 === 0 ? mutated.subarray(0, (round * 31) % buffer.length) : mutated;
      try {
        decodeRecords(cut, 1_000_000);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }
  });
});
