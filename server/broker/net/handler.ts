import { decode } from '../../protocol/codec.ts';
import { encodeResponse } from '../../protocol/frame.ts';
import type { Api, Input } from '../../protocol/schema.ts';
import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import type { GroupCoordinator } from '../groups/coordinator.ts';
import type { Authorizer } from '../security/authorizer.ts';
import type { Principal } from '../security/principal.ts';

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
  /** Who the client is, as it proved when it came in. */
  readonly principal: Principal;
  /** The name of the listener it came by, e.g. `PLAINTEXT`: answers that name brokers give the addresses of that one. */
  readonly listenerName: string;
  /** True once the client has gone: what still waits for it (a long poll, a join) may give up. */
  readonly isClosed: boolean;
  /** Runs the callback once when the connection closes. Returns how to forget it again. */
  onClose(callback: () => void): () => void;
}

export interface RequestContext {
  /** The broker that was asked. */
  readonly broker: Broker;
  readonly cluster: Cluster;
  /** That of the broker. */
  readonly coordinator: GroupCoordinator;
  readonly connection: ConnectionInfo;
  /** Null when there is none: everyone may do everything. Ask it by `security/permissions.ts`. */
  readonly authorizer: Authorizer | null;
  readonly header: RequestHeader;
  /** Milliseconds since the epoch; tests turn this clock by hand. */
  now(): number;
}

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
  answer(frame: Buffer, context: RequestContext): Promise<Buffer | null>;
  /** What a client is told that asked in a version which is not served; without it the connection is closed. */
  readonly answerUnsupportedVersion?: (correlationId: number) => Buffer;
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
      const request = decode(api.request, apiVersion, frame, bodyOffset);
      const response = await serve(request, context);
      return response === null ? null : encodeResponse(api, apiVersion, correlationId, response);
    },
  };
}
