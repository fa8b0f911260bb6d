import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import type { OfferedVersions } from '../client/offered-versions.ts';
import { describeQuorumApi } from '../protocol/messages/describe-quorum.ts';
import { type BrokerAddress, BrokerMembers, sameBrokers } from './broker-members.ts';
import type { ClusterSnapshot, SnapshotBroker } from './cluster-snapshot.ts';
import { clusterMode, kafkaRelease } from './kafka-release.ts';
import { MetadataReader, type ReadMetadata } from './metadata-reader.ts';
import { readQuorumLeader } from './quorum-reader.ts';
import { asFailure, type MissingPart, problemOf } from './read-problem.ts';

export type ClusterStatus = 'connecting' | 'ok' | 'degraded' | 'unreachable';

/** While somebody reads, and when nobody has for a while. */
const REFRESH_MS = { read: 1000, idle: 5000 };
const READ_LATELY_MS = 10_000;
/** After a refresh this many times its length passes before the next, so that a cluster is busy for a fifth of the time… */
const REST = 4;
/** …but not longer than this while somebody looks: a refresh is mostly long because a broker was slow to answer. */
const LONGEST_REST_MS = 1500;
const METADATA_TIMEOUT_MS = 30_000;
/** The first reader waits for this long at most while the cluster cannot be reached. */
const FIRST_WAIT_MS = 5000;
/** A change spreads through a cluster within about this time, so after one it is read again more than once. */
const FOLLOW_UP_MS = [250, 800];
/** How long a refresh waits for the quorum's answer once metadata is there; later ones take it over. */
const QUORUM_WAIT_MS = 250;

/** What a snapshot has besides its topics. */
interface Parts {
  clusterId: string | null;
  controllerId: number | null;
  mode: ClusterSnapshot['mode'];
  kafkaVersion: string | null;
  brokers: readonly SnapshotBroker[];
}

/**
 * Keeps the picture of one cluster that every read is served from: read in the background, one refresh at a time, often
 * while somebody looks and seldom otherwise.
 */
