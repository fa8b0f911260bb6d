import type { Part } from './tested-record.ts';

/**
 * What the bytes of a record have to hold for the record to match, so that whole batches can be passed over at the speed
 * of memory. It never misses: a record without a place found in its bytes does not match. What it finds still has to be tested.
 */
export interface ByteSearch {
  /**
   * The parts of the record that what is found may be in. Only sound where the bytes of all of them are what is shown:
   * their serde is searchable in bytes and nothing in them is masked.
   */
  readonly parts: readonly Part[];
  /** How rare what is looked for is likely to be: of several searches, the highest is the best. */
  readonly selectivity: number;
  /**
   * Begins to look through bytes, which must not change meanwhile. The function gives the first place at or after `from`
   * where what is looked for begins, -1 where there is none; `from` must not go back.
   */
  over(bytes: Buffer): (from: number) => number;
}

/** Looks for text as it is. Null where it cannot be told from its bytes: U+FFFD stands for whatever is not UTF-8. */
export function exactSearch(text: string, parts: readonly Part[]): ByteSearch | null {
  if (!isToldFromBytes(text)) return null;
  const needle = Buffer.from(text);
  return {
    parts,
    selectivity: needle.length,
    over: (bytes) => (from) => bytes.indexOf(needle, from),
  };
}

/**
 * Looks for any of several things, each of which is found by its bytes or by a pattern as `patternSearch` takes it.
 *
 * @param selectivity of the one that is found most easily
 */
export function anySearch(
  sought: readonly (Buffer | string)[],
  parts: readonly Part[],
  selectivity: number,
): ByteSearch {
  return {
    parts,
    selectivity,
    over(bytes) {
      const searches = sought.map((one) =>
        typeof one === 'string'
          ? patternSearch(one, parts, selectivity).over(bytes)
          : (from: number) => bytes.indexOf(one, from),
      );
      // What was found further on stays found until it is passed.
      const places = searches.map(() => -2);
      return (from) => {
        let first = -1;
        for (let i = 0; i < searches.length; i++) {
          if (places[i]! === -2 || (places[i]! >= 0 && places[i]! < from)) places[i] = searches[i]!(from);
          const place = places[i]!;
          if (place >= 0 && (first < 0 || place < first)) first = place;
        }
        return first;
      };
    },
  };
}

/**
 * Looks for what a pattern finds in bytes, each of which is taken for the character of that number (ISO 8859-1).
 *
 * @param selectivity the fewest bytes that a find has
 */
export function patternSearch(pattern: string, parts: readonly Part[], selectivity: number): ByteSearch {
  return {
    parts,
    selectivity,
    over(bytes) {
      const text = bytes.toString('latin1');
      const regex = new RegExp(pattern, 'g');
      return (from) => {
        regex.lastIndex = from;
        return regex.exec(text)?.index ?? -1;
      };
    },
  };
}

/** A lone surrogate has no UTF-8, and a replacement character may have been anything. */
export function isToldFromBytes(text: string): boolean {
  return text !== '' && text.isWellFormed() && !text.includes('\ufffd');
}
