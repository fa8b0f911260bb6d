/** The features that the brokers themselves go by. */
export const METADATA_VERSION = 'metadata.version';
export const ELR_VERSION = 'eligible.leader.replicas.version';
export const KRAFT_VERSION = 'kraft.version';
