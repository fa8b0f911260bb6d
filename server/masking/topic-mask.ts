import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Decoded } from '../serdes/serde.ts';
import type { FieldPath } from './field-path.ts';
import { Hider } from './hide.ts';
import { FieldsMasked, type Shown, WholeMasked } from './mask.ts';
import { type Header, type HeaderPaths, headerPaths, hideHeaders, maskHeaders } from './mask-headers.ts';
import type { Hiding, MaskedPart, Masking, MaskingRule } from './masking-rules.ts';
import { ANY_ELEMENT, type Entered, PathState } from './path-state.ts';

/** How one part of a topic's records is masked. */
interface PartMask {
  /** All of it; null: only fields. */
  readonly whole: Hiding | null;
  readonly fields: readonly (readonly [FieldPath, Hiding])[];
}

/**
 * Hides what the rules of one topic say. It stands between what a serde reads and everybody who looks at it: there is no other way
 * to the content of a part that `masks` is true of.
 */
export class TopicMask {
  readonly #parts: Record<MaskedPart, PartMask | null>;
  readonly #fields: Record<'key' | 'value', PathState<Hiding>>;
  readonly #headers: HeaderPaths;
  readonly #hider: Hider;

  /** @param masking null: nothing is masked */
  constructor(masking: Masking | null) {
    const rules = masking?.rules ?? [];
    const [key, value, headers] = [
      partMask(rules, 'key'),
      partMask(rules, 'value'),
      partMask(rules, 'headers'),
    ];
    this.#parts = { key, value, headers };
    this.#fields = { key: PathState.of(key?.fields ?? []), value: PathState.of(value?.fields ?? []) };
    this.#headers = headerPaths(headers?.fields ?? []);
    this.#hider = new Hider(masking?.hashKey ?? '');
  }

  masks(part: MaskedPart): boolean {
    return this.#parts[part] !== null;
  }

  /**
   * What may be shown of a key or value that `masks` is true of.
   *
   * @param decode reads the bytes; it may throw what serdes throw
   */
  shown(part: 'key' | 'value', bytes: Buffer, decode: () => Decoded): Shown {
    const { whole } = this.#parts[part]!;
    if (whole !== null) return new WholeMasked(this.#hider.bytes(whole, bytes));
    return new FieldsMasked(decode, this.#fields[part], this.#hider);
  }

  /**
   * Whether a rule hides a field, or something that it is in. What messages have there is what stands in its place.
   *
   * @param path names of fields; null for the elements of a list, whichever
   */
  hidesField(part: 'key' | 'value', path: readonly (string | null)[]): boolean {
    if (this.#parts[part]?.whole) return true;
    let state = this.#fields[part];
    for (const name of path) {
      const { rule, inner }: Entered<Hiding> = name === null ? state.element(ANY_ELEMENT) : state.field(name);
      if (rule !== null) return true;
      if (inner === null) return false;
      state = inner;
    }
    return false;
  }

  headers(headers: readonly Header[]): readonly Header[] {
    const mask = this.#parts.headers;
    if (mask === null) return headers;
    return mask.whole === null
      ? maskHeaders(headers, this.#headers, this.#hider)
      : hideHeaders(headers, mask.whole, this.#hider);
  }

  /**
   * Fields are found by what the topic's own serde reads. Another one may read the same bytes without them, or under other names,
   * so nobody may choose one.
   *
   * @throws Failure `forbidden`
   */
  refuseOtherSerde(part: 'key' | 'value'): void {
    if (!this.masks(part)) return;
    throw new Failure('forbidden', say(part === 'key' ? 'masking.keySerde' : 'masking.valueSerde'), {
      action: say('masking.serde.do'),
    });
  }
}

function partMask(rules: readonly MaskingRule[], part: MaskedPart): PartMask | null {
  const own = rules.filter((rule) => rule.in.includes(part));
  if (own.length === 0) return null;
  return {
    whole: own.find(({ fields }) => fields === null)?.how ?? null,
    fields: own.flatMap(({ fields, how }) => (fields ?? []).map((path) => [path, how] as const)),
  };
}
