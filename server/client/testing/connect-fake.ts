import { ClusterClient } from '../cluster-client.ts';

/** A client of brokers on loopback, with short times. */
export function connectTo(
  bootstrapServers: string[],
  times: { requestTimeoutMs?: number } = {},
): ClusterClient {
  return new ClusterClient({
    id: 'test',
    settings: {
      brokers: bootstrapServers,
      tls: null,
      sasl: null,
      connectionTimeoutMs: 1000,
      requestTimeoutMs: times.requestTimeoutMs ?? 5000,
    },
  });
}
