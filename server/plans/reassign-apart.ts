import { join } from 'node:path';
import { type ReassignRequest, reassign } from '../../lib/kafka/assignment/reassign.ts';
import type { PartitionReplicas } from '../../lib/kafka/topology.ts';
import { projectRoot } from '../project-root.ts';

/** Fewer than this are planned sooner than a thread starts (some 40 ms). */
const APART_FROM_PARTITIONS = 2000;

/**
 * Plans like `reassign()`, a large request in a thread of its own, so that the console goes on answering others: 100,000
 * partitions take seconds. Rejects with the RangeError of `reassign()`.
 */
export function reassignApart(request: ReassignRequest): Promise<PartitionReplicas[]> {
  const partitionCount = request.topics.reduce((sum, { partitions }) => sum + partitions.length, 0);
  if (partitionCount < APART_FROM_PARTITIONS) return Promise.resolve().then(() => reassign(request));
  const { promise, resolve, reject } = Promise.withResolvers<PartitionReplicas[]>();
  // Not imported: the bundler would rewrite it (docs/decisions/0001).
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const worker = new Worker(join(projectRoot(), 'server/plans/reassign-worker.ts'), { workerData: request });
  worker.once('message', resolve);
  worker.once('error', reject);
  // After an answer this changes nothing.
  worker.once('exit', (code) => reject(new Error(`The planner's thread ended with ${code} and no answer`)));
  return promise;
}
