import type { Download } from '../../../lib/contract/endpoint.ts';
import type { ExportQuery } from '../../../lib/contract/exported-messages.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import type { MessageQuery } from '../../../lib/contract/message-query.ts';
import type { MessageEnd, MessageLine } from '../../../lib/contract/messages.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../../cluster.ts';
import { type Masking, maskingFor } from '../../masking/masking-rules.ts';
import { TopicMask } from '../../masking/topic-mask.ts';
import { compileMessageTest } from '../filter/message-test.ts';
import { readMessages } from '../read-messages.ts';
import { type CellColumn, MessageRow, parseColumns } from './cells.ts';
import { csvLine } from './csv.ts';
import { exportedLine } from './exported-line.ts';

const MEDIA = { ndjson: 'application/x-ndjson', csv: 'text/csv', text: 'text/plain' } as const;
const ENDING = { ndjson: 'ndjson', csv: 'csv', text: 'txt' } as const;
const CSV_COLUMNS = 'partition,offset,timestamp,key,value,headers';
const TEXT_COLUMNS = 'value';
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Messages as a file, read while it is downloaded: nothing is kept. What cannot be read breaks it off, unless it is to be
 * left out. Throws before it begins what reading throws, and `invalid_request` with the field `columns`.
 */
export async function exportMessages(
  cluster: Cluster,
  topic: string,
  query: ExportQuery,
  signal: AbortSignal,
): Promise<Download> {
  const { format } = query;
  const masking = maskingFor(cluster.masking, topic);
  const write = writerOf(topic, query, masking);
  const lines = await readMessages(cluster, topic, readingOf(query, masking), signal);
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  return {
    fileName: `${topic}-${time}Z.${ENDING[format]}`,
    mediaType: MEDIA[format],
    text: textOf(lines, write, query),
  };
}

interface Writer {
  readonly head: string;
  lineOf(message: Extract<Unspoken<MessageLine>, { type: 'message' }>): string;
}

async function* textOf(
  lines: AsyncIterable<Unspoken<MessageLine>>,
  { head, lineOf }: Writer,
  { problems }: ExportQuery,
): AsyncGenerator<string, void> {
  if (head !== '') yield head;
  for await (const line of lines) {
    if (line.type === 'message') yield lineOf(line);
    else if (line.type === 'end') refuseIncomplete(line, problems);
  }
}

/** A file that lacks something must not look whole. */
function refuseIncomplete({ reason, problems }: Unspoken<MessageEnd>, wanted: ExportQuery['problems']): void {
  const [problem] = problems;
  const isBroken = reason === 'failed' || (problem !== undefined && wanted === 'stop');
  if (!isBroken) return;
  const detail = problem
    ? say('about', { subject: problem.subject, reason: problem.detail })
    : say('export.incomplete');
  throw new Failure(problem?.code ?? 'unavailable', detail, { action: problem?.action });
}

function writerOf(topic: string, query: ExportQuery, masking: Masking | null): Writer {
  const { format, decoded, formulas } = query;
  if (format === 'ndjson') {
    const options = { withDecoded: decoded, areHeadersMasked: new TopicMask(masking).masks('headers') };
    return { head: '', lineOf: (message) => exportedLine(topic, message, options) };
  }
  const columns = parseColumns(query.columns ?? (format === 'csv' ? CSV_COLUMNS : TEXT_COLUMNS));
  if (format === 'text') {
    return { head: '', lineOf: (message) => `${cellsOf(columns, topic, message).map(plain).join('\t')}\n` };
  }
  const names = columns.map(({ name }) => name);
  return {
    head: `${query.bom ? BYTE_ORDER_MARK : ''}${query.head ? csvLine(names, formulas) : ''}`,
    lineOf: (message) => csvLine(cellsOf(columns, topic, message), formulas),
  };
}

function cellsOf(
  columns: readonly CellColumn[],
  topic: string,
  message: Extract<Unspoken<MessageLine>, { type: 'message' }>,
) {
  const row = new MessageRow(topic, message);
  return columns.map((column) => column.cellOf(row));
}

function plain(cell: string | number | null): string {
  return cell === null ? '' : String(cell);
}

/** The same as a reading without bounds: every message, and the whole of each. */
function readingOf(query: ExportQuery, masking: Masking | null): MessageQuery {
  const { format, columns: _c, head: _h, formulas: _f, bom: _b, decoded, problems: _p, ...reading } = query;
  // Bytes as they are need nobody to read them, unless something is searched for in them, or hidden.
  const isUnread =
    format === 'ndjson' && !decoded && masking === null && compileMessageTest(query).isEverything;
  return {
    ...reading,
    ...(isUnread ? { keySerde: 'text', valueSerde: 'text' } : {}),
    limit: query.limit ?? Number.POSITIVE_INFINITY,
    maxBytes: Number.POSITIVE_INFINITY,
    follow: false,
    control: false,
  };
}
