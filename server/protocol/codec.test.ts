import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, encode, ProtocolError } from './codec.ts';
import { createTopicsApi } from './messages/create-topics.ts';
import { fetchApi } from './messages/fetch.ts';
import { groupMetadataKey } from './messages/group-metadata-key.ts';
import { listOffsetsApi } from './messages/list-offsets.ts';
import { metadataApi } from './messages/metadata.ts';
import { produceApi } from './messages/produce.ts';
import { defineMessage } from './schema.ts';
import { arbitraryMessage } from './testing/arbitrary-message.ts';
import { everyMessage } from './testing/every-message.ts';

const everyVersion = [...(await everyMessage()).values()].flatMap((message) => {
  const count = message.maxVersion - message.minVersion + 1;
  return Array.from({ length: count }, (_, index) => ({
    name: message.name,
    version: message.minVersion + index,
    message,
  }));
});

describe('every version of every message', () => {
  test.each(everyVersion)('$name version $version comes back as it was', ({ message, version }) => {
    fc.assert(
      fc.property(arbitraryMessage(message, version), (value) => {
        const bytes = encode(message, version, value);
        const decoded = decode(message, version, bytes);
        expect(decoded).toMatchObject(value);
        expect(encode(message, version, decoded as object)).toEqual(bytes);
      }),
      { numRuns: 10 },
    );
  });

  test('no part of any of them is taken for the whole', () => {
    for (const { message, version } of everyVersion) {
      const [value] = fc.sample(arbitraryMessage(message, version), { seed: 7, numRuns: 1 });
      const bytes = encode(message, version, value!);
      const step = Math.ceil(bytes.length / 60);
      for (let length = 0; length < bytes.length; length += step)
        expect(() => decode(message, version, bytes.subarray(0, length))).toThrow(ProtocolError);
    }
  });

  test('changed bytes are decoded or refused with a ProtocolError', () => {
    for (const { message, version } of everyVersion)
      fc.assert(
        fc.property(
          arbitraryMessage(message, version),
          fc.nat(),
          fc.integer({ min: 1, max: 255 }),
          (value, at, change) => {
            const bytes = encode(message, version, value);
            if (bytes.length === 0) return;
            bytes[at % bytes.length]! ^= change;
            try {
              decode(message, version, bytes);
            } catch (error) {
              expect(error).toBeInstanceOf(ProtocolError);
            }
          },
        ),
        { numRuns: 10 },
      );
  });

  test('noise is decoded or refused with a ProtocolError', () => {
    for (const { message, version } of everyVersion)
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
          try {
            decode(message, version, Buffer.from(noise));
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError);
          }
        }),
        { numRuns: 10 },
      );
  });
});

describe('decode', () => {
  test('refuses an array that claims more elements than the bytes left could hold', () => {
    const claims = Buffer.alloc(1_000_000);
    claims.writeInt32BE(0x7fffffff, 4);
    const before = process.memoryUsage().heapUsed;
    expect(() => decode(metadataApi.response, 8, claims)).toThrow(
      'MetadataResponse.brokers has more elements than bytes left',
    );
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
  });

  test('refuses null where there is none', () => {
    const bytes = encode(groupMetadataKey, 0, { group: '' });
    bytes.writeInt16BE(-1, 0);
    expect(() => decode(groupMetadataKey, 0, bytes)).toThrow('GroupMetadataKey.group is null');
  });

  test('refuses lengths below -1', () => {
    const bytes = encode(groupMetadataKey, 0, { group: '' });
    bytes.writeInt16BE(-2, 0);
    expect(() => decode(groupMetadataKey, 0, bytes)).toThrow('GroupMetadataKey.group has a negative length');
  });

  test('refuses a varint of more than five bytes', () => {
    expect(() => decode(createTopicsApi.request, 7, Buffer.alloc(20, 0xff))).toThrow(ProtocolError);
  });

  test('reads from an offset and leaves what follows alone', () => {
    const bytes = Buffer.concat([
      Buffer.from([0, 2]),
      encode(groupMetadataKey, 0, { group: 'g' }),
      Buffer.from('rest'),
    ]);
    expect(decode(groupMetadataKey, 0, bytes, 2)).toEqual({ group: 'g' });
  });

  test('shares memory with the buffer for records', () => {
    const bytes = encode(produceApi.request, 9, {
      topicData: [{ name: 't', partitionData: [{ index: 0, records: Buffer.from('abc') }] }],
    });
    const { records } = decode(produceApi.request, 9, bytes).topicData[0]!.partitionData[0]!;
    expect(records!.toString()).toBe('abc');
    expect(records!.buffer).toBe(bytes.buffer);
  });

  test('skips tagged fields that it does not know', () => {
    const later = defineMessage<object>('Later', '0-9', '0+', [
      ['group', 'string', '0+'],
      ['news', 'string', '0+', { tagged: '0+', tag: 200 }],
    ]);
    const now = defineMessage<object>('Now', '0-9', '0+', [['group', 'string', '0+']]);
    expect(decode(now, 0, encode(later, 0, { group: 'g', news: 'n'.repeat(300) }))).toEqual({ group: 'g' });
  });

  test('refuses a tagged field that is longer or shorter than it says', () => {
    const message = defineMessage<object>('Tagged', '0', '0+', [
      ['value', 'int32', '0+', { tagged: '0+', tag: 0 }],
    ]);
    expect(() => decode(message, 0, Buffer.from([1, 0, 5, 0, 0, 0, 1, 0]))).toThrow('not as long as it says');
    expect(() => decode(message, 0, Buffer.from([1, 0, 9, 0, 0, 0, 1, 0]))).toThrow('runs past the end');
  });

  test('gives fields of other versions their default', () => {
    const old = decode(fetchApi.request, 4, encode(fetchApi.request, 4, {}));
    expect(old).toMatchObject({
      clusterId: null,
      sessionEpoch: -1,
      replicaState: { replicaId: -1, replicaEpoch: -1n },
    });
  });
});

