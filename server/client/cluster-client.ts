import type { Kafka, Producer } from 'kafkajs';
import type { Api } from '../protocol/schema.ts';
import type { ConnectionSettings } from './connection-settings.ts';
import type { Body, SendOptions } from './request.ts';

export interface ClusterClientOptions {
  id: string;
  settings: ConnectionSettings;
  /** What kafkajs and the client have to say; nothing is ever printed. */
  log?: (level: 'debug' | 'info' | 'warn' | 'error', message: string, details: object) => void;
}

export declare class ClusterClient {
  readonly id: string;
  readonly bootstrapServers: readonly string[];
  constructor(options: ClusterClientOptions);
  /**
   * Sends a request and gives the decoded answer. Retries when the target has moved (not controller, not coordinator).
   * An `errorCode` at the top of the answer is thrown as a Failure; errors of its items are the caller's to look at.
   */
  send<Request, Response>(
    api: Api<Request, Response>,
    body: Body<Request>,
    options: SendOptions,
  ): Promise<Response>;
  /** The version that would be used with this broker; throws `unsupported_by_cluster` when it does not offer the API. */
  versionFor<Request, Response>(api: Api<Request, Response>, to: { broker: number } | 'any'): Promise<number>;
  /** Brokers of the last metadata that was read. */
  brokerIds(): number[];
  /** The client library itself, for what it does well: producing and consuming. */
  readonly kafka: Kafka;
  /** One shared producer, connected when first asked for. */
  producer(): Promise<Producer>;
  close(): Promise<void>;
}
