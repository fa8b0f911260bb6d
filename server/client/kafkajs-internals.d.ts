/** The part of kafkajs 2.2.4 below its public surface that kafkajs-connection.ts uses. */
declare module 'kafkajs/src/network/connection.js' {
  import type { Socket } from 'node:net';

  interface Logger {
    namespace(name: string): Logger;
    debug(message: string, extra?: object): void;
    info(message: string, extra?: object): void;
    warn(message: string, extra?: object): void;
    error(message: string, extra?: object): void;
  }

  interface ConnectionOptions {
    host: string;
    port: number;
    logger: Logger;
    socketFactory: (options: { host: string; port: number; ssl: unknown; onConnect: () => void }) => Socket;
    clientId: string;
    connectionTimeout: number;
    requestTimeout: number;
    enforceRequestTimeout: boolean;
    ssl: object | null;
    sasl: object | null;
  }

  interface WireRequest {
    apiKey: number;
    apiVersion: number;
    apiName: string;
    /** Stands in for kafkajs's Encoder: `buf` is checked to be a Buffer, `buffer` is what gets written. */
    encode(): Promise<{ buf: Buffer; buffer: Buffer }>;
  }

  interface WireResponse<Raw, Value> {
    decode(payload: Buffer): Promise<Raw>;
    parse(raw: Raw): Promise<Value>;
  }

  export default class Connection {
    constructor(options: ConnectionOptions);
    socket?: Socket;
    readonly requestQueue: { destroy(): void };
    connect(): Promise<true>;
    isConnected(): boolean;
    authenticate(): Promise<void>;
    setVersions(versions: Record<number, { minVersion: number; maxVersion: number }>): void;
    setSupportAuthenticationProtocol(isSupported: boolean): void;
    send<Raw, Value>(request: {
      request: WireRequest;
      response: WireResponse<Raw, Value>;
      logResponseError?: boolean;
    }): Promise<Value>;
    rejectRequests(error: Error): void;
    /** What was read and is no whole answer yet. */
    chunks: Buffer[];
    readonly bytesBuffered: number;
    processData(bytes: Buffer): void;
  }
}

declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    readonly pending: readonly unknown[];
    scheduleCheckPendingRequests(): void;
  }
}

declare module 'kafkajs/src/consumer/runner.js' {
  export default class Runner {
    readonly running: boolean;
    readonly fetchManager: { stop(): Promise<void> };
    fetch(nodeId: string): Promise<unknown[]>;
  }
}

declare module 'kafkajs/src/consumer/fetchManager.js' {
  export default function createFetchManager(options: {
    logger: object;
    getNodeIds: () => string[];
    fetch: (nodeId: string) => Promise<unknown[]>;
    handler: () => Promise<void>;
    concurrency: number;
  }): { start(): Promise<void>; stop(): Promise<void> };
}
