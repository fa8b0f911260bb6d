/** A line of a comparison: in both texts, only in the first, or only in the second. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  text: string;
  /** Its number in the first text, from 1; null where it is not in it. */
  before: number | null;
  after: number | null;
}

/** Changes that are looked for before two texts count as different altogether. */
const MOST_CHANGES = 1500;

/**
 * The fewest lines to take away and add that make one text of the other (Myers, "An O(ND) Difference Algorithm", 1986).
 * Texts that differ too much are told as one taken away and the other added.
 */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  const most = Math.min(a.length, b.length) - head;
  while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const middle = shortestEdit(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const kinds = [...Array<Kind>(head).fill('same'), ...middle, ...Array<Kind>(tail).fill('same')];
  return numbered(kinds, a, b);
}

type Kind = DiffLine['kind'];

/** What to do, in order, to make `b` of `a`. */
function shortestEdit(a: readonly string[], b: readonly string[]): Kind[] {
  const trace: Int32Array[] = [];
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  // How far each diagonal reaches: x of the furthest point on it.
  const reach = new Int32Array(2 * most + 3);
  for (let changes = 0; changes <= most; changes += 1) {
    trace.push(reach.slice());
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = startOn(reach, diagonal, changes, most);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reach[diagonal + most + 1] = x;
      if (x >= a.length && x - diagonal >= b.length) return wayBack(trace, a.length, b.length, most);
    }
  }
  return [...Array<Kind>(a.length).fill('removed'), ...Array<Kind>(b.length).fill('added')];
}

/** Where one comes onto a diagonal: down from the one above or right from the one below, whichever is further. */
function startOn(reach: Int32Array, diagonal: number, changes: number, most: number): number {
  const at = diagonal + most + 1;
  const isDown = diagonal === -changes || (diagonal !== changes && reach[at - 1]! < reach[at + 1]!);
  return isDown ? reach[at + 1]! : reach[at - 1]! + 1;
}

/** From the end of both texts to their beginning, by what was known before each change. */
function wayBack(trace: readonly Int32Array[], endX: number, endY: number, most: number): Kind[] {
  const kinds: Kind[] = [];
  let [x, y] = [endX, endY];
  for (let changes = trace.length - 1; changes > 0; changes -= 1) {
    const reach = trace[changes] as Int32Array;
    const at = x - y + most + 1;
    const isDown = x - y === -changes || (x - y !== changes && reach[at - 1]! < reach[at + 1]!);
    const startX = reach[isDown ? at + 1 : at - 1]!;
    const startY = startX - (x - y) + (isDown ? -1 : 1);
    for (; x > startX && y > startY; x -= 1, y -= 1) kinds.push('same');
    kinds.push(isDown ? 'added' : 'removed');
    [x, y] = [startX, startY];
  }
  for (; x > 0; x -= 1) kinds.push('same');
  return kinds.reverse();
}

function numbered(kinds: readonly Kind[], a: readonly string[], b: readonly string[]): DiffLine[] {
  let [x, y] = [0, 0];
  return kinds.map((kind) => {
    const text = (kind === 'added' ? b[y] : a[x]) as string;
    if (kind !== 'added') x += 1;
    if (kind !== 'removed') y += 1;
    return { kind, text, before: kind === 'added' ? null : x, after: kind === 'removed' ? null : y };
  });
}
