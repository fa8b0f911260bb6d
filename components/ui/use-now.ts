import { useSyncExternalStore } from 'react';

/** One clock for the page: every relative time moves on at the same moment, and it stops when nobody watches. */
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

function watch(changed: () => void): () => void {
  watchers.add(changed);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of watchers) each();
    }, 1000);
  }
  return () => {
    watchers.delete(changed);
    if (watchers.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Milliseconds since 1970, moving on each second; 0 on the server, where no relative time can be right. */
export function useNow(): number {
  return useSyncExternalStore(
    watch,
    () => {
      if (now === 0) now = Date.now();
      return now;
    },
    () => 0,
  );
}
