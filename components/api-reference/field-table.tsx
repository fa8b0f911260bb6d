import type { Catalogue } from '../../lib/i18n/catalogue.ts';
import { type FieldRow, limitsOf, type SchemaNode, typeParts } from './schema-text.ts';

export type ReferenceText = Catalogue['apiReference'];

/** A type, with links to the schemas it names. */
export function TypeName({ node }: { node: SchemaNode }) {
  return (
    <code className="font-mono text-xs break-words">
      {typeParts(node).map((part, index) =>
        typeof part === 'string' ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts never move
          <a key={index} href={`#schema-${part.schema}`} className="underline underline-offset-2">
            {part.schema}
          </a>
        ),
      )}
    </code>
  );
}

/** Names, types and meanings of fields or parameters. */
export function FieldTable({
  caption,
  rows,
  text,
}: {
  caption: string;
  rows: FieldRow[];
  text: ReferenceText;
}) {
  if (rows.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-left text-[0.8125rem]">
        <caption className="pb-1 text-left text-xs font-semibold text-ink-soft">{caption}</caption>
        <thead className="text-xs text-ink-faint">
          <tr className="border-b border-line">
            <th className="py-1 pr-4 font-medium">{text.name}</th>
            <th className="py-1 pr-4 font-medium">{text.type}</th>
            <th className="py-1 font-medium">{text.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ path, node, isRequired }, index) => {
            const limits = limitsOf(node);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never move, and alternatives share names
              <tr key={index} className="border-b border-line align-top last:border-0">
                <td className="py-1 pr-4">
                  <code className="font-mono text-xs">{path}</code>
                  {isRequired ? <span className="ml-2 text-2xs text-ink-faint">{text.required}</span> : null}
                </td>
                <td className="max-w-72 py-1 pr-4">
                  <TypeName node={node} />
                </td>
                <td className="py-1 text-ink-soft">
                  {node.description}
                  {limits ? (
                    <code className="ml-1 font-mono text-2xs break-all text-ink-faint">{limits}</code>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
