import { addresses } from '../../../lib/contract/addresses.ts';
import { endpointUrl } from '../../../lib/contract/client.ts';
import { parseFieldPaths } from '../../../lib/kafka/field-path.ts';
import type { ReadQuery } from './resend-form.ts';

export const EXPORT_FORMATS = ['ndjson', 'csv', 'text'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What of a topic is downloaded, and how. */
export interface ExportForm {
  format: ExportFormat;
  /** Only as many messages as the page shows; otherwise all that match. */
  isAsShown: boolean;
  columns: string;
  /** In CSV. */
  hasHead: boolean;
  escapesFormulas: boolean;
  isForExcel: boolean;
  /** In NDJSON. */
  hasDecoded: boolean;
  skipsProblems: boolean;
}

export const EMPTY_EXPORT_FORM: ExportForm = {
  format: 'ndjson',
  isAsShown: false,
  columns: 'partition,offset,timestamp,key,value',
  hasHead: true,
  escapesFormulas: true,
  isForExcel: false,
  hasDecoded: false,
  skipsProblems: false,
};

/** Where the columns stop being such; null when they do not. */
export function columnMistake({ format, columns }: ExportForm): number | null {
  if (format === 'ndjson') return null;
  const parsed = parseFieldPaths(columns);
  return 'position' in parsed ? parsed.position : null;
}

/** Adds a column at the end, unless it is there. */
export function withColumn(columns: string, path: string): string {
  const parsed = parseFieldPaths(columns);
  const known = 'paths' in parsed ? parsed.paths.map(({ text }) => text) : [columns.trim()];
  return known.includes(path) ? columns : [...known.filter((text) => text !== ''), path].join(',');
}

/** The address that gives the file. */
export function exportUrl(
  { cluster, topic, query }: { cluster: string; topic: string; query: ReadQuery },
  form: ExportForm,
): string {
  const { follow: _f, maxBytes: _m, control: _c, limit, ...search } = query;
  const { format } = form;
  const from = search.from === undefined || search.from === 'latest' ? 'earliest' : search.from;
  const bounds = form.isAsShown ? { limit } : { from, order: undefined };
  return endpointUrl(addresses.exportMessages, {
    params: { cluster, topic },
    query: {
      ...search,
      ...bounds,
      ...('partitions' in search && Array.isArray(search.partitions)
        ? { partitions: search.partitions.join(',') }
        : {}),
      format,
      ...(format === 'ndjson' ? {} : { columns: form.columns }),
      ...(format === 'csv' && !form.hasHead ? { head: 'false' } : {}),
      ...(format === 'csv' && !form.escapesFormulas ? { formulas: 'keep' } : {}),
      ...(format === 'csv' && form.isForExcel ? { bom: 'true' } : {}),
      ...(format === 'ndjson' && form.hasDecoded ? { decoded: 'true' } : {}),
      ...(form.skipsProblems ? { problems: 'skip' } : {}),
    },
  });
}
