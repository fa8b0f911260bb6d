import type { DeletedRecords, DeleteRecordsBody, RecordDeletion } from '../../lib/contract/delete-records.ts';
import type { Failure } from '../../lib/contract/failure.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { deleteRecordsApi } from '../protocol/messages/delete-records.ts';
import { findTopic } from '../snapshot/find-topic.ts';
import { asFailure } from '../snapshot/read-problem.ts';
import { itemResult } from './item-results.ts';
import { recordDeletions } from './record-deletions.ts';

/** How long leaders wait for their followers to have deleted them too. */
const TIMEOUT_MS = 30_000;

/** What the audit log keeps: from where to where, by partition. */
export interface DeletionNote {
  deletions: RecordDeletion[];
}

/**
 * Deletes the oldest records of partitions, up to an offset. One result for each partition. Throws what the preview throws,
 * before anything is deleted.
 */
export async function deleteRecords(
  cluster: Cluster,
  name: string,
  body: DeleteRecordsBody,
  note: (note: DeletionNote) => void,
): Promise<Unspoken<DeletedRecords>> {
  const { topic } = await findTopic(cluster.snapshots, name);
  const deletions = await recordDeletions(cluster, topic, body);
  const going = deletions.filter(({ logStartOffset, beforeOffset }) => beforeOffset > logStartOffset);
  note({ deletions: going });
  const byLeader = Map.groupBy(going, ({ partition }) => topic.partitions[partition]!.leader);
  const results = await Promise.all(
    [...byLeader].map(([leader, led]) =>
      askLeader(cluster, name, leader, led).catch((error: unknown) => failed(name, led, asFailure(error))),
    ),
  );
  cluster.reads.forgetTopic(name);
  cluster.snapshots.refreshSoon();
  return { items: results.flat().sort((one, other) => one.partition - other.partition) };
}

type Items = Unspoken<DeletedRecords>['items'];

async function askLeader(
  cluster: Cluster,
  topic: string,
  leader: number,
  deletions: readonly RecordDeletion[],
): Promise<Items> {
  const { topics } = await cluster.client.send(
    deleteRecordsApi,
    {
      topics: [
        {
          name: topic,
          partitions: deletions.map(({ partition, beforeOffset }) => ({
            partitionIndex: partition,
            offset: BigInt(beforeOffset),
          })),
        },
      ],
      timeoutMs: TIMEOUT_MS,
    },
    { to: { broker: leader }, timeoutMs: TIMEOUT_MS + 5000 },
  );
  const told = new Map(
    topics.flatMap(({ partitions }) => partitions.map((one) => [one.partitionIndex, one])),
  );
  return deletions.map(({ partition }) => {
    const one = told.get(partition);
    const errorCode = one?.errorCode ?? ERROR.UNKNOWN_SERVER_ERROR;
    const logStartOffset = errorCode === ERROR.NONE && one ? Number(one.lowWatermark) : null;
    return { ...itemResult(topic, partition, { errorCode, errorMessage: null }), logStartOffset };
  });
}

function failed(topic: string, deletions: readonly RecordDeletion[], { said }: Failure): Items {
  return deletions.map(({ partition }) => ({
    topic,
    partition,
    ok: false,
    logStartOffset: null,
    error: said.detail,
  }));
}
