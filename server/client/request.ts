import type { Input } from '../protocol/schema.ts';

/**
 * Where a request goes:
 * - `{ broker }`: that broker, wherever it is now
 * - `'any'`: whichever answers; a second broker is asked when the first one is slow
 * - `'controller'`: the broker that Metadata names as controller (in KRaft mode any broker, which passes it on, KIP-590)
 * - `{ coordinator }`: the coordinator of this group
 */
export type Target = { broker: number } | 'any' | 'controller' | { coordinator: string };

export interface SendOptions {
  to: Target;
  /** For everything together: connecting, routing, retries and the answer. Default: the cluster's `requestTimeoutMs`. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /**
   * Which connections carry it. Brokers answer one connection's requests in turn, so what may take long (a fetch that
   * waits for records) must be `'data'`, whose connections are never shared with `'admin'`. Default: `'admin'`.
   */
  purpose?: 'admin' | 'data';
  /** Highest version to use, for what the caller cannot read in a newer one. */
  maxVersion?: number;
}

/** A body, or a function of the version that was negotiated with the broker that gets it. */
export type Body<Request> = Input<Request> | ((version: number) => Input<Request>);
