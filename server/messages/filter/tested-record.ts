import type { Plain, SomeFields } from '../../serdes/serde.ts';

/** The parts of a record that something can be looked for in. */
export type Part = 'key' | 'value' | 'headers';

/**
 * A record as tests see it. What costs anything is a getter and made when it is first asked for, so a test asks for as
 * little as it can. Getters may throw SchemaNeeded, which passes through every test untouched.
 */
export interface TestedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds; -1 where the record has none. */
  readonly timestamp: number;
  /** Bytes of key and value together. */
  readonly size: number;
  readonly isTombstone: boolean;
  readonly headers: readonly TestedHeader[];
  readonly key: DecodedPart;
  readonly value: DecodedPart;
}

/** As it is shown: what a rule hides is not in `value`. */
export interface TestedHeader {
  readonly key: string;
  readonly value: Buffer | null;
}

/** A key or value as it is shown: read by its serde and masked. */
export interface DecodedPart {
  readonly isNull: boolean;
  /** What can be searched: what is shown, or, where that could not be read, the bytes as UTF-8. Null where there is nothing, and where a rule hides it all. */
  readonly text: string | null;
  /** Undefined where it could not be read, and where a rule hides it all. */
  readonly plain: Plain | undefined;
  /** The same for who looks at nothing but these fields of it: others may be missing. */
  only(fields: SomeFields): Plain | undefined;
  /** A rule has hidden parts of it, or all. */
  readonly isMasked: boolean;
}
