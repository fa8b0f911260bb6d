/** The features that the brokers themselves go by. */
export const METADATA_VERSION = 'metadata.version';
export const ELR_VERSION = 'eligible.leader.replicas.version';
export const KRAFT_VERSION = 'kraft.version';

/** What Kafka 4.3 knows of a feature: the levels that it supports, and the one that a new cluster starts with. */
interface Feature {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly initial: number;
}

/** The features of Kafka 4.3.1 (KIP-584, KIP-1022). A cluster whose controllers are fixed has kraft.version 0 (KIP-853). */
export const FEATURES: readonly Feature[] = [
  { name: METADATA_VERSION, min: 7, max: 30, initial: 30 },
  { name: KRAFT_VERSION, min: 0, max: 1, initial: 0 },
  { name: 'transaction.version', min: 0, max: 2, initial: 2 },
  { name: 'group.version', min: 0, max: 1, initial: 1 },
  { name: ELR_VERSION, min: 0, max: 1, initial: 1 },
  { name: 'share.version', min: 0, max: 1, initial: 1 },
  { name: 'streams.version', min: 0, max: 1, initial: 1 },
];
