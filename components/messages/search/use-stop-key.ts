'use client';

import { useEffect } from 'react';

/** Escape ends the reading, unless something that is open wants it, or somebody else has taken it. */
export function useStopKey(isRunning: boolean, stop: () => void) {
  useEffect(() => {
    if (!isRunning) return;
    function press(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const isTaken = (event.target as HTMLElement).closest(
        '[role=dialog], [role=listbox], [role=menu], [aria-expanded=true][aria-haspopup]',
      );
      if (!isTaken) stop();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [isRunning, stop]);
}
