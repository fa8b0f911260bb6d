'use client';

import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { BrokerRow } from '../../lib/contract/brokers.ts';
import { call } from '../../lib/contract/client.ts';
import type { Failure } from '../../lib/contract/failure.ts';
import type { ReassignmentRequest } from '../../lib/contract/plans.ts';
import { endpointKey, failureFrom } from '../data/use-endpoint.ts';
import { type ReplicaEdit, readReplicas, replicaKey, sameReplicas } from './replica-edit.ts';

export interface HandRow {
  topic: string;
  partition: number;
  /** Replicas now. */
  replicas: number[];
  /** As typed. */
  text: string;
  /** Null while nobody has changed it. */
  edit: ReplicaEdit | null;
}

export interface HandEdits {
  /** Undefined while the topics are read. */
  rows: HandRow[] | undefined;
  failure: Failure | undefined;
  write: (key: string, text: string) => void;
  undo: (key: string) => void;
  /** Takes over the replicas of a generated plan. */
  begin: (texts: readonly (readonly [string, string])[]) => void;
  /** The changed partitions, or null while there is none or one of them is wrong. */
  request: ReassignmentRequest | null;
}

/** Replicas written by hand for partitions of the chosen topics; a refresh never overwrites what is typed. */
export function useHandEdits(
  cluster: string,
  topics: readonly string[],
  brokers: readonly BrokerRow[],
): HandEdits {
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const details = useQueries({
    queries: topics.map((topic) => ({
      queryKey: endpointKey('getTopic', { params: { cluster, topic } }),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call('getTopic', { params: { cluster, topic } }, { signal }),
    })),
  });
  const isComplete = details.every((detail) => detail.data !== undefined);
  const partitions = details.flatMap((detail) =>
    (detail.data?.partitions ?? []).map(({ partition, replicas, removingReplicas }) => ({
      topic: detail.data?.name ?? '',
      partition,
      replicas: replicas.filter((id) => !removingReplicas.includes(id)),
    })),
  );
  const rows = partitions.map((row): HandRow => {
    const text = texts.get(replicaKey(row));
    const edit = text === undefined ? null : readReplicas(text, { brokers });
    const isSame = edit?.ok && sameReplicas(edit.replicas, row.replicas);
    return { ...row, text: text ?? row.replicas.join(', '), edit: isSame ? null : edit };
  });
  const changed = rows.flatMap(({ topic, partition, edit }) =>
    edit?.ok ? [{ topic, partition, replicas: edit.replicas }] : [],
  );
  const isWrong = rows.some((row) => row.edit && !row.edit.ok);
  const controls = useMemo(
    () => ({
      write: (key: string, text: string) => setTexts((now) => new Map(now).set(key, text)),
      undo: (key: string) => setTexts((now) => new Map([...now].filter(([other]) => other !== key))),
      begin: (given: readonly (readonly [string, string])[]) => setTexts(new Map(given)),
    }),
    [],
  );
  return {
    ...controls,
    rows: isComplete ? rows : undefined,
    failure: failureFrom(details.find((detail) => detail.isError)?.error),
    request: isWrong || changed.length === 0 ? null : { targets: changed },
  };
}
