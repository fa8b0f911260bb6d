/** A cluster that tests may break and mend: real Apache Kafka, or the embedded one. */
export interface TestCluster {
  readonly kind: 'embedded' | 'kafka';
  /** The id under which Kafdeck knows it. */
  readonly id: string;
  readonly bootstrapServers: string;
  readonly brokerIds: readonly number[];
  /** `hard` is a power cut: nothing is handed over first. */
  stopBroker(id: number, mode: 'controlled' | 'hard'): Promise<void>;
  startBroker(id: number): Promise<void>;
  close(): Promise<void>;
}
