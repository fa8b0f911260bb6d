import type { MessagePort } from 'node:worker_threads';
import type { Failure } from '../../../lib/contract/failure.ts';
import type { ClusterClient } from '../../client/cluster-client.ts';
import type { Serdes } from '../../serdes/serdes.ts';
import { asFailure } from '../../snapshot/read-problem.ts';
import { compileMessageTest } from '../filter/message-test.ts';
import { MessageParts } from '../message-parts.ts';
import type { RecordGate } from '../record-gate.ts';
import type { ScannedRecord } from '../scanned-record.ts';
import { TimeSlice } from '../time-slice.ts';
import { TopicReading } from '../topic-reading.ts';
import { MessageSink } from './message-sink.ts';
import type { FromScan, ScanOrder, ToScan } from './order.ts';
import { RemoteTopic } from './remote-topic.ts';
import type { Sink } from './sink.ts';
import { StatisticsSink } from './statistics-sink.ts';
import { pack, packFailure, unpackFailure } from './transfer.ts';

interface Scan {
  order: ScanOrder;
  port: MessagePort;
  client: ClusterClient;
  serdes: Serdes;
  /** Runs what looks at one record, so that it is seen when it does not end. */
  during: <Value>(look: () => Value) => Value;
}

/** Searches as it was asked to, and says over the port what it finds. */
export async function runScan({ order, port, client, serdes, during }: Scan): Promise<void> {
  const say = (told: FromScan) => port.postMessage(told);
  const topic = new RemoteTopic(client, order, () => say({ kind: 'look-again' }));
  const stop = new AbortController();
  const slice = new TimeSlice(() => stop.signal.aborted);
  const { name, isNamed } = order.topic;
  const { key, value } = order.serdes;
  const parts = new MessageParts({
    topic: name,
    isNamed,
    maxBytes: order.maxBytes,
    serdes: { key: serdes.serde(key), value: serdes.serde(value) },
    masking: order.masking,
  });
  const messageTest = compileMessageTest(order.tests);
  const gate: RecordGate = {
    ...order.gate,
    search: parts.soundSearch(messageTest.searches),
    matches: messageTest.isEverything
      ? null
      : (record, partition) => during(() => messageTest.matches(parts.tested(partition, record))),
  };
  const { positions, limit, follow, inOrderOfTime, maxBytes } = order;
  const plan = {
    ...order.plan,
    missing: new Map(order.missing.map(([one, why]) => [one, unpackFailure(why)])),
  };
  const tell = (partition: number, record: ScannedRecord) => during(() => parts.tell(partition, record));
  const reading = new TopicReading({
    topic,
    positions,
    plan,
    gate,
    limit,
    follow,
    inOrderOfTime,
    maxBytes,
    tell,
    unevaluated: messageTest.unevaluated,
    slice,
  });
  const sink: Sink =
    order.sink === 'messages'
      ? new MessageSink(reading, say)
      : new StatisticsSink(reading, parts, say, during);
  port.on('message', (told: ToScan) => {
    if (told.kind === 'topology') topic.learn(told.topology);
    else sink.hear(told);
  });
  port.on('close', () => stop.abort());
  let failure: Failure | null = null;
  try {
    await sink.run(stop.signal);
  } catch (error) {
    failure = asFailure(error);
  }
  const end = pack(reading.end(failure ?? undefined));
  say({ kind: 'end', end, failure: failure ? packFailure(failure) : null });
}
