import { randomBytes } from 'node:crypto';
import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import { crc32c } from '../../protocol/records/crc32c.ts';
import { CLIENT_METRICS_CONFIGS, clientPatterns } from '../config/client-metrics-configs.ts';
import { parseList } from '../config/definition.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import { type Outcome, refused } from '../controller/outcome.ts';
import type { Log } from '../net/log.ts';

const DEFAULT_INTERVAL_MS = 300_000;
/** zstd, lz4, gzip, snappy: what the broker would rather have first. */
export const ACCEPTED_COMPRESSION: readonly number[] = [4, 3, 1, 2];
const NO_COMPRESSION = 0;
/** Silent for so many push intervals, a client is forgotten. */
const FORGOTTEN_AFTER_INTERVALS = 3;

/** The connection a client came by. */
interface ClientConnection {
  /** With a leading slash, as Kafka prints it. */
  readonly clientHost: string;
  readonly clientPort: number;
}

/** A client as telemetry knows it. */
export interface TelemetryClient {
  readonly connection: ClientConnection;
  readonly clientId: string;
}

/** What a client is asked for. */
export interface Subscription {
  readonly id: number;
  readonly intervalMs: number;
  /** What the names of the metrics begin with; '*' for all. */
  readonly metrics: readonly string[];
}

interface Instance {
  readonly subscription: Subscription;
  lastGetAt: number;
  lastPushAt: number;
  lastError: number;
  isTerminating: boolean;
}

export interface Push {
  readonly instanceId: string;
  readonly subscriptionId: number;
  readonly terminating: boolean;
  readonly compression: number;
  readonly bytes: number;
}

/**
 * Which metrics one broker asks its clients for, and what they push (KIP-714). The broker notes in its log what arrived; it
 * keeps nothing of it.
 */
export class ClientTelemetry {
  readonly #image: MetadataImage;
  readonly #maxBytes: () => number;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #instances = new Map<string, Instance>();
  readonly #software = new WeakMap<ClientConnection, { readonly name: string; readonly version: string }>();

  constructor(image: MetadataImage, maxBytes: () => number, now: () => number, log: Log) {
    this.#image = image;
    this.#maxBytes = maxBytes;
    this.#now = now;
    this.#log = log;
  }

  /** Brokers offer telemetry to clients only while somebody wants some. */
  get isWanted(): boolean {
    return this.#image.allConfigs('client-metrics').size > 0;
  }

  /** Remembers what a client has called itself (KIP-511). */
  introduce(connection: ClientConnection, name: string, version: string): void {
    this.#software.set(connection, { name, version });
  }

