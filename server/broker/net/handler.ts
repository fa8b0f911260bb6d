import { decode } from '../../protocol/codec.ts';
import { ERROR } from '../../protocol/errors.ts';
import { encodeResponsePieces } from '../../protocol/frame.ts';
import type { Api, Input } from '../../protocol/schema.ts';
import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { refused } from '../controller/outcome.ts';
import type { Admission } from '../controller/requests.ts';
import type { FetchSessions } from '../fetch/fetch-sessions.ts';
import type { GroupCoordinator } from '../groups/coordinator.ts';
import type { ClientQuotas, QuotaClient } from '../quotas/client-quotas.ts';
import type { Authorizer } from '../security/authorizer.ts';
import type { Principal } from '../security/principal.ts';
import type { ClientTelemetry } from '../telemetry/client-telemetry.ts';
import type { TransactionCoordinator } from '../transactions/transaction-coordinator.ts';
import type { LogLevels } from './log-levels.ts';

/** What every request says of itself before its body. */
export interface RequestHeader {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly correlationId: number;
  readonly clientId: string | null;
  /** Where the body starts in the frame. */
  readonly bodyOffset: number;
}

/** The connection a request came by, as far as a handler may know it. */
export interface ConnectionInfo {
  /** Unique in the process. */
  readonly id: number;
  /** The client's address as Kafka prints it: a leading slash, no port, e.g. `/127.0.0.1`. */
  readonly clientHost: string;
  readonly clientPort: number;
  /** Who the client is, as it proved when it came in. */
  readonly principal: Principal;
  /** The name of the listener it came by, e.g. `PLAINTEXT`: answers that name brokers give the addresses of that one. */
  readonly listenerName: string;
  /** True once the client has gone: what still waits for it (a long poll, a join) may give up. */
  readonly isClosed: boolean;
  /** Runs the callback once when the connection closes. Returns how to forget it again. */
  onClose(callback: () => void): () => void;
  /** Reads no more requests for so long (KIP-219); answers still go out. */
  mute(milliseconds: number): void;
}

/** How long a client is to be throttled for a request: told in the answer, and its connection muted for as long. */
export interface Throttle {
  milliseconds: number;
}

export interface RequestContext {
  /** The broker that was asked. */
  readonly broker: Broker;
  readonly cluster: Cluster;
  /** That of the broker. */
  readonly coordinator: GroupCoordinator;
  /** That of the broker. */
  readonly transactions: TransactionCoordinator;
  /** That of the broker. */
  readonly fetchSessions: FetchSessions;
  /** What the broker's clients use of their quotas. */
  readonly quotas: ClientQuotas;
  /** Which metrics the broker asks its clients for. */
  readonly telemetry: ClientTelemetry;
  readonly logLevels: LogLevels;
  readonly connection: ConnectionInfo;
  /** Null when there is none: everyone may do everything. Ask it by `security/permissions.ts`. */
  readonly authorizer: Authorizer | null;
  readonly header: RequestHeader;
  /** The request's size. */
  readonly requestBytes: number;
  /** A handler that counts a quota raises it; what the request costs in time is added to it. */
  readonly throttle: Throttle;
  /** Milliseconds since the epoch; tests turn this clock by hand. */
  now(): number;
}

/** What is sent, with its size; in pieces where something in it shall not be copied. */
export type Outgoing = Uint8Array | readonly Uint8Array[];

/** One API, served: what `dispatch.ts` looks up by key. */
export interface Handler {
  readonly apiKey: number;
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  /**
   * Decodes the request in `frame` (without its size), serves it and encodes the response (with its size).
   * Null when the request wants no response (Produce with acks=0).
   * @throws ProtocolError when the body cannot be read
   */
  answer(frame: Buffer, context: RequestContext): Promise<Outgoing | null>;
  /** What a client is told that asked in a version which is not served; without it the connection is closed. */
  readonly answerUnsupportedVersion?: (correlationId: number) => Outgoing;
}

/**
 * Binds a function to an API. `versions` are the ones served in full: exactly these are advertised.
 * The function answers every error that Kafka has a code for in its response; a throw closes the connection.
 */
export function handler<Request, Response>(
  api: Api<Request, Response>,
  versions: { readonly min: number; readonly max: number },
  serve: (
    request: Request,
    context: RequestContext,
  ) => Promise<Input<Response> | null> | Input<Response> | null,
): Handler {
  return {
    apiKey: api.key,
    name: api.name,
    minVersion: versions.min,
    maxVersion: versions.max,
    async answer(frame, context) {
      const { apiVersion, correlationId, bodyOffset } = context.header;
      const start = context.quotas.isEnabled ? performance.now() : 0;
      const request = decode(api.request, apiVersion, frame, bodyOffset);
      const answer = serve(request, context);
      if (start > 0) countTime(context, performance.now() - start);
      const response = await answer;
      const throttleTimeMs = context.throttle.milliseconds;
      if (throttleTimeMs > 0) context.connection.mute(throttleTimeMs);
      if (response === null) return null;
      return encodeResponsePieces(
        api,
        apiVersion,
        correlationId,
        throttleTimeMs > 0 ? { ...response, throttleTimeMs } : response,
      );
    },
  };
}

/** Who quotas count a request for. */
export function quotaClient({ connection, header }: RequestContext): QuotaClient {
  return { user: connection.principal.name, clientId: header.clientId ?? '' };
}

/** Lengthens a request's throttling to so many milliseconds. */
export function throttleFor({ throttle }: RequestContext, milliseconds: number): void {
  throttle.milliseconds = Math.max(throttle.milliseconds, milliseconds);
}

/**
 * Counts partitions that a request creates or deletes against the client's `controller_mutation_rate` (KIP-599). Since the
 * version `strictSince` they are refused when the quota is used up; older clients are only throttled.
 */
export function mutationAdmission(context: RequestContext, strictSince: number): Admission {
  return (partitions) => {
    const isStrict = context.header.apiVersion >= strictSince;
    const { allowed, throttleMs } = context.quotas.mutate(quotaClient(context), partitions, isStrict);
    throttleFor(context, throttleMs);
    return allowed
      ? null
      : refused(ERROR.THROTTLING_QUOTA_EXCEEDED, 'The throttling quota has been exceeded.');
  };
}

/** `request_percentage` is counted in hundredths of the broker's one thread (KIP-124). */
function countTime(context: RequestContext, milliseconds: number): void {
  const percentage = milliseconds / 10;
  throttleFor(context, context.quotas.record('request_percentage', quotaClient(context), percentage));
}
