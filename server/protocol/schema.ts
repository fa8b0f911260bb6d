import { ProtocolError } from './protocol-error.ts';

/** The primitive types of Kafka's message definitions. */
export type PrimitiveType =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'float64'
  | 'string'
  | 'uuid'
  | 'bytes'
  | 'records';

/** A structure inside a message. Its fields' versions are versions of the message. */
export interface Struct {
  readonly name: string;
  readonly fields: readonly Field[];
}

/** `[T]` is an array of T. */
export type FieldType = PrimitiveType | Struct | readonly [PrimitiveType | Struct];

export interface FieldOptions {
  /** Versions in which null may be sent. */
  readonly nullable?: string;
  readonly default?: null | boolean | number | bigint | string;
  /** Versions in which the field is a tagged one (KIP-482), and its tag. */
  readonly tagged?: string;
  readonly tag?: number;
  /** May be left out silently where the version does not know the field. */
  readonly ignorable?: true;
  /** 'none': keeps the old encoding even in a flexible version (only the request header's client id does). */
  readonly flexible?: 'none';
}

/** Name, type, the versions that have the field ('3+', '0-7', '2', 'none'), and the rest. */
export type Field = readonly [name: string, type: FieldType, versions: string, options?: FieldOptions];

export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/** One message: a request, a response, or the body of a record. T is the type of its decoded value. */
export interface Message<T> extends Struct {
  readonly minVersion: number;
  readonly maxVersion: number;
  /** First version with compact lengths and tagged fields; Infinity if none. */
  readonly flexibleVersion: number;
  /** The number that names the record's type, written before its version-0 body in a coordinator's key. */
  readonly recordType?: number;
  /** Only for the type checker: never there. */
  readonly decoded?: T;
}

/** A request and its response. */
export interface Api<Request, Response> {
  readonly key: number;
  readonly name: string;
  readonly request: Message<Request>;
  readonly response: Message<Response>;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** First version with compact lengths, tagged fields and the newer headers; Infinity if none. */
  readonly flexibleVersion: number;
  /** True when maxVersion may still change its shape, so that a broker should not offer it by itself. */
  readonly latestVersionUnstable: boolean;
}

/** What may be given to the encoder: every field optional (Kafka's default is sent), int64 also as a safe integer. */
export type Input<T> = T extends bigint
  ? bigint | number
  : T extends Uint8Array
    ? Uint8Array
    : T extends readonly (infer Element)[]
      ? readonly Input<Element>[]
      : T extends object
        ? { readonly [Key in keyof T]?: Input<T[Key]> }
        : T;

const NO_VERSIONS: VersionRange = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
const ranges = new Map<string, VersionRange>([['none', NO_VERSIONS]]);

/** Reads '3+', '0-7', '2' or 'none'. */
export function versionRange(text: string): VersionRange {
  const known = ranges.get(text);
  if (known) return known;
  const match = /^(\d+)(\+|-(\d+))?$/.exec(text);
  if (!match) throw new ProtocolError(`'${text}' is no range of versions`);
  const min = Number(match[1]);
  const max = match[3] !== undefined ? Number(match[3]) : match[2] === '+' ? Number.POSITIVE_INFINITY : min;
  const range = { min, max };
  ranges.set(text, range);
  return range;
}

export function inVersions(version: number, text: string | undefined): boolean {
  if (text === undefined) return false;
  const range = versionRange(text);
  return version >= range.min && version <= range.max;
}

/** Defines a message that is neither request nor response. */
export function defineMessage<T>(
  name: string,
  versions: string,
  flexible: string,
  fields: readonly Field[],
  recordType?: number,
): Message<T> {
  const valid = versionRange(versions);
  return {
    name,
    fields,
    minVersion: valid.min,
    maxVersion: valid.max,
    flexibleVersion: versionRange(flexible).min,
    ...(recordType === undefined ? {} : { recordType }),
  };
}

/** Defines a request and its response; both have the same versions. */
export function defineApi<Request, Response>(
  key: number,
  name: string,
  versions: string,
  flexible: string,
  request: readonly Field[],
  response: readonly Field[],
  latestVersionUnstable = false,
): Api<Request, Response> {
  const valid = versionRange(versions);
  return {
    key,
    name,
    request: defineMessage(`${name}Request`, versions, flexible, request),
    response: defineMessage(`${name}Response`, versions, flexible, response),
    minVersion: valid.min,
    maxVersion: valid.max,
    flexibleVersion: versionRange(flexible).min,
    latestVersionUnstable,
  };
}
