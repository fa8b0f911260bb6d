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
import type { FromScan, PackedMessage, ScanOrder, ToScan } from './order.ts';
import { RemoteTopic } from './remote-topic.ts';
import { pack, packFailure, unpackFailure } from './transfer.ts';

/** Messages that may be under way to the other thread before it has taken any. */
const MOST_UNDER_WAY = 512;
const REPORT_EVERY_MS = 100;

interface Scan {
  order: ScanOrder;
  port: MessagePort;
  client: ClusterClient;
  serdes: Serdes;
  /** Runs the test of one record, so that it is seen when it does not end. */
  test: (record: () => boolean) => boolean;
}

/** Searches as it was asked to, and says over the port what it finds. Never throws. */
export async function runScan({ order, port, client, serdes, test }: Scan): Promise<void> {
  const say = (told: FromScan) => port.postMessage(told);
  const topic = new RemoteTopic(client, order, () => say({ kind: 'look-again' }));
  const stop = new AbortController();
  const room = new Room();
  port.on('message', (told: ToScan) => {
    if (told.kind === 'cancel') stop.abort();
    else if (told.kind === 'topology') topic.learn(told.topology);
    else room.free(told.count);
  });
  port.on('close', () => stop.abort());
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
    matches: (record, partition) => test(() => messageTest.matches(parts.tested(partition, record))),
  };
  const { positions, limit, follow, inOrderOfTime, maxBytes } = order;
  const plan = {
    ...order.plan,
    missing: new Map(order.missing.map(([one, why]) => [one, unpackFailure(why)])),
  };
  const tell = (partition: number, record: ScannedRecord) => parts.tell(partition, record);
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
  let found: PackedMessage[] = [];
  const report = () => {
    const messages = found;
    found = [];
    const { timestamp, goOn, unevaluated } = reading;
    say({ kind: 'report', messages, timestamp, unevaluated, progress: pack(reading.progress()), goOn });
  };
  const timer = setInterval(report, REPORT_EVERY_MS);
  let failure: Failure | null = null;
  try {
    for await (const { timestamp, message } of reading.messages(stop.signal)) {
      // What is found in one turn goes together.
      if (found.length === 0) setImmediate(() => found.length > 0 && report());
      found.push({ timestamp, message: pack(message) });
      if (room.take()) continue;
      report();
      await room.wait(stop.signal);
    }
  } catch (error) {
    failure = asFailure(error);
  }
  clearInterval(timer);
  report();
  const end = pack(reading.end(failure ?? undefined));
  say({ kind: 'end', end, failure: failure ? packFailure(failure) : null });
}

/** How many more messages may be under way. */
class Room {
  #left = MOST_UNDER_WAY;
  #resume: (() => void) | null = null;

  /** False when that was the last one for now. */
  take(): boolean {
    this.#left -= 1;
    return this.#left > 0;
  }

  free(count: number): void {
    this.#left += count;
    this.#resume?.();
  }

  async wait(signal: AbortSignal): Promise<void> {
    while (this.#left <= 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    this.#resume = null;
  }
}
