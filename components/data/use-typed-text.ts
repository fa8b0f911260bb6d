'use client';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Milliseconds of quiet after which the address follows what is typed. */
const QUIET = 250;

/**
 * Text that is typed into a filter and kept in the address. The address follows when the typing rests; it arrives back
 * late, so a value of our own never overwrites what has been typed since. A value from elsewhere (Back, a link) does.
 */
export function useTypedText(addressed: string, address: (text: string) => void) {
  const [text, setText] = useState(addressed);
  const own = useRef(new Set([addressed]));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(address);
  latest.current = address;

  useEffect(() => {
    if (own.current.has(addressed)) return;
    own.current = new Set([addressed]);
    clearTimeout(timer.current);
    setText(addressed);
  }, [addressed]);

  useEffect(() => {
    // Somebody leaves by a link or a row before the typing has rested: written now, the address would call them back.
    const leave = (event: Event) => {
      const way = event.type === 'click' ? 'a, tr' : 'tr';
      const isKey = event.type === 'click' || (event as KeyboardEvent).key === 'Enter';
      if (isKey && (event.target as Element).closest(way)) clearTimeout(timer.current);
    };
    document.addEventListener('click', leave, true);
    document.addEventListener('keydown', leave, true);
    return () => {
      document.removeEventListener('click', leave, true);
      document.removeEventListener('keydown', leave, true);
      clearTimeout(timer.current);
    };
  }, []);

  const type = useCallback((next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => {
        own.current.add(next);
        latest.current(next);
      },
      next === '' ? 0 : QUIET,
    );
  }, []);

  return [text, type] as const;
}
