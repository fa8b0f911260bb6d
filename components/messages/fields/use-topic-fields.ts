'use client';

import { useMemo } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import type { SeenField, TopicSerdes } from '../../../lib/contract/serdes.ts';
import { useEndpoint } from '../../data/use-endpoint.ts';
import { parseFieldPath, writeFieldPath } from './field-path.ts';
import { seenFields } from './seen-fields.ts';

export interface TopicFields {
  /** What filters and columns can be about, those that most messages have first. */
  fields: SeenField[];
  /** How the one topic's keys and values are read; undefined for several, and while not known. */
  serdes: TopicSerdes | undefined;
}

/** The fields that messages of these topics have: as the server has seen them of one, as they were read of several. */
export function useTopicFields(
  cluster: string,
  topics: readonly string[],
  isSeveral: boolean,
  messages: readonly Message[],
): TopicFields {
  const [topic = ''] = topics;
  const { data: serdes } = useEndpoint(
    'getTopicSerdes',
    { params: { cluster, topic } },
    { refetchInterval: false, isEnabled: !isSeveral && topic !== '', keepsPrevious: false },
  );
  const read = useMemo(() => seenFields(messages), [messages]);
  const fields = useMemo(() => {
    if (!serdes) return read;
    const known = serdes.fields.flatMap(withPath);
    const paths = new Set(known.map(({ path }) => path));
    return [...known, ...read.filter(({ path }) => !paths.has(path))];
  }, [serdes, read]);
  return { fields, serdes: isSeveral ? undefined : serdes };
}

/** Fields inside of key, value and headers, with their path as this page writes it. */
function withPath(field: SeenField): SeenField[] {
  const parsed = parseFieldPath(field.path);
  return parsed && parsed.steps.length > 0 ? [{ ...field, path: writeFieldPath(parsed) }] : [];
}
