import type { Match } from './matches.ts';

/** Text with what was searched for marked in it. */
export function MarkedText({ text, matches }: { text: string; matches: readonly Match[] }) {
  if (matches.length === 0) return text;
  const parts = matches.map(({ start, end }, index) => ({
    before: text.slice(index === 0 ? 0 : (matches[index - 1] as Match).end, start),
    found: text.slice(start, end),
    start,
  }));
  return (
    <>
      {parts.map(({ before, found, start }) => (
        <span key={start}>
          {before}
          <mark className="rounded-xs bg-selected px-px font-semibold text-ink underline underline-offset-2">
            {found}
          </mark>
        </span>
      ))}
      {text.slice((matches.at(-1) as Match).end)}
    </>
  );
}
