'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';

/** Pixels. */
const LINE_HEIGHT = 20;

export interface WindowedLinesProps {
  count: number;
  line: (index: number) => ReactNode;
  /** The box that scrolls; null until it is on the page. */
  scroller: HTMLElement | null;
}

/** Lines of one height, of which only those in sight are drawn: a text of many megabytes costs no more than a short one. */
export function WindowedLines({ count, line, scroller }: WindowedLinesProps) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  return (
    <div
      className="relative w-max min-w-full font-mono text-xs leading-5"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => (
        <div
          key={index}
          className="absolute top-0 left-0 h-5 w-max min-w-full whitespace-pre"
          style={{ transform: `translateY(${start}px)` }}
        >
          {line(index)}
        </div>
      ))}
    </div>
  );
}
