import { Failure } from '../../../lib/contract/failure.ts';
import type { ClusterClient } from '../../client/cluster-client.ts';
import { errorByCode } from '../../protocol/errors.ts';
import { initProducerIdApi } from '../../protocol/messages/init-producer-id.ts';
import { pause } from '../pause.ts';

/** Who an idempotent producer is to the brokers (KIP-98): with a sequence number they know a batch that comes twice. */
export interface ProducerIdentity {
  readonly producerId: bigint;
  readonly producerEpoch: number;
}

/** A broker has to be given a block of ids by the controller first, which takes it a moment after its start. */
const PATIENCE_MS = 20_000;
const RETRY_PAUSE_MS = 250;

/**
 * A new identity, without transactions.
 *
 * @throws Failure `forbidden` where idempotent writing is not allowed
 */
export async function newProducer(client: ClusterClient, signal: AbortSignal): Promise<ProducerIdentity> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const { producerId, producerEpoch } = await client.send(
        initProducerIdApi,
        { transactionalId: null, transactionTimeoutMs: 60_000 },
        { to: 'any', signal },
      );
      return { producerId, producerEpoch };
    } catch (error) {
      const isSoon = error instanceof Failure && isRetriable(error);
      if (!isSoon || signal.aborted || Date.now() + RETRY_PAUSE_MS > deadline) throw error;
      await pause(RETRY_PAUSE_MS, signal);
    }
  }
}

function isRetriable({ kafkaError }: Failure): boolean {
  return kafkaError !== undefined && errorByCode(kafkaError.code).retriable;
}
