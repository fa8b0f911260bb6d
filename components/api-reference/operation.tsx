import { CodeBlock } from '../ui/code-block.tsx';
import { FieldTable, type ReferenceText, TypeName } from './field-table.tsx';
import { fieldRows, type SchemaNode } from './schema-text.ts';

/** One endpoint as the reference shows it. */
export interface OperationView {
  id: string;
  method: string;
  path: string;
  summary: string;
  tag: string;
  parameters: { name: string; description?: string; required: boolean; schema: SchemaNode }[];
  body: ContentView | null;
  status: string;
  answer: ContentView;
}

export interface ContentView {
  mediaType: string;
  schema: SchemaNode;
  example?: unknown;
}

export function Operation({ operation, text }: { operation: OperationView; text: ReferenceText }) {
  const { id, method, path, summary, parameters, body, status, answer } = operation;
  const rows = parameters.map(({ name, description, required, schema }) => ({
    path: name,
    node: { ...schema, description },
    isRequired: required,
  }));
  return (
    <article id={id} className="rounded-lg border border-line bg-surface p-4">
      <h3 className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="rounded-sm border border-edge px-1.5 font-mono text-xs font-semibold">{method}</span>
        <code className="font-mono text-[0.8125rem] break-all">/api{path}</code>
      </h3>
      <p className="mt-1 text-ink-soft">{summary}</p>
      <div className="mt-3 grid grid-cols-1 gap-4">
        <FieldTable caption={text.parameters} rows={rows} text={text} />
        {body ? <Content title={text.body} content={body} text={text} /> : null}
        <Content title={`${text.answer} ${status}`} content={answer} text={text} />
      </div>
    </article>
  );
}

function Content({ title, content, text }: { title: string; content: ContentView; text: ReferenceText }) {
  const { mediaType, schema, example } = content;
  const rows = fieldRows(schema);
  return (
    <div className="grid grid-cols-1 gap-2">
      <p className="text-xs">
        <span className="font-semibold text-ink-soft">{title}</span>{' '}
        <code className="font-mono text-ink-faint">{mediaType}</code>{' '}
        {rows.length === 0 ? <TypeName node={schema} /> : null}
      </p>
      <FieldTable caption={text.fields} rows={rows} text={text} />
      {example === undefined ? null : <CodeBlock label={text.example} code={exampleText(example)} />}
    </div>
  );
}

/** Lines of a stream stand as they are sent; anything else is laid out to be read. */
function exampleText(example: unknown): string {
  return typeof example === 'string' ? example.trimEnd() : JSON.stringify(example, null, 2);
}
