'use client';

import { useEffect, useMemo, useState } from 'react';
import { MarkedText } from '../table/marked-text.tsx';
import type { FindMatches } from '../table/matches.ts';
import { textLines } from './text-lines.ts';
import { WindowedLines } from './windowed-lines.tsx';

/** Longer texts are drawn line by line, as far as they are in sight. */
const WHOLE = 50_000;
/** Pixels of a character of `text-xs` in monospace. */
const CHARACTER = 7.23;

export interface TextViewProps {
  text: string;
  /** The box that scrolls. */
  scroller: HTMLElement | null;
  /** Marks what was searched for, in texts that are drawn as a whole. */
  find: FindMatches | null;
}

/** A text as it is, however long. */
export function TextView({ text, scroller, find }: TextViewProps) {
  if (text.length > WHOLE) return <LongText text={text} scroller={scroller} />;
  return (
    <pre className="whitespace-pre-wrap break-words font-mono text-xs leading-5">
      <MarkedText text={text} matches={find?.(text) ?? []} />
    </pre>
  );
}

function LongText({ text, scroller }: Omit<TextViewProps, 'find'>) {
  const columns = useColumns(scroller);
  const lines = useMemo(() => textLines(text, columns), [text, columns]);
  return <WindowedLines count={lines.count} line={lines.line} scroller={scroller} />;
}

/** How many characters fit side by side. */
function useColumns(box: HTMLElement | null): number {
  const [columns, setColumns] = useState(80);
  useEffect(() => {
    if (!box) return;
    const observer = new ResizeObserver(() =>
      setColumns(Math.max(20, Math.floor((box.clientWidth - 24) / CHARACTER))),
    );
    observer.observe(box);
    return () => observer.disconnect();
  }, [box]);
  return columns;
}