  /** What a client is asked for; a client that has no id yet gets one. */
  subscribe(
    client: TelemetryClient,
    instanceId: string,
  ): Outcome | { readonly instanceId: string; readonly subscription: Subscription } {
    const id = instanceId === ZERO_UUID ? newInstanceId() : instanceId;
    const now = this.#now();
    this.#forgetSilent(now);
    const known = this.#instances.get(id);
    if (known !== undefined && !mayAskAgain(known, now)) {
      known.lastError = ERROR.THROTTLING_QUOTA_EXCEEDED;
      return refused(ERROR.THROTTLING_QUOTA_EXCEEDED, null);
    }
    const subscription = this.#subscriptionOf(client, id);
    this.#instances.set(id, {
      subscription,
      lastGetAt: now,
      lastPushAt: known?.lastPushAt ?? 0,
      lastError: ERROR.NONE,
      isTerminating: false,
    });
    return { instanceId: id, subscription };
  }

  /** Takes what a client pushes. The error code that it is told. */
  push(client: TelemetryClient, push: Push): number {
    if (push.instanceId === ZERO_UUID) return ERROR.INVALID_REQUEST;
    const now = this.#now();
    const known = this.#instances.get(push.instanceId);
    const instance = known ?? {
      subscription: this.#subscriptionOf(client, push.instanceId),
      lastGetAt: now,
      lastPushAt: 0,
      lastError: ERROR.NONE,
      isTerminating: false,
    };
    this.#instances.set(push.instanceId, instance);
    instance.lastError = this.#judge(instance, push, now);
    if (instance.lastError !== ERROR.NONE) return instance.lastError;
    instance.lastPushAt = now;
    instance.isTerminating = push.terminating;
    this.#log.info(
      `client ${client.clientId} (${push.instanceId}) pushed ${push.bytes} bytes of metrics${push.terminating ? ', its last' : ''}`,
    );
    return ERROR.NONE;
  }

  #judge(instance: Instance, push: Push, now: number): number {
    const { subscription, lastGetAt, lastPushAt } = instance;
    if (instance.isTerminating) return ERROR.INVALID_REQUEST;
    const isDue = lastGetAt > lastPushAt || now - lastPushAt >= subscription.intervalMs;
    if (!isDue && !push.terminating) return ERROR.THROTTLING_QUOTA_EXCEEDED;
    if (push.subscriptionId !== subscription.id) return ERROR.UNKNOWN_SUBSCRIPTION_ID;
    if (push.compression !== NO_COMPRESSION && !ACCEPTED_COMPRESSION.includes(push.compression)) {
      return ERROR.UNSUPPORTED_COMPRESSION_TYPE;
    }
    return push.bytes > this.#maxBytes() ? ERROR.TELEMETRY_TOO_LARGE : ERROR.NONE;
  }

  #subscriptionOf(client: TelemetryClient, instanceId: string): Subscription {
    const metrics = new Set<string>();
    let intervalMs = Number.POSITIVE_INFINITY;
    for (const configs of this.#image.allConfigs('client-metrics').values()) {
      const wanted = parseList(configs.get('metrics') ?? '');
      if (wanted.length === 0 || !this.#matches(client, instanceId, configs.get('match') ?? '')) continue;
      for (const metric of wanted) metrics.add(metric);
      intervalMs = Math.min(intervalMs, Number(configs.get('interval.ms') ?? defaultIntervalMs()));
    }
    const names = metrics.has('*') ? ['*'] : [...metrics];
    if (!Number.isFinite(intervalMs)) intervalMs = DEFAULT_INTERVAL_MS;
    // The client sends the id back: another one tells it that it has to ask again.
    const id = crc32c(Buffer.from(JSON.stringify([names, intervalMs]))) | 0;
    return { id, intervalMs, metrics: names };
  }

  #matches({ connection, clientId }: TelemetryClient, instanceId: string, match: string): boolean {
    const patterns = clientPatterns(parseList(match)) ?? new Map();
    const software = this.#software.get(connection);
    const properties: Readonly<Record<string, string>> = {
      client_instance_id: instanceId,
      client_id: clientId,
      client_software_name: software?.name ?? '',
      client_software_version: software?.version ?? '',
      client_source_address: connection.clientHost.slice(1),
      client_source_port: String(connection.clientPort),
    };
    return [...patterns].every(([property, pattern]) => pattern.test(properties[property] ?? ''));
  }

  #forgetSilent(now: number): void {
    for (const [id, { lastGetAt, lastPushAt, subscription }] of this.#instances) {
      const silentMs = now - Math.max(lastGetAt, lastPushAt);
      if (silentMs > FORGOTTEN_AFTER_INTERVALS * subscription.intervalMs) this.#instances.delete(id);
    }
  }
}

/** Before the interval is over only those may ask again who were told to. */
function mayAskAgain({ subscription, lastGetAt, lastPushAt, lastError }: Instance, now: number): boolean {
  return (
    now - Math.max(lastGetAt, lastPushAt) >= subscription.intervalMs ||
    lastError === ERROR.UNKNOWN_SUBSCRIPTION_ID ||
    lastError === ERROR.UNSUPPORTED_COMPRESSION_TYPE
  );
}

function newInstanceId(): string {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('base64url');
}

function defaultIntervalMs(): number {
  return Number(CLIENT_METRICS_CONFIGS.get('interval.ms')?.defaultValue);
}
