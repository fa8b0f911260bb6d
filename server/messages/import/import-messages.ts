import type { BodyLine } from '../../../lib/contract/endpoint.ts';
import type { ImportLine, ImportQuery } from '../../../lib/contract/exported-messages.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../../cluster.ts';
import { asFailure } from '../../snapshot/read-problem.ts';
import type { Sent } from '../produce-many.ts';
import { PartitionChooser } from '../sending/partition-chooser.ts';
import { Sending, type SendingItem, type SendingSource } from '../sending/sending.ts';
import { TopicView } from '../topic-view.ts';
import { dryRun } from './dry-run.ts';
import { recordOfLine } from './record-of-line.ts';

/**
 * Writes the messages of an NDJSON body as it comes, no faster than the cluster takes them. Throws `not_found` for the topic
 * before anything is read. A line that is no message ends it, or is left out.
 */
export async function importMessages(
  cluster: Cluster,
  topicName: string,
  lines: AsyncIterable<BodyLine>,
  query: ImportQuery,
  { signal, note }: Sent,
): Promise<AsyncIterable<Unspoken<ImportLine>>> {
  const topic = await TopicView.open(cluster, topicName, { partitions: [], field: 'partition' });
  if (query.dryRun) return dryRun(topic, lines, query);
  const source = new ImportedLines(topic, lines, query);
  return Sending.begin(cluster.client, source, {
    subject: say('part.topic', { topic: topicName }),
    signal,
    note,
  });
}

class ImportedLines implements SendingSource {
  readonly total = null;
  readonly settledBefore: number;
  readonly #topic: TopicView;
  readonly #lines: AsyncIterable<BodyLine>;
  readonly #query: ImportQuery;
  readonly #chooser: PartitionChooser;
  /** The first one that was not given. */
  #line: number;

  constructor(topic: TopicView, lines: AsyncIterable<BodyLine>, query: ImportQuery) {
    this.#topic = topic;
    this.#lines = lines;
    this.#query = query;
    this.#chooser = new PartitionChooser(topic);
    this.#line = query.firstLine;
    this.settledBefore = query.firstLine - 1;
  }

  async *items(signal: AbortSignal): AsyncGenerator<SendingItem, void> {
    for await (const { number, text } of this.#lines) {
      if (signal.aborted) return;
      const line = this.#query.firstLine - 1 + number;
      this.#line = line;
      const item = this.#itemOf(line, text);
      if (item) {
        yield item;
        this.#line = line + 1;
      }
    }
  }

  next() {
    return { line: this.#line };
  }

  #itemOf(line: number, text: string | null): SendingItem | null {
    const origin = { line };
    try {
      const imported = recordOfLine(this.#topic, text, this.#query);
      if (!imported) return null;
      const { partition, record } = imported;
      return { origin, topic: this.#topic, partition: partition ?? this.#chooser.choose(record.key), record };
    } catch (error) {
      const failure = asFailure(error);
      if (this.#query.onError === 'stop') throw ofLine(line, failure);
      return { origin, refused: failure };
    }
  }
}

function ofLine(line: number, { code, said }: Failure): Failure {
  return new Failure(code, say('import.line', { line, reason: said.detail }), {
    action: said.action,
    fields: [{ field: `lines.${line}`, message: said.detail }],
  });
}
