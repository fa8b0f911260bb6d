import type { SerdeName } from '../../../lib/contract/serdes.ts';
import type { Serde } from '../../serdes/serde.ts';
import type { Part } from './tested-record.ts';

/**
 * What the bytes of a record have to hold for the record to match, so that whole batches can be passed over at the speed
 * of memory. It never misses: a record without a place found in its bytes does not match. What it finds still has to be tested.
 */
export interface ByteSearch {
  /** The parts of the record that what is found may be in. */
  readonly parts: readonly Part[];
  /** Found in what is shown of them, or in what they are read as, such as the texts within JSON. */
  readonly looksFor: 'text' | 'value';
  /** How rare what is looked for is likely to be: of several searches, the highest is the best. */
  readonly selectivity: number;
  /**
   * Begins to look through bytes, which must not change meanwhile. The function gives the first place at or after `from`
   * where what is looked for begins, -1 where there is none; `from` must not go back.
   */
  over(bytes: Buffer): (from: number) => number;
}

/** Serdes whose values have their texts and numbers in the bytes, as JSON writes them. XML may write them in any pieces. */
const WITH_VALUES_IN_BYTES: readonly SerdeName[] = ['text', 'json', 'json-schema'];

/**
 * Whether a search may be used for records that are read like this: only where the bytes of its parts are what is shown of them.
 *
 * @param read how a part is read; null: something in it is masked, so that bytes say nothing of what is shown
 */
export function isSound(
  search: Pick<ByteSearch, 'parts' | 'looksFor'>,
  read: (part: 'key' | 'value') => Pick<Serde, 'name' | 'isSearchableInBytes'> | null,
  areHeadersMasked: boolean,
): boolean {
  return search.parts.every((part) => {
    if (part === 'headers') return !areHeadersMasked;
    const serde = read(part);
    if (serde === null || !serde.isSearchableInBytes) return false;
    return search.looksFor === 'text' || WITH_VALUES_IN_BYTES.includes(serde.name);
  });
}

/** Looks for text as it is. Null where it cannot be told from its bytes: U+FFFD stands for whatever is not UTF-8. */
export function exactSearch(text: string, parts: readonly Part[]): ByteSearch | null {
  if (!isToldFromBytes(text)) return null;
  const needle = Buffer.from(text);
  return {
    parts,
    looksFor: 'text',
    selectivity: needle.length,
    over: (bytes) => (from) => bytes.indexOf(needle, from),
  };
}

/**
 * Looks in values for any of several things, each of which is found by its bytes or by a pattern as `patternSearch` takes it.
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
    looksFor: 'value',
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
    looksFor: 'text',
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
