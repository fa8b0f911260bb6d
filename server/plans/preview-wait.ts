/** A plan may take longer than a page: it has to know sizes, groups and offsets to warn. */
const PREVIEW_WAIT_MS = 4000;

/** Until when a plan that is begun now waits for brokers, in milliseconds since the epoch. */
export function previewBy(): number {
  return Date.now() + PREVIEW_WAIT_MS;
}
