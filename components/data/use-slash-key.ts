'use client';
import { type RefObject, useEffect } from 'react';

/** `/` goes to the page's box for searching, as long as one is not writing somewhere. */
export function useSlashKey(box: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    function focus(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      const isWriting = target.isContentEditable || target.closest('input, textarea, [role=dialog]') !== null;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    }
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, [box]);
}
