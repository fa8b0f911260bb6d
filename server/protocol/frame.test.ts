import { describe, expect, test } from 'vitest';
import { apiByKey } from './apis.ts';
import { decode } from './codec.ts';
import {
  decodeRequestHeader,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  encodeResponsePieces,
} from './frame.ts';
import { apiVersionsApi } from './messages/api-versions.ts';
import { fetchApi } from './messages/fetch.ts';
import { metadataApi } from './messages/metadata.ts';
import { ProtocolError } from './protocol-error.ts';

/** What follows the size, after checking it. */
function withoutSize(frame: Buffer): Buffer {
  expect(frame.readInt32BE(0)).toBe(frame.length - 4);
  return frame.subarray(4);
}

describe('requests', () => {
  test.each([
    ['plain', 8, 'kafdeck'],
    ['flexible', 12, 'kafdeck'],
    ['flexible', 12, null],
    ['flexible', 12, ''],
    ['plain', 8, '클라이언트'],
  ])('a %s one (version %i) of client %s is read as it was written', (_, version, clientId) => {
    const body = { topics: [{ name: 'orders' }], allowAutoTopicCreation: false };
    const frame = withoutSize(encodeRequest(metadataApi, version, { correlationId: 77, clientId }, body));
    const header = decodeRequestHeader(frame);
    expect(header).toMatchObject({ apiKey: 3, apiVersion: version, correlationId: 77, clientId });
    expect(decode(metadataApi.request, version, frame, header.bodyOffset)).toMatchObject({
      topics: [{ name: 'orders' }],
      allowAutoTopicCreation: false,
    });
  });

  test('the bytes are those of the protocol guide', () => {
    const plain = encodeRequest(apiVersionsApi, 0, { correlationId: 1, clientId: 'ab' }, {});
    expect(plain.toString('hex')).toBe('0000000c' + '0012' + '0000' + '00000001' + '0002' + '6162');
    const flexible = encodeRequest(
      apiVersionsApi,
      3,
      { correlationId: 1, clientId: null },
      { clientSoftwareName: 'k' },
    );
    expect(flexible.toString('hex')).toBe(
      '0000000f' + '0012' + '0003' + '00000001' + 'ffff' + '00' + '026b' + '01' + '00',
    );
  });

  test('tagged fields in the header are skipped', () => {
    const frame = encodeRequest(metadataApi, 12, { correlationId: 1, clientId: 'c' }, {}).subarray(4);
    const tagged = Buffer.concat([frame.subarray(0, 11), Buffer.from([1, 5, 2, 9, 9]), frame.subarray(12)]);
    expect(decodeRequestHeader(tagged).bodyOffset).toBe(16);
  });

  test('the header of an API that is not known can still be read', () => {
    const frame = Buffer.from('7fff' + '0009' + '00000005' + '0001' + '61', 'hex');
    expect(decodeRequestHeader(frame)).toMatchObject({
      apiKey: 32767,
      apiVersion: 9,
      correlationId: 5,
      clientId: 'a',
    });
  });

  test('a header that is cut off is refused', () => {
    const frame = encodeRequest(metadataApi, 12, { correlationId: 1, clientId: 'client' }, {}).subarray(4);
    for (let length = 0; length < 17; length++)
      expect(() => decodeRequestHeader(frame.subarray(0, length))).toThrow(ProtocolError);
  });
});

describe('responses', () => {
  test.each([
    ['plain', 8],
    ['flexible', 12],
  ])('a %s one is read as it was written', (_, version) => {
    const frame = withoutSize(encodeResponse(metadataApi, version, 9, { clusterId: 'c', controllerId: 2 }));
    const { correlationId, body } = decodeResponse(metadataApi, version, frame);
    expect(correlationId).toBe(9);
    expect(body).toMatchObject({ clusterId: 'c', controllerId: 2 });
  });

  test('that of ApiVersions has the old header in every version', () => {
    const frame = withoutSize(encodeResponse(apiVersionsApi, 3, 9, { errorCode: 35 }));
    expect(frame.toString('hex')).toBe('00000009' + '0023' + '01' + '00000000' + '00');
    expect(decodeResponse(apiVersionsApi, 3, frame).body.errorCode).toBe(35);
  });

  test('one that is cut off is refused', () => {
    const frame = encodeResponse(metadataApi, 12, 9, {}).subarray(4);
    for (let length = 0; length < frame.length; length++)
      expect(() => decodeResponse(metadataApi, 12, frame.subarray(0, length))).toThrow(ProtocolError);
  });
});

test('every API is found by its key', () => {
  expect(apiByKey.get(0)?.name).toBe('Produce');
  expect([...apiByKey].every(([key, api]) => api.key === key)).toBe(true);
});

describe('a response in pieces', () => {
  const bodyOf = (...records: Buffer[]) => ({
    responses: [
      {
        topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
        partitions: records.map((each, partitionIndex) => ({
          partitionIndex,
          highWatermark: 7n,
          records: each,
        })),
      },
    ],
    nodeEndpoints: [{ nodeId: 1, host: 'localhost', port: 9092 }],
  });

  test.each([4, 11, 12, 18])('is the same bytes in version %i, whatever lies apart', (version) => {
    const body = {
      ...bodyOf(Buffer.alloc(20_000, 1), Buffer.alloc(0), Buffer.alloc(100, 2), Buffer.alloc(70_000, 3)),
      ...(version < 16 ? { nodeEndpoints: [] } : {}),
    };
    const pieces = encodeResponsePieces(fetchApi, version, 42, body);
    expect(Buffer.concat(pieces).equals(encodeResponse(fetchApi, version, 42, body))).toBe(true);
  });

  test('holds long records as they were given, and copies short ones', () => {
    const [long, short] = [Buffer.alloc(20_000, 1), Buffer.alloc(100, 2)];
    const pieces = encodeResponsePieces(fetchApi, 17, 1, bodyOf(long, short));
    expect(pieces).toHaveLength(3);
    expect(pieces[1]).toBe(long);
  });

  test('that can not be encoded leaves nothing behind for the next', () => {
    const bad = { ...bodyOf(Buffer.alloc(20_000)), errorCode: 1 << 20 };
    const worse = { responses: [...bodyOf(Buffer.alloc(20_000)).responses, { topicId: 'no id' }] };
    expect(() => encodeResponsePieces(fetchApi, 17, 1, bad)).toThrow(ProtocolError);
    expect(() => encodeResponsePieces(fetchApi, 17, 1, worse)).toThrow(ProtocolError);
    expect(encodeResponsePieces(fetchApi, 17, 1, bodyOf())).toHaveLength(1);
  });
});
