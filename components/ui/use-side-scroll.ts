import { useEffect, useState } from 'react';

/** Whether there is more of an element to the side than is seen, so that a hint can say so. */
export function useSideScroll(box: HTMLElement | null): boolean {
  const [hidesMore, setHidesMore] = useState(false);
  useEffect(() => {
    if (!box) return;
    const look = () => setHidesMore(box.scrollWidth - box.clientWidth - box.scrollLeft > 8);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(box);
    if (box.firstElementChild) observer.observe(box.firstElementChild);
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, [box]);
  return hidesMore;
}
