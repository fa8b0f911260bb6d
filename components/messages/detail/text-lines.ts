/** The lines of a text as they are drawn: those of the text, long ones broken after so many characters. */
export interface TextLines {
  readonly count: number;
  /** What stands in a line, without the break that ends it. */
  line(index: number): string;
}

/** Finds where the lines of a text begin, without taking it apart: texts of many megabytes are shown so. */
export function textLines(text: string, columns: number): TextLines {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (;;) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found - (text[found - 1] === '\r' ? 1 : 0);
    let start = at;
    do {
      const stop = Math.min(end, isPair(text, start + columns) ? start + columns + 1 : start + columns);
      starts.push(start);
      ends.push(stop);
      start = stop;
    } while (start < end);
    if (found === -1) break;
    at = found + 1;
  }
  return { count: starts.length, line: (index) => text.slice(starts[index], ends[index]) };
}

/** Whether a break there would cut a character in two. */
function isPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000;
}
