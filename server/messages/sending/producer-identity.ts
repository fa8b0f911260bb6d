import type { ClusterClient } from '../../client/cluster-client.ts';
import { initProducerIdApi } from '../../protocol/messages/init-producer-id.ts';

/** Who an idempotent producer is to the brokers (KIP-98): with a sequence number they know a batch that comes twice. */
export interface ProducerIdentity {
  readonly producerId: bigint;
  readonly producerEpoch: number;
}

/** A new identity, without transactions. @throws Failure `forbidden` where idempotent writing is not allowed */
export async function newProducer(client: ClusterClient, signal: AbortSignal): Promise<ProducerIdentity> {
  const { producerId, producerEpoch } = await client.send(
    initProducerIdApi,
    { transactionalId: null, transactionTimeoutMs: 60_000 },
    { to: 'any', signal },
  );
  return { producerId, producerEpoch };
}