describe('encode', () => {
  test('writes defaults for what is left out, and no tagged field that has its default', () => {
    const left = encode(fetchApi.request, 17, {});
    const given = encode(fetchApi.request, 17, {
      clusterId: null,
      replicaState: { replicaId: -1, replicaEpoch: -1 },
      maxBytes: 0x7fffffff,
    });
    expect(left).toEqual(given);
    expect(decode(fetchApi.request, 17, left).maxBytes).toBe(0x7fffffff);
  });

  test('takes int64 as a safe integer too', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (offset) => {
        const of = (fetchOffset: number | bigint) =>
          encode(fetchApi.request, 4, { topics: [{ topic: 't', partitions: [{ fetchOffset }] }] });
        expect(of(offset)).toEqual(of(BigInt(offset)));
      }),
    );
  });

  test('grows for large messages and gives each a buffer of its own', () => {
    const topics = Array.from({ length: 5_000 }, (_, index) => ({
      name: `topic-${index}`,
      numPartitions: index,
    }));
    const large = encode(createTopicsApi.request, 7, { topics });
    const small = encode(createTopicsApi.request, 7, { timeoutMs: 1 });
    expect(decode(createTopicsApi.request, 7, large).topics[4_999]).toMatchObject({
      name: 'topic-4999',
      numPartitions: 4_999,
    });
    expect(decode(createTopicsApi.request, 7, small).timeoutMs).toBe(1);
  });

  test('refuses a field that the version cannot carry, unless it is ignorable', () => {
    expect(() => encode(listOffsetsApi.request, 1, { isolationLevel: 1 })).toThrow(
      'ListOffsetsRequest.isolationLevel cannot be sent in version 1',
    );
    expect(() => encode(listOffsetsApi.request, 1, { isolationLevel: 0 })).not.toThrow();
    expect(() => encode(fetchApi.request, 4, { rackId: 'r' })).not.toThrow();
  });

  test.each([
    ['a number that does not fit', { replicaId: 2 ** 31 }, 'ListOffsetsRequest.replicaId is no int32'],
    ['a fraction', { replicaId: 0.5 }, 'ListOffsetsRequest.replicaId is no int32'],
    [
      'null where there is none',
      { topics: null as never },
      'ListOffsetsRequest.topics cannot be null in version 5',
    ],
    [
      'an int64 out of range',
      { topics: [{ partitions: [{ timestamp: 2n ** 63n }] }] },
      'timestamp is no 64-bit integer',
    ],
    ['a long string', { topics: [{ name: 'x'.repeat(40_000) }] }, 'name is longer than 32767 bytes'],
  ])('refuses %s', (_, value, message) => {
    expect(() => encode(listOffsetsApi.request, 5, value)).toThrow(message);
  });

  test('refuses a version that the message does not have', () => {
    expect(() => encode(fetchApi.request, 3, {})).toThrow('FetchRequest has no version 3, only 4 to 18');
    expect(() => decode(fetchApi.request, 99, Buffer.alloc(0))).toThrow(ProtocolError);
  });
});
