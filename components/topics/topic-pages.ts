import type { TopicPage } from '../../lib/contract/topics.ts';

/** Pages as the query cache holds them: each with the cursor that it was asked for with. */
export interface PagesData {
  pages: TopicPage[];
  pageParams: (string | undefined)[];
}

/**
 * Puts fresh answers in the place of the pages from `first` on. `isBroken` when the chain of cursors no longer holds
 * (topics came or went, or the pages were replaced meanwhile): then all of them must be asked for again.
 */
export function refreshPages(
  data: PagesData,
  first: number,
  asked: readonly (string | undefined)[],
  answers: readonly TopicPage[],
): { data: PagesData; isBroken: boolean } {
  if (asked.some((cursor, index) => data.pageParams[first + index] !== cursor))
    return { data, isBroken: false };
  const pages = data.pages.slice();
  answers.forEach((answer, index) => {
    pages[first + index] = answer;
  });
  const isBroken = pages.some((page, index) => {
    const next = data.pageParams[index + 1];
    return index + 1 < pages.length && (page.nextCursor ?? undefined) !== next;
  });
  return { data: { pages, pageParams: data.pageParams }, isBroken };
}
