import { Failure } from '../../../lib/contract/failure.ts';
import { spoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { ClusterClient } from '../../client/cluster-client.ts';
import { ERROR, errorByCode } from '../../protocol/errors.ts';
import type { PartitionProduceResponse } from '../../protocol/messages/produce.ts';
import { hasMoved } from '../has-moved.ts';
import { produceFailure } from '../produce-failure.ts';
import { BELIEVE_DELETED_MS, deletedTopic, withoutLeader } from '../readable-topic.ts';
import type { TopicView } from '../topic-view.ts';
import { type LaneItem, PartitionLane } from './partition-lane.ts';
import { newProducer, type ProducerIdentity } from './producer-identity.ts';
import { sendBatches } from './send-batches.ts';

/** Told what became of every item, once. */
export interface SenderEvents<Token> {
  /** `firstOffset` is null where a broker knew the batch already and not where it lies. */
  acknowledged(
    lane: PartitionLane<Token>,
    items: readonly LaneItem<Token>[],
    firstOffset: number | null,
  ): void;
  lost(items: readonly LaneItem<Token>[], state: 'refused' | 'unsent' | 'unknown', reason: Failure): void;
}

/** What may be on its way or wait at once. */
const MOST_ITEMS = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;
/** Batches of one request, in bytes, the first one whatever its size. */
const REQUEST_BYTES = 4 * 1024 * 1024;
const RETRY_PAUSE_MS = 150;
/** After `stop()`: for how long a batch whose answer never came is still asked about. */
const STOP_PATIENCE_MS = 5000;

/** Errors that are about single records of a batch: of a smaller one the others may be written. */
const ABOUT_RECORDS: ReadonlySet<number> = new Set([
  ERROR.MESSAGE_TOO_LARGE,
  ERROR.RECORD_LIST_TOO_LARGE,
  ERROR.INVALID_TIMESTAMP,
  ERROR.INVALID_RECORD,
]);

/**
 * An idempotent producer: each partition's records in the order given, every batch tried again until it is known to be
 * written once. Sends Produce requests of our own because kafkajs's producer writes no header without a value, and none in
 * the order given. A record that Kafka refuses is left out and told; what keeps a partition from being written ends all.
 */
export class RecordSender<Token> {
  readonly #identity: ProducerIdentity;
  readonly #events: SenderEvents<Token>;
  readonly #lanes = new Map<TopicView, Map<number, PartitionLane<Token>>>();
  /** Lanes that have something to be sent. */
  readonly #busy = new Set<PartitionLane<Token>>();
  readonly #leadersAsked = new Set<number>();
  #items = 0;
  #bytes = 0;
  #failure: Failure | null = null;
  #isStopped = false;
  #isPumpDue = false;
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #changed = Promise.withResolvers<void>();

  private constructor(identity: ProducerIdentity, events: SenderEvents<Token>) {
    this.#identity = identity;
    this.#events = events;
  }

  /** @throws Failure when the cluster gives no producer id */
  static async open<Token>(
    client: ClusterClient,
    events: SenderEvents<Token>,
    signal: AbortSignal,
  ): Promise<RecordSender<Token>> {
    return new RecordSender(await newProducer(client, signal), events);
  }

  /** Whether `add` would have to wait. */
  get isFull(): boolean {
    return this.#items >= MOST_ITEMS || this.#bytes >= MOST_BYTES;
  }

  /** Why nothing more can be sent; null while it can. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Takes one record. Wait with `room()` while `isFull`. */
  add(topic: TopicView, partition: number, item: LaneItem<Token>): void {
    if (this.#failure || this.#isStopped) {
      this.#events.lost([item], 'unsent', this.#failure ?? stopped());
      return;
    }
    const lane = this.#laneOf(topic, partition);
    lane.add(item);
    this.#items += 1;
    this.#bytes += item.bytes;
    this.#busy.add(lane);
    this.#pumpSoon();
  }

  /** Until there is room for more, nothing more can be sent, or the signal fires. */
  async room(signal: AbortSignal): Promise<void> {
    const changed = () => this.#change();
    signal.addEventListener('abort', changed);
    while (this.isFull && !this.#failure && !this.#isStopped && !signal.aborted) await this.#changed.promise;
    signal.removeEventListener('abort', changed);
  }

  /** Until the events have told of everything. */
  async settled(): Promise<void> {
    while (this.#items > 0) await this.#changed.promise;
  }

  /** Sends nothing that is not on its way yet. `settled()` follows within seconds. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#dropUnsent(this.#failure ?? stopped());
  }

  #laneOf(topic: TopicView, partition: number): PartitionLane<Token> {
    let ofTopic = this.#lanes.get(topic);
    if (!ofTopic) {
      ofTopic = new Map();
      this.#lanes.set(topic, ofTopic);
    }
    let lane = ofTopic.get(partition);
    if (!lane) {
      lane = new PartitionLane(topic, partition);
      ofTopic.set(partition, lane);
    }
    return lane;
  }

  /** Once for all that is added in one turn of the event loop: that makes batches. */
  #pumpSoon(): void {
    if (this.#isPumpDue) return;
    this.#isPumpDue = true;
    setImmediate(() => {
      this.#isPumpDue = false;
      this.#pump();
    });
  }

  /** Asks every leader that is not being asked to write what there is for it. */
  #pump(): void {
    const now = Date.now();
    let wakeAt = Number.POSITIVE_INFINITY;
    const byLeader = new Map<number, PartitionLane<Token>[]>();
    for (const lane of this.#busy) {
      if (lane.isSending) continue;
      if (lane.retryAt > now) {
        wakeAt = Math.min(wakeAt, lane.retryAt);
        continue;
      }
      const leader = lane.topic.leaderOf(lane.partition);
      if (leader === null) {
        lane.nextBatch(this.#identity, now);
        this.#tryAgain(lane, withoutLeader(lane.topic, lane.partition));
        wakeAt = Math.min(wakeAt, lane.retryAt);
        continue;
      }
      if (this.#leadersAsked.has(leader)) continue;
      const led = byLeader.get(leader);
      if (led) led.push(lane);
      else byLeader.set(leader, [lane]);
    }
    for (const [leader, lanes] of byLeader) void this.#ask(leader, lanes, now);
    if (wakeAt < Number.POSITIVE_INFINITY) this.#wake(Math.max(1, wakeAt - now));
  }

  #wake(milliseconds: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#pump();
    }, milliseconds);
  }

  async #ask(leader: number, candidates: readonly PartitionLane<Token>[], now: number): Promise<void> {
    const lanes: PartitionLane<Token>[] = [];
    let bytes = 0;
    for (const lane of candidates) {
      const batch = lane.nextBatch(this.#identity, now);
      if (lanes.length > 0 && bytes + batch.bytes.length > REQUEST_BYTES) continue;
      lanes.push(lane);
      bytes += batch.bytes.length;
    }
    this.#leadersAsked.add(leader);
    for (const lane of lanes) lane.isSending = true;
    const outcome = await sendBatches(
      leader,
      lanes.map((lane) => ({ topic: lane.topic, partition: lane.partition, bytes: lane.batch!.bytes })),
    );
    this.#leadersAsked.delete(leader);
    for (const [index, lane] of lanes.entries()) {
      lane.isSending = false;
      if ('failure' in outcome) {
        if (outcome.isSent) lane.batch!.mayBeWritten = true;
        const { code } = outcome.failure;
        if (code === 'unsupported_by_cluster' || code === 'internal') this.#giveUp(lane, outcome.failure);
        else this.#tryAgain(lane, outcome.failure);
      } else this.#take(lane, leader, outcome.answers[index] ?? null);
    }
    this.#pump();
  }

  #take(lane: PartitionLane<Token>, leader: number, answer: PartitionProduceResponse | null): void {
    const batch = lane.batch!;
    if (!answer) {
      batch.mayBeWritten = true;
      const api = 'Produce';
      this.#giveUp(
        lane,
        new Failure('internal', say('kafka.brokerAnsweredWithout', { broker: leader, api })),
      );
      return;
    }
    const { errorCode, baseOffset } = answer;
    if (errorCode === ERROR.NONE || errorCode === ERROR.DUPLICATE_SEQUENCE_NUMBER) {
      const items = lane.settle(true);
      const isPlaceKnown = errorCode === ERROR.NONE && baseOffset >= 0n;
      this.#done(lane, items);
      this.#events.acknowledged(lane, items, isPlaceKnown ? Number(baseOffset) : null);
      return;
    }
    const failure = produceFailure(errorCode, spoken(lane.name), {
      size: batch.bytes.length,
      message: answer.recordErrors[0]?.batchIndexErrorMessage ?? answer.errorMessage,
    });
    if (ABOUT_RECORDS.has(errorCode)) this.#leaveOut(lane, answer, failure);
    else if (hasMoved(errorCode) || errorByCode(errorCode).retriable) {
      // The leader has it, and did not hear in time that the others have.
      if (errorCode === ERROR.REQUEST_TIMED_OUT || errorCode === ERROR.NOT_ENOUGH_REPLICAS_AFTER_APPEND) {
        batch.mayBeWritten = true;
      }
      this.#tryAgain(lane, failure);
    } else this.#giveUp(lane, failure);
  }

  /** Nothing of the batch was written, for what is in it: the guilty are left out where they are known. */
  #leaveOut(lane: PartitionLane<Token>, { recordErrors }: PartitionProduceResponse, failure: Failure): void {
    const { items } = lane.batch!;
    const named = new Set(recordErrors.map(({ batchIndex }) => batchIndex));
    const guilty = items.length === 1 ? items : items.filter((_, index) => named.has(index));
    const left = items.length === 1 ? [] : items.filter((_, index) => !named.has(index));
    lane.split(left, named.size > 0 ? items.length : Math.ceil(left.length / 2));
    if (this.#failure || this.#isStopped) this.#dropWaiting(lane, this.#failure ?? stopped());
    this.#done(lane, guilty);
    if (guilty.length > 0) this.#events.lost(guilty, 'refused', failure);
  }

  /** The same batch goes again, to whoever leads then, until its time is over. */
  #tryAgain(lane: PartitionLane<Token>, failure: Failure): void {
    const batch = lane.batch!;
    batch.failure = failure;
    const now = Date.now();
    lane.missingSince = lane.topic.exists ? null : (lane.missingSince ?? now);
    const isDeleted = lane.missingSince !== null && now - lane.missingSince > BELIEVE_DELETED_MS;
    const isHopeless = isDeleted || (this.#isStopped && !batch.mayBeWritten);
    if (isHopeless || now + RETRY_PAUSE_MS > batch.deadline) {
      this.#giveUp(lane, failure);
      return;
    }
    lane.retryAt = now + RETRY_PAUSE_MS;
    this.#wake(RETRY_PAUSE_MS);
    this.#lookAgain(lane.topic);
  }

  #lookAgain(topic: TopicView): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    void topic.lookAgain().finally(() => {
      this.#isLooking = false;
      this.#pumpSoon();
    });
  }

  /** This partition cannot be written: nothing more is sent, to no other one either. */
  #giveUp(lane: PartitionLane<Token>, failure: Failure): void {
    const { mayBeWritten } = lane.batch!;
    const reason = lane.missingSince === null ? failure : deletedTopic(lane.topic);
    this.#failure ??= reason;
    const items = lane.settle(false);
    this.#done(lane, items);
    this.#events.lost(items, mayBeWritten ? 'unknown' : 'unsent', reason);
    this.#dropUnsent(reason);
  }

  #dropUnsent(reason: Failure): void {
    const until = Date.now() + STOP_PATIENCE_MS;
    for (const lane of [...this.#busy]) {
      this.#dropWaiting(lane, reason);
      const { batch } = lane;
      if (!batch) continue;
      batch.deadline = Math.min(batch.deadline, until);
      if (lane.isSending || batch.mayBeWritten) continue;
      const items = lane.settle(false);
      this.#done(lane, items);
      this.#events.lost(items, 'unsent', batch.failure ?? reason);
    }
  }

  #dropWaiting(lane: PartitionLane<Token>, reason: Failure): void {
    const dropped = lane.dropWaiting();
    this.#done(lane, dropped);
    if (dropped.length > 0) this.#events.lost(dropped, 'unsent', reason);
  }

  #done(lane: PartitionLane<Token>, items: readonly LaneItem<Token>[]): void {
    this.#items -= items.length;
    for (const { bytes } of items) this.#bytes -= bytes;
    if (lane.isIdle) this.#busy.delete(lane);
    this.#change();
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

function stopped(): Failure {
  return new Failure('cancelled', say('send.cancelled'));
}
