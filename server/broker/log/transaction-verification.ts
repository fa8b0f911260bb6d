/**
 * Proof that the transaction coordinator knows of a producer's transaction on a partition (KIP-890). It is good for the first
 * append only: what follows can rely on the open transaction in the log.
 */
export interface VerificationGuard {
  readonly producerId: number;
}

interface Verification {
  readonly guard: VerificationGuard;
  readonly startedAt: number;
  /** The client is one that gets a new epoch with every transaction: with nothing known of it, it begins at sequence 0. */
  readonly bumpsEpochs: boolean;
  lowestSequence: number;
  epoch: number;
}

/** What is being verified in one partition, by producer (Kafka's VerificationStateEntry). */
export class TransactionVerifications {
  readonly #byProducer = new Map<number, Verification>();

  /** Begins to verify, or goes on with it: the lowest sequence that waits must be the first one written. */
  start(
    producerId: number,
    sequence: number,
    epoch: number,
    bumpsEpochs: boolean,
    now: number,
  ): VerificationGuard {
    let entry = this.#byProducer.get(producerId);
    if (entry === undefined) {
      entry = { guard: { producerId }, startedAt: now, bumpsEpochs, lowestSequence: sequence, epoch };
      this.#byProducer.set(producerId, entry);
    }
    if (epoch > entry.epoch || (epoch === entry.epoch && sequence < entry.lowestSequence)) {
      entry.epoch = epoch;
      entry.lowestSequence = sequence;
    }
    return entry.guard;
  }

  of(producerId: number): Readonly<Verification> | undefined {
    return this.#byProducer.get(producerId);
  }

  /** A record of the transaction, or its marker, is in the log: the proof is used up. */
  appended(producerId: number, marker: { readonly producerEpoch: number } | null): void {
    const entry = this.#byProducer.get(producerId);
    if (entry === undefined) return;
    // The marker of the transaction before may come when the next one is being verified already, with the same epoch.
    const isOfNext = marker !== null && entry.bumpsEpochs && marker.producerEpoch === entry.epoch;
    if (!isOfNext) this.#byProducer.delete(producerId);
  }

  /** Forgets those that were started at `time` or before. */
  expireUpTo(time: number): void {
    for (const [producerId, { startedAt }] of this.#byProducer) {
      if (startedAt <= time) this.#byProducer.delete(producerId);
    }
  }
}
