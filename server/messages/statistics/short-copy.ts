/**
 * A text, or its beginning, as a string of its own: a part of a string that V8 has cut off keeps the whole of it in memory. Half
 * of a surrogate pair becomes U+FFFD.
 */
export function shortCopy(text: string, mostLength: number): string {
  return Buffer.from(text.length > mostLength ? text.slice(0, mostLength) : text).toString();
}
