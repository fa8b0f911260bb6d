import { crc32c } from '../../protocol/records/crc32c.ts';

/** Where fields of a batch's header lie, and how many bytes they take. */
const FIELDS = {
  baseOffset: [0, 8],
  length: [8, 4],
  magic: [16, 1],
  crc: [17, 4],
  attributes: [21, 2],
  lastOffsetDelta: [23, 4],
  baseTimestamp: [27, 8],
  maxTimestamp: [35, 8],
  recordCount: [57, 4],
} as const;

/** A copy of a batch with fields of its header changed, under a checksum that is right unless that is one of them. */
export function tampered(batch: Buffer, fields: Partial<Record<keyof typeof FIELDS, number>>): Buffer {
  const bytes = Buffer.from(batch);
  const write = (name: keyof typeof FIELDS, value: number) => {
    const [at, size] = FIELDS[name];
    if (size === 8) bytes.writeBigInt64BE(BigInt(value), at);
    else bytes.writeUIntBE(value < 0 ? value + 2 ** (8 * size) : value, at, size);
  };
  for (const [name, value] of Object.entries(fields)) write(name as keyof typeof FIELDS, value);
  if (fields.crc === undefined) bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17);
  return bytes;
}

/** A copy of a batch whose last byte but one is another one, under the old checksum. */
export function corrupted(batch: Buffer): Buffer {
  const bytes = Buffer.from(batch);
  bytes[bytes.length - 2]! ^= 1;
  return bytes;
}

/** A batch whose plain records are these bytes, whatever they are. */
export function withRecords(batch: Buffer, records: Buffer): Buffer {
  const bytes = Buffer.concat([batch.subarray(0, 61), records]);
  return tampered(bytes, { length: bytes.length - 12 });
}
