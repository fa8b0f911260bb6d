import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * How an answer's body is written: one JSON document, one JSON value a line (NDJSON) until the stream ends, or a file that
 * is streamed as an attachment.
 */
export type AnswerForm = 'json' | 'ndjson' | 'download' | 'empty';

/** How a request's body is written: one JSON document, or one JSON value a line, read as it comes. */
export type BodyForm = 'json' | 'ndjson';

/** One line of an NDJSON body. */
export interface BodyLine {
  /** From 1. */
  readonly number: number;
  /** Without its end; null: it is not UTF-8. */
  readonly text: string | null;
}

/** A file on its way to the one who asked. Breaking off in the middle breaks the connection: a cut file is no whole one. */
export interface Download {
  readonly fileName: string;
  /** One of the endpoint's `media`. */
  readonly mediaType: string;
  readonly text: AsyncIterable<string>;
}

export interface EndpointAddress {
  method: Method;
  /** Below `/api`, parameters in braces: `/v1/clusters/{cluster}/topics/{topic}`. */
  path: string;
}

export interface EndpointShape extends EndpointAddress {
  summary: string;
  tag: string;
  params?: z.ZodType;
  query?: z.ZodType;
  /** Of an NDJSON body: of each line. */
  body?: z.ZodType;
  /** Absent: `json`. */
  bodyForm?: BodyForm;
  answer: z.ZodType;
  form: AnswerForm;
  /** Media types of a download. */
  media?: readonly string[];
  /** Status of a successful answer. */
  status: number;
  /** What it asks of the one who calls: reading, changing records, or changing the cluster. */
  access: 'public' | 'read' | 'write' | 'admin';
}

/** Fills in what most endpoints share, keeping the exact schema types. */
export function endpoint<
  const Shape extends Omit<EndpointShape, 'form' | 'status' | 'access'> &
    Partial<Pick<EndpointShape, 'form' | 'status' | 'access'>>,
>(shape: Shape): Shape & Pick<EndpointShape, 'form' | 'status' | 'access'> {
  const access = shape.method === 'GET' ? 'read' : 'admin';
  return { form: 'json', status: 200, access, ...shape };
}

type Parsed<Schema, Empty> = Schema extends z.ZodType ? z.output<Schema> : Empty;
type Given<Schema, Empty> = Schema extends z.ZodType ? z.input<Schema> : Empty;
type Field<Shape, Name extends string> = Shape extends Record<Name, infer Value> ? Value : undefined;

/** What a handler is given, after validation. */
export interface EndpointInput<Shape> {
  params: Parsed<Field<Shape, 'params'>, Record<never, never>>;
  query: Parsed<Field<Shape, 'query'>, Record<never, never>>;
  body: Field<Shape, 'bodyForm'> extends 'ndjson'
    ? AsyncIterable<BodyLine>
    : Parsed<Field<Shape, 'body'>, undefined>;
}

/** What a caller gives, before defaults. */
export interface EndpointCall<Shape> {
  params?: Given<Field<Shape, 'params'>, Record<never, never>>;
  query?: Given<Field<Shape, 'query'>, Record<never, never>>;
  body?: Field<Shape, 'bodyForm'> extends 'ndjson' ? Blob : Given<Field<Shape, 'body'>, undefined>;
}

export type EndpointAnswer<Shape extends { answer: z.ZodType }> = z.output<Shape['answer']>;
