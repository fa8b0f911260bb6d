'use client';

import { useEffect } from 'react';

/** Escape ends the reading, unless something that is open wants it, or somebody else has taken it. */
export function useStopKey(isRunning: boolean, stop: () => void) {
  useEffect(() => {
    if (!isRunning) return;
    function press(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      // The first Escape closes what is open.
      if (document.querySelector('[role=dialog], [role=listbox], [role=menu]') === null) stop();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [isRunning, stop]);
}
