import { encode as encodeMessagePack } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cbor2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cborSerde } from './cbor.ts';
import { messagePackSerde } from './messagepack.ts';
import { type Serde, SerdeError, type WriteTarget } from './serde.ts';

const target: WriteTarget = { topic: 't', part: 'value', schemaId: null, typeName: null };
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const textOf = (serde: Serde, bytes: string) => serde.decode(hex(bytes)).text;

/** JSON has no -0. */
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const written: [Serde, (value: unknown) => Uint8Array][] = [
  [messagePackSerde, (value) => encodeMessagePack(value)],
  [cborSerde, (value) => encodeCbor(value)],
];

describe.each(written)('%o', (serde, write) => {
  it('reads what another implementation writes', () => {
    fc.assert(
      fc.property(json, (value) => {
        const decoded = serde.decode(Buffer.from(write(value)));
        expect(JSON.parse(decoded.text)).toEqual(value);
      }),
    );
  });

  it('reads what it writes itself', async () => {
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(serde.decode(await serde.encode(text, target)).text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('writes and reads integers of 64 bits exactly', async () => {
    const text = '[18446744073709551615,-9223372036854775808,9007199254740993]';
    const decoded = serde.decode(await serde.encode(text, target));
    expect(decoded.text).toBe(text);
    expect(decoded.value).toEqual([18446744073709551615n, -9223372036854775808n, 9007199254740993n]);
  });

  it('never takes more time or memory than there are bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          void serde.decode(Buffer.from(bytes)).text;
        } catch (error) {
          expect(error).toBeInstanceOf(SerdeError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('messagepack', () => {
  it('shows timestamps, bytes and other extensions', () => {
    expect(textOf(messagePackSerde, 'd6 ff 5f 00 00 00')).toBe('"2020-07-04T04:05:20.000Z"');
    expect(textOf(messagePackSerde, 'c4 02 00 ff')).toBe('"AP8="');
    expect(textOf(messagePackSerde, 'd4 05 aa')).toBe('{"ext":5,"data":"qg=="}');
  });

  it.each([
    ['lists within lists', Buffer.alloc(1_000_000, 0x91)],
    [
      'lists that claim to be long',
      Buffer.from(Array.from({ length: 1000 }, () => [0xdd, 0, 1, 0x86, 0xa0]).flat()),
    ],
    ['a map as a key', hex('81 80 01')],
    ['an unused type', hex('c1')],
    ['bytes behind the value', hex('01 02')],
  ])('refuses %s at once', (_, bytes) => {
    expect(() => messagePackSerde.decode(bytes).value).toThrow(SerdeError);
  });
});

/** Examples of RFC 8949, appendix A. */
describe('cbor', () => {
  it.each([
    ['1b ffffffffffffffff', '18446744073709551615'],
    ['c2 49 010000000000000000', '18446744073709551616'],
    ['c3 49 010000000000000000', '-18446744073709551617'],
    ['f9 3e00', '1.5'],
    ['f9 7c00', '"Infinity"'],
    ['fa 47c35000', '100000'],
    ['fb c010666666666666', '-4.1'],
    ['c1 1a 514b67b0', '"2013-03-21T20:04:00.000Z"'],
    ['c4 82 21 19 6ab3', '273.15'],
    ['d8 20 76 687474703a2f2f7777772e6578616d706c652e636f6d', '"http://www.example.com"'],
    ['5f 42 0102 43 030405 ff', '"AQIDBAU="'],
    ['bf 63 46756e f5 63 416d74 21 ff', '{"Fun":true,"Amt":-2}'],
    ['9f 01 82 02 03 9f 04 05 ff ff', '[1,[2,3],[4,5]]'],
    ['f8 ff', '{"simple":255}'],
    ['d8 64 01', '{"tag":100,"value":1}'],
  ])('%s is %s', (bytes, text) => {
    expect(textOf(cborSerde, bytes)).toBe(text);
  });

  it.each([
    ['lists within lists', Buffer.alloc(1_000_000, 0x81)],
    ['a break where there is nothing to end', hex('ff')],
    ['chunks of another kind', hex('5f 61 61 ff')],
    ['a list that never ends', hex('9f 01')],
    ['a length of 2^63', hex('5b 8000000000000000')],
  ])('refuses %s', (_, bytes) => {
    expect(() => cborSerde.decode(bytes).value).toThrow(SerdeError);
  });
});
