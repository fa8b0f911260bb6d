/**
 * Every API in every version that is served, asked for nonsense: values of the right shape that mean nothing, and frames
 * whose bytes were changed, cut or added. Whatever comes, the broker answers in that version's shape or hangs up, nothing
 * fails inside it, and who behaves is served all the while. `KAFDECK_FUZZ_ROUNDS` makes it longer, `KAFDECK_FUZZ_SEED` other.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiByKey } from '../../protocol/apis.ts';
import { decodeResponse, encodeRequest } from '../../protocol/frame.ts';
import { createTopicsApi } from '../../protocol/messages/create-topics.ts';
import { fetchApi } from '../../protocol/messages/fetch.ts';
import { metadataApi } from '../../protocol/messages/metadata.ts';
import { produceApi } from '../../protocol/messages/produce.ts';
import type { Api } from '../../protocol/schema.ts';
import { arbitraryMessage } from '../../protocol/testing/arbitrary-message.ts';
import { servedApis } from '../apis/served.ts';
import { batchOf, recordsIn } from '../testing/batches.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';

const ROUNDS = Number(process.env.KAFDECK_FUZZ_ROUNDS ?? 4);
const SEED = Number(process.env.KAFDECK_FUZZ_SEED ?? 20261121);
/** A long poll is not waited for. */
const PATIENCE_MS = 40;
const TOPIC = 'served-all-the-while';

let served: ServedCluster;
let good: RawClient;
let leader: RawClient;
let produced = 0;

beforeAll(async () => {
  served = await serveCluster();
  const [address] = served.bootstrapServers();
  good = await RawClient.connect(address!);
  await good.send(createTopicsApi, 7, {
    topics: [{ name: TOPIC, numPartitions: 1, replicationFactor: 3 }],
    timeoutMs: 5000,
  });
  const { brokers, topics } = await good.send(metadataApi, 9, { topics: [{ name: TOPIC }] });
  const { port } = brokers.find(({ nodeId }) => nodeId === topics[0]!.partitions[0]!.leaderId)!;
  leader = await RawClient.connect(`127.0.0.1:${port}`);
});

afterAll(async () => {
  good.close();
  leader.close();
  await served.cluster.close();
});

/** One message is written and read by a client that behaves. */
async function isServed(): Promise<void> {
  produced += 1;
  const records = batchOf({ values: [`${produced}`] });
  const topicData = [{ name: TOPIC, partitionData: [{ index: 0, records }] }];
  const { responses } = await leader.send(produceApi, 9, { acks: -1, timeoutMs: 5000, topicData });
  expect(responses[0]!.partitionResponses[0]).toMatchObject({
    errorCode: 0,
    baseOffset: BigInt(produced - 1),
  });
  const read = await leader.send(fetchApi, 11, {
    maxWaitMs: 1000,
    minBytes: 1,
    maxBytes: 1_000_000,
    topics: [
      {
        topic: TOPIC,
        partitions: [{ partition: 0, fetchOffset: BigInt(produced - 1), partitionMaxBytes: 1_000_000 }],
      },
    ],
  });
  expect(recordsIn([read.responses[0]!.partitions[0]!.records!])).toEqual([`${produced - 1}:${produced}`]);
}

/** The frame that comes back; null when the broker hangs up or is still thinking. */
async function answerTo(frame: Buffer, index: number): Promise<Buffer | null> {
  const addresses = served.bootstrapServers();
  const [host, port] = addresses[index % addresses.length]!.split(':');
  const socket = connect(Number(port), host);
  socket.on('error', () => {});
  let received = Buffer.alloc(0);
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) resolve();
  });
  socket.on('close', () => resolve());
  await once(socket, 'connect');
  const timer = setTimeout(resolve, PATIENCE_MS);
  socket.write(frame);
  await promise;
  clearTimeout(timer);
  socket.destroy();
  const whole = received.length >= 4 && received.length >= 4 + received.readInt32BE(0);
  return whole ? received.subarray(4, 4 + received.readInt32BE(0)) : null;
}

