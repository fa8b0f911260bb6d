/** What `route()` looks at of a request. A web `Request` is one; so is what `node-bridge.ts` makes of node:http's. */
export interface ApiRequest {
  /** Whole, as `http://host/path?query`. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
  /** Fires when the one who asked is gone. */
  readonly signal: AbortSignal;
}

/** An answer before it is put into the words of the server that sends it. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ReadableStream<Uint8Array> | null;
}
