import { readJson } from '../serdes/read-json.ts';
import { SerdeError } from '../serdes/serde.ts';
import type { FieldPath } from './field-path.ts';
import type { Hider } from './hide.ts';
import { maskJson } from './mask-json.ts';
import type { Hiding } from './masking-rules.ts';
import { PathState } from './path-state.ts';

export interface Header {
  readonly key: string;
  readonly value: Buffer | null;
}

/** All headers hidden the same way. */
export function hideHeaders(headers: readonly Header[], how: Hiding, hider: Hider): readonly Header[] {
  return headers.flatMap((header) => hidden(header, how, hider));
}

/** Where the paths are among headers. */
export interface HeaderPaths {
  /** Those that name a header, in small letters. */
  readonly names: PathState<Hiding>;
  /** Those that lead into one that is JSON. */
  readonly within: PathState<Hiding>;
}

/** @param paths of several rules, the most important first */
export function headerPaths(paths: readonly (readonly [FieldPath, Hiding])[]): HeaderPaths {
  return {
    names: PathState.of(paths.map(([path, how]) => [namePath(path), how])),
    within: PathState.of(paths),
  };
}

/** The name of a header has dots in it and comes in any case: `X.Trace` is one name. */
function namePath(path: FieldPath): FieldPath {
  const inSmall = path.map((one) => (one.kind === 'name' ? { ...one, name: one.name.toLowerCase() } : one));
  const names = inSmall.map((one) => (one.kind === 'name' ? one.name : null));
  return names.includes(null) ? inSmall : [{ kind: 'name', name: names.join('.') }];
}

/** Headers without those that the paths name, and without the fields that the paths lead to in headers that are JSON. */
export function maskHeaders(
  headers: readonly Header[],
  { names, within }: HeaderPaths,
  hider: Hider,
): readonly Header[] {
  return headers.flatMap((header) => {
    const { key, value } = header;
    const { rule } = names.field(key.toLowerCase());
    if (rule !== null) return hidden(header, rule, hider);
    const { inner } = within.field(key);
    return inner === null || value === null ? [header] : [{ key, value: maskedJson(value, inner, hider) }];
  });
}

function hidden({ key, value }: Header, how: Hiding, hider: Hider): Header[] {
  if (how.kind === 'remove') return [];
  return [{ key, value: value === null ? null : Buffer.from(hider.bytes(how, value) ?? '') }];
}

const UNREADABLE = Buffer.from('***');

/** What begins as JSON and cannot be read as such is hidden: its fields cannot be seen. Other texts have none. */
function maskedJson(value: Buffer, state: PathState<Hiding>, hider: Hider): Buffer {
  if (!/^(?:\s|\xef\xbb\xbf)*[{[]/.test(value.toString('latin1'))) return value;
  const text = value.toString('utf8');
  try {
    readJson(text);
  } catch (error) {
    if (error instanceof SerdeError) return UNREADABLE;
    throw error;
  }
  const masked = maskJson(text, state, hider);
  return masked === text ? value : Buffer.from(masked);
}