export class SnapshotKeeper {
  readonly #client: ClusterClient;
  readonly #metadata: MetadataReader;
  #snapshot: ClusterSnapshot | null = null;
  #failure: Failure | null = null;
  #underWay: Promise<void> | null = null;
  #again: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  readonly #followUps = new Set<NodeJS.Timeout>();
  #nextAt = 0;
  #lastReadAt = 0;
  #lastLengthMs = 0;
  #isStarted = false;
  #isClosed = false;
  /** `leader` is null while it is not known. */
  readonly #quorum: {
    reading: Promise<void> | null;
    leader: number | null;
    failure: Failure | null;
  } = { reading: null, leader: null, failure: null };
  readonly #members: BrokerMembers;
  #offered: OfferedVersions | null = null;

  constructor({ client }: { client: ClusterClient }) {
    this.#client = client;
    this.#metadata = new MetadataReader(client);
    this.#members = new BrokerMembers(client);
  }

  /** Starts refreshing in the background. */
  start(): void {
    if (this.#isStarted || this.#isClosed) return;
    this.#isStarted = true;
    void this.#refresh();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const timer of this.#followUps) clearTimeout(timer);
  }

  /** The newest snapshot, at once; waits only for the very first one, and throws a Failure if that cannot be read. */
  async current(): Promise<ClusterSnapshot> {
    this.#lastReadAt = Date.now();
    this.#hurry();
    if (this.#snapshot) return this.#snapshot;
    const refresh = this.#refresh();
    await Promise.race([refresh, rest(FIRST_WAIT_MS)]);
    return this.#snapshotOrThrow();
  }

  /** The newest snapshot if there is one. Does not count as reading: nothing is kept fresher for it. */
  latest(): ClusterSnapshot | null {
    return this.#snapshot;
  }

  /** How long the last refresh took, successful or not, in milliseconds; 0 before the first. */
  lastRefreshMs(): number {
    return this.#lastLengthMs;
  }

  /** Why the last refresh failed; null when it did not. */
  failure(): Failure | null {
    return this.#failure;
  }

  status(): ClusterStatus {
    if (this.#failure) return 'unreachable';
    if (!this.#snapshot) return 'connecting';
    const { brokers, problems, topics } = this.#snapshot;
    const { underReplicatedCount, offlineCount } = topics.numbers;
    const isWell =
      brokers.every((broker) => broker.isAlive) &&
      problems.length === 0 &&
      underReplicatedCount === 0 &&
      offlineCount === 0;
    return isWell ? 'ok' : 'degraded';
  }

  /** The last known address of a broker, also of one that is down and holds nothing. */
  addressOf(broker: number): BrokerAddress | undefined {
    return this.#members.addressOf(broker);
  }

  /** Reads the cluster again now and twice shortly after: call it after every change. */
  refreshSoon(): void {
    if (this.#isClosed) return;
    this.#lastReadAt = Date.now();
    void this.#refreshFromNow();
    for (const delay of FOLLOW_UP_MS) {
      const timer = setTimeout(() => {
        this.#followUps.delete(timer);
        void this.#refreshFromNow();
      }, delay);
      timer.unref();
      this.#followUps.add(timer);
    }
  }

  /** A snapshot that was read entirely after this call; throws a Failure. */
  async refreshed(): Promise<ClusterSnapshot> {
    this.#lastReadAt = Date.now();
    await this.#refreshFromNow();
    if (this.#failure) throw this.#failure;
    return this.#snapshotOrThrow();
  }

  #snapshotOrThrow(): ClusterSnapshot {
    if (this.#snapshot) return this.#snapshot;
    throw (
      this.#failure ??
      new Failure('unavailable', say('link.notAnsweredYet'), {
        action: say('link.notAnsweredYet.do'),
      })
    );
  }

  /** One refresh at a time: joins the one under way. */
  #refresh(): Promise<void> {
    this.#underWay ??= this.#run().finally(() => {
      this.#underWay = null;
      this.#plan();
    });
    return this.#underWay;
  }

  /** A refresh that begins after this call: the one under way does not count, one that waits behind it does. */
  #refreshFromNow(): Promise<void> {
    if (!this.#underWay) return this.#refresh();
    this.#again ??= this.#underWay.then(() => {
      this.#again = null;
      return this.#refresh();
    });
    return this.#again;
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed || !this.#isStarted) return;
    const wasRead = Date.now() - this.#lastReadAt < READ_LATELY_MS;
    const delay = wasRead ? this.#restWhileRead() : Math.max(REFRESH_MS.idle, REST * this.#lastLengthMs);
    this.#wakeIn(delay);
  }

  /** Somebody reads after a quiet time: the long pause is cut short. */
  #hurry(): void {
    if (this.#underWay || this.#isClosed || !this.#isStarted) return;
    const soonest = this.#restWhileRead();
    if (this.#nextAt - Date.now() <= soonest) return;
    const age = this.#snapshot ? Date.now() - Date.parse(this.#snapshot.asOf) : soonest;
    this.#wakeIn(Math.max(0, soonest - age));
  }

  #restWhileRead(): number {
    return Math.max(REFRESH_MS.read, Math.min(REST * this.#lastLengthMs, LONGEST_REST_MS));
  }

  #wakeIn(delay: number): void {
    clearTimeout(this.#timer);
    this.#nextAt = Date.now() + delay;
    this.#timer = setTimeout(() => void this.#refresh(), delay);
    this.#timer.unref();
  }

  /** Never throws: what goes wrong is kept for those who ask. */
  async #run(): Promise<void> {
    if (this.#isClosed) return;
    const began = Date.now();
    try {
      const read = await this.#metadata.read(METADATA_TIMEOUT_MS);
      this.#offered ??= await this.#client.offeredBy('any');
      const mode = clusterMode(this.#offered);
      const hasQuorum = this.#offered.apis.has(describeQuorumApi.key);
      if (hasQuorum) await this.#readQuorum();
      const brokers = await this.#members.of(read, this.#offered);
      this.#failure = null;
      this.#publish(read, {
        clusterId: read.clusterId,
        controllerId: hasQuorum ? this.#quorum.leader : controllerOf(read),
        mode,
        kafkaVersion: kafkaRelease(this.#offered),
        brokers,
      });
    } catch (error) {
      this.#failure = asFailure(error);
      // Brokers that come back may be of another release.
      this.#offered = null;
      if (this.#snapshot) {
        const problems = [problemOf(say('part.newestState'), this.#failure)];
        this.#snapshot = { ...this.#snapshot, problems };
      }
    }
    this.#lastLengthMs = Date.now() - began;
  }

  /** Joins a reading that a slow broker holds up, and goes on without it after a moment. */
  async #readQuorum(): Promise<void> {
    const quorum = this.#quorum;
    quorum.reading ??= readQuorumLeader(this.#client, METADATA_TIMEOUT_MS)
      .then(
        (leader) => {
          quorum.leader = leader;
          quorum.failure = null;
        },
        (error: unknown) => {
          quorum.failure = asFailure(error);
          quorum.leader = null;
        },
      )
      .finally(() => {
        quorum.reading = null;
      });
    await Promise.race([quorum.reading, rest(QUORUM_WAIT_MS)]);
  }

  #publish(read: ReadMetadata, parts: Parts): void {
    const problems: MissingPart[] = [];
    if (this.#quorum.failure) problems.push(problemOf(say('part.controller'), this.#quorum.failure));
    const before = this.#snapshot;
    const brokers = before && sameBrokers(before.brokers, parts.brokers) ? before.brokers : parts.brokers;
    const isSame =
      before !== null &&
      before.topics === read.topics &&
      before.brokers === brokers &&
      before.clusterId === parts.clusterId &&
      before.controllerId === parts.controllerId &&
      before.mode === parts.mode &&
      before.kafkaVersion === parts.kafkaVersion;
    this.#snapshot = {
      ...parts,
      brokers,
      version: isSame ? before.version : (before?.version ?? 0) + 1,
      asOf: new Date().toISOString(),
      topics: read.topics,
      problems,
    };
  }
}

/** In ZooKeeper mode; a KRaft broker names any broker there, which is why the quorum is asked. */
function controllerOf({ controllerId }: ReadMetadata): number | null {
  return controllerId < 0 ? null : controllerId;
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