type Edit = { at: number; bytes: Uint8Array; kind: 'replace' | 'insert' | 'cut' };

const edits = fc.array(
  fc.record<Edit>({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 6 }),
      // What lengths, counts and versions are most easily mistaken for.
      fc.constantFrom(
        Uint8Array.of(0x7f, 0xff, 0xff, 0xff),
        Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f),
        Uint8Array.of(0x80, 0, 0, 0),
        Uint8Array.of(0),
      ),
    ),
    kind: fc.constantFrom<Edit['kind']>('replace', 'insert', 'cut'),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Changes the body of a frame and says its new size. */
function edited(frame: Buffer, changes: Edit[]): Buffer {
  const headBytes = 12;
  let body = Buffer.from(frame.subarray(headBytes));
  for (const { at, bytes, kind } of changes) {
    const place = Math.floor(at * body.length);
    if (kind === 'cut') body = body.subarray(0, place);
    else if (kind === 'insert') body = Buffer.concat([body.subarray(0, place), bytes, body.subarray(place)]);
    else body.set(bytes.subarray(0, Math.max(0, body.length - place)), place);
  }
  const whole = Buffer.concat([frame.subarray(0, headBytes), body]);
  whole.writeInt32BE(whole.length - 4, 0);
  return whole;
}

function requestOf(api: Api<object, object>, version: number, body: object): Buffer {
  return encodeRequest(api, version, { correlationId: 7, clientId: 'fuzz' }, body);
}

/** Names that exist and flags make nonsense go further in than names that nobody has. */
function nearlyRight(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(nearlyRight);
  if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (typeof value === 'string' && /^(name|topic|topicName|resourceName)$/.test(name))
        return [name, TOPIC];
      if (/^(partition|partitionIndex|index|partitionId)$/.test(name)) return [name, 0];
      return [name, nearlyRight(value)];
    }),
  );
}

/** What would end the good client's topic, which is nonsense well formed. */
const DESTRUCTIVE = new Set([
  'DeleteTopics',
  'DeleteRecords',
  'AlterConfigs',
  'IncrementalAlterConfigs',
  'Produce',
]);

const CASES = [...servedApis.values()].map(({ apiKey, name, minVersion, maxVersion }) => ({
  name,
  api: apiByKey.get(apiKey) as Api<object, object>,
  minVersion,
  maxVersion,
}));

describe('nonsense in every version of every API', () => {
  it.each(CASES)('$name', { timeout: 120_000 }, async ({ name, api, minVersion, maxVersion }) => {
    const linesBefore = served.logLines.length;
    for (let version = minVersion; version <= maxVersion; version++) {
      const samples = fc.sample(fc.tuple(arbitraryMessage(api.request, version), edits), {
        numRuns: ROUNDS,
        seed: SEED + version,
      });
      const frames = samples.flatMap(([body, changes]) => {
        const random = requestOf(api, version, body);
        const near = requestOf(api, version, nearlyRight(body) as object);
        return DESTRUCTIVE.has(name)
          ? [random, edited(random, changes)]
          : [random, near, edited(random, changes), edited(near, changes)];
      });
      const answers = await Promise.all(frames.map(answerTo));
      for (const answer of answers) {
        if (answer !== null) expect(() => decodeResponse(api, version, answer)).not.toThrow();
      }
      await isServed();
    }
    const failures = served.logLines.slice(linesBefore).filter((line) => /failed|Error:/.test(line));
    expect(failures.filter((line) => !/ProtocolError|closed the connection/.test(line))).toEqual([]);
  });
});

describe('bytes that are no request', () => {
  it('are survived', { timeout: 60_000 }, async () => {
    const noise = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 300 }), { numRuns: 200, seed: SEED });
    await Promise.all(noise.map((bytes, index) => answerTo(Buffer.from(bytes), index)));
    await isServed();
  });
});
