import { Section } from '../ui/card.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { FieldTable, type ReferenceText, TypeName } from './field-table.tsx';
import { Operation, type OperationView } from './operation.tsx';
import { fieldRows, type SchemaNode } from './schema-text.ts';

export interface ReferenceProps {
  text: ReferenceText;
  operations: OperationView[];
  schemas: [name: string, schema: SchemaNode][];
  problems: { anchor: string; code: string; status: number; title: string; meaning: string }[];
}

/** The whole API on one page: endpoints by subject, then the shapes they share, then what can go wrong. */
export function ApiReference({ text, operations, schemas, problems }: ReferenceProps) {
  const byTag = [...Map.groupBy(operations, ({ tag }) => tag)];
  return (
    <main className="mx-auto grid max-w-5xl grid-cols-1 gap-8 px-4 py-6">
      <header>
        <h1 className="text-xl font-semibold tracking-tight">{text.title}</h1>
        <p className="mt-1 max-w-3xl text-ink-soft">{text.introduction}</p>
        <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
          <TextLink href="/">{text.home}</TextLink>
          <TextLink href="/api/openapi.json" prefetch={false}>
            OpenAPI 3.1
          </TextLink>
          <TextLink href="#problems">{text.problems}</TextLink>
        </p>
      </header>
      <nav aria-label={text.contents} className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
        {byTag.map(([tag, group]) => (
          <div key={tag}>
            <h2 className="text-xs font-semibold text-ink-faint">{tag}</h2>
            <ul className="mt-1 grid gap-0.5 text-[0.8125rem]">
              {group.map(({ id, summary }) => (
                <li key={id}>
                  <a
                    href={`#${id}`}
                    className="inline-block py-1 underline decoration-line underline-offset-3 hover:decoration-ink"
                  >
                    {summary}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      {byTag.map(([tag, group]) => (
        <Section key={tag} title={tag}>
          <div className="grid grid-cols-1 gap-3">
            {group.map((operation) => (
              <Operation key={operation.id} operation={operation} text={text} />
            ))}
          </div>
        </Section>
      ))}
      <Section title={text.schemas}>
        <div className="grid grid-cols-1 gap-3">
          {schemas.map(([name, schema]) => (
            <Schema key={name} name={name} schema={schema} text={text} />
          ))}
        </div>
      </Section>
      <Section id="problems" title={text.problems} description={text.problemsIntroduction}>
        <dl className="grid gap-3">
          {problems.map(({ anchor, code, status, title, meaning }) => (
            <div key={code} id={anchor} className="rounded-lg border border-line bg-surface p-4">
              <dt className="flex flex-wrap items-baseline gap-x-3">
                <code className="font-mono text-xs font-semibold">
                  {status} {code}
                </code>
                <span>{title}</span>
              </dt>
              <dd className="mt-1 text-ink-soft">{meaning}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </main>
  );
}

function Schema({ name, schema, text }: { name: string; schema: SchemaNode; text: ReferenceText }) {
  const rows = fieldRows(schema);
  return (
    <article id={`schema-${name}`} className="rounded-lg border border-line bg-surface p-4">
      <h3 className="font-mono text-[0.8125rem] font-semibold">{name}</h3>
      <div className="mt-2">
        {rows.length === 0 ? (
          <TypeName node={schema} />
        ) : (
          <FieldTable caption={text.fields} rows={rows} text={text} />
        )}
      </div>
    </article>
  );
}
