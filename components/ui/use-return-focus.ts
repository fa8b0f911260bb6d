'use client';
import { useEffect, useState } from 'react';

/**
 * Gives the focus back to whoever had it before a dialog came. For dialogs that leave the page at once when they are
 * closed: Base UI gives it back only for those that stay and have a trigger of their own.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => (typeof document === 'undefined' ? null : document.activeElement));
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus();
      });
    },
    [opener],
  );
}
