import { decode, encode } from '../../protocol/codec.ts';
import type { Input, Message } from '../../protocol/schema.ts';
import type { GroupRecord } from './group-home.ts';

const VERSION_BYTES = 2;

/** A kind of record that a coordinator keeps: its key starts with the kind's number, its value with a version. */
export interface RecordKind<Key, Value> {
  readonly key: Message<Key>;
  readonly value: Message<Value>;
  /** The value's version that is written. */
  readonly version: number;
}

export function recordKind<Key, Value>(
  key: Message<Key>,
  value: Message<Value>,
  version = 0,
): RecordKind<Key, Value> {
  return { key, value, version };
}

/** A message with the 16 bits before it that say its kind or version. */
export function prefixed<T>(prefix: number, message: Message<T>, version: number, body: Input<T>): Buffer {
  const bytes = encode(message, version, body, VERSION_BYTES);
  bytes.writeInt16BE(prefix, 0);
  return bytes;
}

export function recordOf<Key, Value>(
  kind: RecordKind<Key, Value>,
  key: Input<Key>,
  value: Input<Value>,
): GroupRecord {
  return { ...tombstoneOf(kind, key), value: prefixed(kind.version, kind.value, kind.version, value) };
}

export function tombstoneOf<Key, Value>(kind: RecordKind<Key, Value>, key: Input<Key>): GroupRecord {
  return { key: prefixed(kindNumber(kind), kind.key, 0, key), value: null };
}

/** The number that a record's key starts with. */
export function kindOf(key: Buffer): number {
  return key.readInt16BE(0);
}

/** Brings a coordinator's state up to a record that it wrote, now or in its former life. */
export type Replay<State> = (state: State, key: Buffer, value: Buffer | null) => void;

/** How records of a kind are replayed; a null value is a tombstone. */
export function replayOf<State, Key, Value>(
  kind: RecordKind<Key, Value>,
  apply: (state: State, key: Key, value: Value | null) => void,
): readonly [kind: number, replay: Replay<State>] {
  const replay: Replay<State> = (state, key, value) =>
    apply(
      state,
      decode(kind.key, 0, key, VERSION_BYTES),
      value && decode(kind.value, value.readInt16BE(0), value, VERSION_BYTES),
    );
  return [kindNumber(kind), replay];
}

function kindNumber({ key }: RecordKind<never, never> | RecordKind<unknown, unknown>): number {
  if (key.recordType === undefined) throw new TypeError(`${key.name} is no key of a record`);
  return key.recordType;
}
