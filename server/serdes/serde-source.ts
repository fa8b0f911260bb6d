/** Everything that serdes of one cluster are made of: plain data, so that worker threads can be given it. Never log it. */
export interface SerdeSource {
  readonly registry: RegistrySource | null;
  /** Schema files, by their path below the cluster's schema folder, e.g. `shop/order.proto`. */
  readonly files: readonly SchemaFile[];
}

export interface RegistrySource {
  /** Without a slash at its end, e.g. `https://registry.example.com/apis/ccompat/v7`. */
  readonly url: string;
  readonly auth:
    | { readonly kind: 'basic'; readonly username: string; readonly password: string }
    | { readonly kind: 'bearer'; readonly token: string }
    | null;
  readonly tls: RegistryTls | null;
  /** For one request. */
  readonly timeoutMs: number;
}

/** PEM texts, as `node:tls` takes them. */
export interface RegistryTls {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
  readonly servername?: string | undefined;
  readonly rejectUnauthorized: boolean;
}

export interface SchemaFile {
  readonly path: string;
  readonly text: string;
}

export const NO_SOURCE: SerdeSource = { registry: null, files: [] };
