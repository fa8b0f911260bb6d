/** What a replica list typed by hand is held against. */
export interface ReplicaEditContext {
  /** Brokers of the cluster; `isAlive` is false for those that only replicas still name. */
  brokers: readonly { id: number; isAlive: boolean }[];
}

/** Keys of the sentences under `plans.edit.problems`. */
export type ReplicaProblem = 'empty' | 'not-numbers' | 'twice' | 'unknown-broker' | 'dead-broker';

export type ReplicaEdit =
  | { ok: true; replicas: number[] }
  | { ok: false; problem: ReplicaProblem; broker?: number };

/** Reads `1, 2, 3` (commas or spaces): the replicas of a partition, the preferred leader first. */
export function readReplicas(text: string, { brokers }: ReplicaEditContext): ReplicaEdit {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) return { ok: false, problem: 'empty' };
  if (words.some((word) => !/^\d{1,10}$/.test(word))) return { ok: false, problem: 'not-numbers' };
  const replicas = words.map(Number);
  const twice = replicas.find((id, index) => replicas.indexOf(id) !== index);
  if (twice !== undefined) return { ok: false, problem: 'twice', broker: twice };
  for (const id of replicas) {
    const broker = brokers.find((each) => each.id === id);
    if (!broker) return { ok: false, problem: 'unknown-broker', broker: id };
    if (!broker.isAlive) return { ok: false, problem: 'dead-broker', broker: id };
  }
  return { ok: true, replicas };
}

/** A partition's name, as Kafka's logs write it: `orders-3`. */
export function replicaKey({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}-${partition}`;
}

export function sameReplicas(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((id, index) => id === right[index]);
}

/** Percent copied of a reassignment, 0–100; null while sizes are not known. Nothing to copy is done. */
export function copiedPercent(bytesCopied: number | null, bytesTotal: number | null): number | null {
  if (bytesCopied === null || bytesTotal === null) return null;
  if (bytesTotal === 0) return 100;
  return Math.min(100, Math.max(0, (bytesCopied / bytesTotal) * 100));
}
