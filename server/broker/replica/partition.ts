import { ERROR } from '../../protocol/errors.ts';
import type { PartitionImage } from '../controller/metadata-image.ts';
import type { LogConfig } from '../log/log-config.ts';
import type { FoundRecord } from '../log/partition-log.ts';
import { RefusedRecords } from '../log/produce-validation.ts';
import type { ProducerState } from '../log/producer-state.ts';
import type { FollowerState } from './followers.ts';
import { appendToLeader } from './leader-append.ts';
import { Leadership } from './leadership.ts';
import type { PartitionHost } from './partition-host.ts';
import { type KeptLog, ReplicaLog } from './replica-log.ts';
import {
  type AppendOptions,
  type AppendResult,
  type EpochEnd,
  type FollowerFetch,
  type Isolation,
  type ReadOptions,
  type ReadResult,
  refused,
} from './results.ts';
import { Waiting } from './waiting.ts';

/**
 * One replica of one partition on one broker: its log, and when it leads also what it knows of its followers.
 */
export class Partition {
  readonly partition: number;
  readonly #host: PartitionHost<Partition>;
  readonly #log: ReplicaLog;
  #image: PartitionImage;
  #highWatermark: number;
  #leadership: Leadership | null = null;
  #waiting: Waiting | null = null;
  #deleted = false;

  constructor(
    host: PartitionHost<Partition>,
    topic: { readonly name: string; readonly id: string },
    image: PartitionImage,
    kept: KeptLog | null,
  ) {
    this.partition = image.partition;
    this.#host = host;
    this.#image = image;
    this.#log = new ReplicaLog(host, topic, `${topic.name}-${image.partition}`, kept);
    this.#highWatermark = kept?.highWatermark ?? 0;
  }

  get topic(): string {
    return this.#log.topic;
  }

  get topicId(): string {
    return this.#log.topicId;
  }

  /** `topic-partition`, as Kafka prints it. */
  get name(): string {
    return this.#log.name;
  }

  get image(): PartitionImage {
    return this.#image;
  }

  get isLeader(): boolean {
    return this.#leadership !== null;
  }

  get leaderEpoch(): number {
    return this.#image.leaderEpoch;
  }

  get logStartOffset(): number {
    return this.#log.logStartOffset;
  }

  /** Consumers may read up to here (exclusive). */
  get highWatermark(): number {
    return this.#highWatermark;
  }

  /** Up to here every transaction is decided. */
  get lastStableOffset(): number {
    return this.#log.lastStableOffset(this.#highWatermark);
  }

  get logEndOffset(): number {
    return this.#log.logEndOffset;
  }

  /** Bytes in all segments. */
  get sizeInBytes(): number {
    return this.#log.sizeInBytes;
  }

  /** What its broker keeps of it. */
  get stored(): ReplicaLog {
    return this.#log;
  }

  /**
   * Checks record batches (magic 2), gives them offsets and appends them. Resolves when `acks` is met.
   * The buffer belongs to the log from then on: it is changed in place and must not be reused.
   * Never rejects for bad records: what went wrong is in the result.
   */
  appendAsLeader(records: Buffer, options: AppendOptions): Promise<AppendResult> | AppendResult {
    const leadership = this.#leadership;
    if (leadership === null) return refused(this.logStartOffset, ERROR.NOT_LEADER_OR_FOLLOWER, null);
    const config = this.#host.logConfig(this.topic);
    const minIsr = this.#minIsr(config);
    if (options.acks === -1 && this.#image.isr.length < minIsr) {
      return refused(
        this.logStartOffset,
        ERROR.NOT_ENOUGH_REPLICAS,
        `The size of the current ISR Set(${this.#image.isr.join(', ')}) is insufficient to satisfy the min.isr requirement of ${minIsr} for partition ${this.name}`,
      );
    }
    let result: AppendResult;
    try {
      result = this.#append(records, leadership, config, options);
    } catch (error) {
      if (error instanceof RefusedRecords) {
        return refused(this.logStartOffset, error.errorCode, error.message, error.recordErrors);
      }
      this.#host.storageFailed(this, error);
      return refused(this.logStartOffset, ERROR.KAFKA_STORAGE_ERROR, null);
    }
    if (result.errorCode !== 0 || options.acks !== -1) return result;
    return this.#whenReplicated(result, options.timeoutMs);
  }

  /** Reads as a client does: of the leader, or where it asks so of a follower (KIP-392). */
  read(options: ReadOptions): ReadResult {
    const problem = this.#epochProblem(options.currentLeaderEpoch ?? -1, options.anyReplica);
    if (problem !== 0) return this.#readResult(problem);
    const { offset, maxBytes } = options;
    const diverging = this.#divergence(options.lastFetchedEpoch ?? -1, offset);
    if (diverging !== null) return this.#readResult(0, [], diverging);
    if (offset < this.logStartOffset || offset > this.logEndOffset) {
      return this.#readResult(ERROR.OFFSET_OUT_OF_RANGE);
    }
    const lastStableOffset = this.lastStableOffset;
    const committed = options.isolation === 'read_committed';
    const end = committed ? lastStableOffset : this.readableUpTo(options.isolation);
    const records = this.#log.read(offset, maxBytes, end);
    const abortedTransactions = committed ? this.#log.abortedIn(records, offset) : null;
    return { ...this.#readResult(0, records), lastStableOffset, abortedTransactions };
  }

  /** A new leader does not know yet how far its followers are: offsets it tells might go back later (KIP-207). */
  get isHighWatermarkStale(): boolean {
    return this.#leadership !== null && this.#highWatermark < this.#leadership.startOffset;
  }

  /** The end of what may be read at an isolation, exclusive. */
  readableUpTo(isolation: Isolation): number {
    if (isolation === 'log_end') return this.logEndOffset;
    return isolation === 'read_committed' ? this.lastStableOffset : this.#highWatermark;
  }

  /** A follower's fetch: tells the leader how far the follower is, and gives it what comes next. */
  readForFollower(fetch: FollowerFetch): ReadResult {
    const leadership = this.#leadership;
    const problem = this.#epochProblem(fetch.currentLeaderEpoch);
    if (problem !== 0 || leadership === null) {
      return this.#readResult(problem || ERROR.NOT_LEADER_OR_FOLLOWER);
    }
    const follower = leadership.follower(fetch.replicaId);
    if (follower === undefined) return this.#readResult(ERROR.UNKNOWN_TOPIC_OR_PARTITION);
    const diverging = this.#divergence(fetch.lastFetchedEpoch, fetch.fetchOffset);
    if (diverging !== null) return this.#readResult(0, [], diverging);
    const end = this.logEndOffset;
    if (fetch.fetchOffset < this.logStartOffset || fetch.fetchOffset > end) {
      return this.#readResult(ERROR.OFFSET_OUT_OF_RANGE);
    }
    const startMoved = follower.logStartOffset !== fetch.logStartOffset;
    leadership.fetched(follower, fetch.fetchOffset, fetch.logStartOffset, end, this.#host.now());
    if (leadership.mayJoinIsr(follower, this.#image.isr, this.#highWatermark, this.#host)) {
      this.#host.proposeIsr(this, [...this.#image.isr, fetch.replicaId]);
    }
    this.#advanceHighWatermark();
    if (startMoved) this.#waiting?.progress();
    return this.#readResult(0, this.#log.read(fetch.fetchOffset, fetch.maxBytes, end));
  }

  /** Whether it is a follower of that broker's replica now. */
  follows(brokerId: number): boolean {
    return !this.#deleted && this.#leadership === null && this.#image.leader === brokerId;
  }

  /** What a follower asks of its leader next. */
  nextFetch(maxBytes: number): FollowerFetch {
    return {
      replicaId: this.#host.id,
      fetchOffset: this.logEndOffset,
      logStartOffset: this.logStartOffset,
      lastFetchedEpoch: this.#log.lastEpoch,
      currentLeaderEpoch: this.#image.leaderEpoch,
      maxBytes,
    };
  }

  /** Takes over what the leader answered. Returns true when there is more to fetch or to tell. */
  follow(answer: ReadResult): boolean {
    if (!this.follows(this.#image.leader)) return false;
    if (answer.errorCode === ERROR.OFFSET_OUT_OF_RANGE) {
      this.#restartFrom(answer);
      return true;
    }
    if (answer.errorCode !== 0) return false;
    if (answer.divergingEpoch !== null) {
      this.#log.truncateToEpoch(answer.divergingEpoch);
      this.#highWatermark = Math.min(this.#highWatermark, this.logEndOffset);
      return true;
    }
    const startBefore = this.logStartOffset;
    const highWatermarkBefore = this.#highWatermark;
    const now = this.#host.now();
    for (const batches of answer.records) {
      this.#log.openOrCreate().append(batches, this.#host.logConfig(this.topic), now);
    }
    if (answer.logStartOffset > startBefore) this.#log.openOrCreate().advanceStart(answer.logStartOffset);
    this.#highWatermark = Math.max(this.#highWatermark, Math.min(answer.highWatermark, this.logEndOffset));
    const more = answer.records.length > 0 || this.logStartOffset !== startBefore;
    if (more || this.#highWatermark !== highWatermarkBefore) this.#waiting?.progress();
    return more;
  }

  /** What is known of the producers that wrote here. Makes a log where there is none. */
  get producers(): ProducerState {
    return this.#log.openOrCreate().producers;
  }

  /** Where the log of an epoch ends, as OffsetForLeaderEpoch tells it; -1s when it is not known here. */
  endOfEpoch(epoch: number): EpochEnd {
    return this.#log.endOfEpoch(epoch, this.#leadership ?? undefined);
  }

  /** The leader epoch of the record before `offset`, -1 when unknown. */
  epochBefore(offset: number): number {
    return this.#log.epochBefore(offset);
  }

  /** The first record of that time or later, null when there is none. */
  findTimestamp(timestamp: number): FoundRecord | null {
    return this.#log.findTimestamp(timestamp);
  }

  /** The first record with the highest timestamp, null when there is none. */
  findMaxTimestamp(): FoundRecord | null {
    return this.#log.findMaxTimestamp();
  }

  /**
   * 0 when a client that believes in `leaderEpoch` (-1: says nothing) may be served by this replica: as leader, or with
   * `anyReplica` as it is.
   */
  leaderProblem(leaderEpoch: number, anyReplica = false): number {
    return this.#epochProblem(leaderEpoch, anyReplica);
  }

  /** What this leader knows of its followers; none when it does not lead. */
  get followers(): readonly FollowerState[] {
    return this.#leadership?.followers ?? [];
  }

  /**
   * Makes records before `offset` (-1: the high watermark) unreadable; segments that lie wholly before it are deleted.
   * Resolves when the followers that are alive have done so too.
   */
  async deleteRecords(
    offset: number,
    timeoutMs: number,
  ): Promise<{ readonly errorCode: number; readonly lowWatermark: number }> {
    const leadership = this.#leadership;
    if (leadership === null) return { errorCode: ERROR.NOT_LEADER_OR_FOLLOWER, lowWatermark: -1 };
    const target = offset === -1 ? this.#highWatermark : offset;
    if (target < 0 || target > this.#highWatermark) {
      return { errorCode: ERROR.OFFSET_OUT_OF_RANGE, lowWatermark: -1 };
    }
    if (target > this.logStartOffset) {
      this.#log.openOrCreate().advanceStart(target);
      this.#wakeFollowers(leadership);
    }
    const lowWatermark = () => leadership.lowWatermark(this.logStartOffset, this.#host);
    this.#waiting ??= new Waiting();
    await this.#waiting.until(() => lowWatermark() >= target || this.#leadership !== leadership, timeoutMs);
    if (this.#leadership !== leadership) return { errorCode: ERROR.NOT_LEADER_OR_FOLLOWER, lowWatermark: -1 };
    const errorCode = lowWatermark() >= target ? 0 : ERROR.REQUEST_TIMED_OUT;
    return { errorCode, lowWatermark: lowWatermark() };
  }

  /** Calls back on every change of what can be read here. Returns how to stop. */
  onProgress(listener: () => void): () => void {
    this.#waiting ??= new Waiting();
    return this.#waiting.onProgress(listener);
  }

  /** Follows the controller's decision about this partition. */
  applyImage(image: PartitionImage): void {
    this.#image = image;
    if (image.leader === this.#host.id) this.#lead(image);
    else {
      this.#resign(ERROR.NOT_LEADER_OR_FOLLOWER);
      if (image.leader >= 0) this.#host.startFetching(this);
    }
  }

  /** Forces to the device what has waited for it as long as `flush.ms` allows. */
  flushIfDue(now: number): void {
    const log = this.#log.active;
    if (log?.isFlushDue(this.#host.logConfig(this.topic), now)) log.flushLater();
  }

  /** One step of the broker's periodic work on logs: old producers and segments go. */
  sweep(now: number, producerExpirationMs: number): void {
    const log = this.#log.active;
    if (log === null) return;
    const config = this.#host.logConfig(this.topic);
    log.sweep(config, now, producerExpirationMs);
    if (!this.isLeader || !log.applyRetention(config, this.#highWatermark, now)) return;
    this.#waiting?.progress();
    this.#wakeFollowers(this.#leadership!);
  }

  /** Followers that are too far behind leave the ISR (`replica.lag.time.max.ms`). */
  shrinkIsr(now: number): void {
    if (this.#leadership === null || this.#image.isr.length < 2) return;
    const late = this.#leadership.late(
      this.#image.isr,
      this.logEndOffset,
      now,
      this.#host.replicaLagTimeMaxMs,
    );
    if (late.length > 0) {
      this.#host.proposeIsr(
        this,
        this.#image.isr.filter((id) => !late.includes(id)),
      );
    }
  }

  /** Reads the log that the broker kept, mending it if need be, in steps of a few milliseconds. */
  *opening(): Generator<void, void, void> {
    yield* this.#log.opening();
    this.#highWatermark = Math.min(Math.max(this.#highWatermark, this.logStartOffset), this.logEndOffset);
  }

  /** The broker stops cleanly. */
  close(): void {
    this.#resign(ERROR.NOT_LEADER_OR_FOLLOWER);
    this.#log.close();
  }

  /** The broker stops as if its power were cut. */
  release(): void {
    this.#resign(ERROR.NOT_LEADER_OR_FOLLOWER);
    this.#log.release();
  }

  /** The replica is no longer wanted: its files go. */
  delete(): void {
    this.#deleted = true;
    this.#resign(ERROR.UNKNOWN_TOPIC_OR_PARTITION);
    this.#log.delete();
  }

  #append(records: Buffer, leadership: Leadership, config: LogConfig, options: AppendOptions): AppendResult {
    const { result, grown } = appendToLeader(this.#log, records, {
      ...options,
      config,
      leaderEpoch: leadership.epoch,
      verifiesTransactions: this.#host.verifiesTransactions,
      now: this.#host.now(),
    });
    if (grown) {
      this.#wakeFollowers(leadership);
      this.#advanceHighWatermark();
    }
    return result;
  }

  async #whenReplicated(result: AppendResult, timeoutMs: number): Promise<AppendResult> {
    const end = this.logEndOffset;
    if (this.#highWatermark >= end) return result;
    this.#waiting ??= new Waiting();
    const errorCode = await this.#waiting.untilReplicated(end, timeoutMs, ERROR.REQUEST_TIMED_OUT);
    return errorCode === 0 ? result : refused(this.logStartOffset, errorCode, null);
  }

  #lead(image: PartitionImage): void {
    const now = this.#host.now();
    const isNew = this.#leadership?.epoch !== image.leaderEpoch;
    if (isNew) {
      if (this.#leadership !== null) this.#resign(ERROR.NOT_LEADER_OR_FOLLOWER);
      this.#leadership = new Leadership(this.#host.id, image.leaderEpoch, this.logEndOffset);
    }
    const leadership = this.#leadership!;
    leadership.replicasChanged(image.replicas, image.isr, now);
    this.#advanceHighWatermark();
    if (isNew) this.#host.leadershipChanged(this, true);
  }

  #resign(errorCode: number): void {
    if (this.#leadership === null) return;
    this.#leadership = null;
    this.#waiting?.abandon(errorCode);
    this.#waiting?.progress();
    this.#host.leadershipChanged(this, false);
  }

  /** Moves the high watermark to where the ISR is. It stands still while the ISR is below min.insync.replicas (KIP-966). */
  #advanceHighWatermark(): void {
    const leadership = this.#leadership;
    if (leadership === null) return;
    const { isr } = this.#image;
    if (isr.length < this.#minIsr(this.#host.logConfig(this.topic))) return;
    const end = this.logEndOffset;
    const replicated = leadership.replicatedUpTo(
      isr,
      end,
      this.#host.now(),
      this.#host.replicaLagTimeMaxMs,
      this.#host,
    );
    if (replicated <= this.#highWatermark) return;
    this.#highWatermark = replicated;
    this.#wakeFollowers(leadership);
    this.#waiting?.replicatedUpTo(replicated);
    this.#waiting?.progress();
  }

  #wakeFollowers(leadership: Leadership): void {
    for (const follower of leadership.followers) this.#host.wakeFollower(follower.brokerId, this);
  }

  #minIsr(config: LogConfig): number {
    return Math.min(config.minInsyncReplicas, this.#image.replicas.length);
  }

  #epochProblem(leaderEpoch: number, anyReplica = false): number {
    if (leaderEpoch >= 0) {
      if (leaderEpoch < this.#image.leaderEpoch) return ERROR.FENCED_LEADER_EPOCH;
      if (leaderEpoch > this.#image.leaderEpoch) return ERROR.UNKNOWN_LEADER_EPOCH;
    }
    return this.isLeader || anyReplica ? 0 : ERROR.NOT_LEADER_OR_FOLLOWER;
  }

  /** Null when a reader's log, which ends at `offset` with a record of `lastEpoch`, is a beginning of this one. */
  #divergence(lastEpoch: number, offset: number): EpochEnd | null {
    if (lastEpoch < 0) return null;
    const end = this.endOfEpoch(lastEpoch);
    if (end.endOffset < 0) return null;
    return end.epoch < lastEpoch || end.endOffset < offset ? end : null;
  }

  /** This log lies outside the leader's: too long, or ended before the leader's begins. */
  #restartFrom(leader: ReadResult): void {
    if (this.logEndOffset > leader.logEndOffset) {
      this.#log.openOrCreate().truncateTo(leader.logEndOffset);
      this.#highWatermark = Math.min(this.#highWatermark, this.logEndOffset);
      return;
    }
    this.#log.openOrCreate().restartAt(leader.logStartOffset);
    this.#highWatermark = leader.logStartOffset;
  }

  #readResult(
    errorCode: number,
    records: readonly Buffer[] = [],
    divergingEpoch: EpochEnd | null = null,
  ): ReadResult {
    return {
      errorCode,
      highWatermark: this.#highWatermark,
      // Followers don't look at it; what else is told here is an error.
      lastStableOffset: this.#highWatermark,
      logStartOffset: this.logStartOffset,
      logEndOffset: this.logEndOffset,
      records,
      abortedTransactions: null,
      divergingEpoch,
    };
  }
}
