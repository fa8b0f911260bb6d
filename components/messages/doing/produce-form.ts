import type { EndpointCall } from '../../../lib/contract/endpoint.ts';
import type { Endpoints } from '../../../lib/contract/endpoints.ts';
import type { SerdeName } from '../../../lib/contract/serdes.ts';
import {
  compileMessage,
  type MessageTemplateError,
  type MessageTexts,
  type RenderedMessage,
  templateErrors,
} from '../../../lib/kafka/message-template/message-template.ts';

type ProduceBody = NonNullable<EndpointCall<Endpoints['produceMessage']>['body']>;
type ProduceManyBody = NonNullable<EndpointCall<Endpoints['produceMany']>['body']>;

export const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

/** One message or a series of messages to send, as typed. */
export interface ProduceForm {
  hasKey: boolean;
  key: string;
  /** Which serde writes it; `text` is as it stands. */
  keyAs: SerdeName;
  isTombstone: boolean;
  value: string;
  valueAs: SerdeName;
  /** Absent: the key decides. */
  partition: number | undefined;
  headers: { key: string; value: string }[];
  /** ISO 8601 or milliseconds; empty: when it is sent. */
  timestamp: string;
  /** Texts are templates, and several are made of them. */
  isSeries: boolean;
  count: string;
  /** Messages a second; empty: as fast as it goes. */
  rate: string;
  compression: (typeof COMPRESSIONS)[number];
}

export const EMPTY_PRODUCE_FORM: ProduceForm = {
  hasKey: true,
  key: '',
  keyAs: 'text',
  isTombstone: false,
  value: '',
  valueAs: 'text',
  partition: undefined,
  headers: [],
  timestamp: '',
  isSeries: false,
  count: '100',
  rate: '',
  compression: 'none',
};

export const MOST_MESSAGES = 100_000_000;
const MOST_RATE = 10_000_000;

export type FormProblem = 'headerName' | 'timestamp' | 'count' | 'rate';

/** Why the form cannot be sent, besides its templates; empty when it can. */
export function formProblems(form: ProduceForm): FormProblem[] {
  const problems: FormProblem[] = [];
  if (form.headers.some((header) => header.key === '')) problems.push('headerName');
  if (!form.isSeries && form.timestamp !== '' && timeOf(form.timestamp) === null) problems.push('timestamp');
  if (!form.isSeries) return problems;
  const count = Number(form.count);
  if (!/^\d{1,9}$/.test(form.count) || count < 1 || count > MOST_MESSAGES) problems.push('count');
  const rate = Number(form.rate);
  if (form.rate !== '' && !(rate >= 0.01 && rate <= MOST_RATE)) problems.push('rate');
  return problems;
}

/** The body that sends one message, or null while the form is not complete. */
export function produceBodyOf(form: ProduceForm): ProduceBody | null {
  if (formProblems({ ...form, isSeries: false }).length > 0) return null;
  const time = form.timestamp === '' ? null : timeOf(form.timestamp);
  return { ...partsOf(form), ...(time === null ? {} : { timestamp: new Date(time).toISOString() }) };
}

/** The body that sends a series, or null while the form is not complete. */
export function seriesBodyOf(form: ProduceForm, seed: string): ProduceManyBody | null {
  if (formProblems(form).length > 0 || formErrors(form).length > 0) return null;
  return {
    ...partsOf(form),
    ...(form.timestamp === '' ? {} : { timestamp: form.timestamp }),
    count: Number(form.count),
    ...(form.rate === '' ? {} : { rate: Number(form.rate) }),
    compression: form.compression,
    seed,
  };
}

/** Mistakes in the templates of a series. */
export function formErrors(form: ProduceForm): MessageTemplateError[] {
  return form.isSeries ? templateErrors(textsOf(form)) : [];
}

/** The first messages of a series as they will be; none while its templates are wrong. */
export function previewOf(form: ProduceForm, seed: string, count: number): RenderedMessage[] {
  if (formErrors(form).length > 0) return [];
  const make = compileMessage(textsOf(form), seed);
  const most = /^\d+$/.test(form.count) ? Math.min(count, Number(form.count)) : count;
  try {
    return Array.from({ length: most }, (_, index) => make(index, Date.now()));
  } catch (error) {
    // What grows too long the server refuses with a sentence.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** A seed for a series, so that what was previewed is what is sent. */
export function newSeed(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function textsOf(form: ProduceForm): MessageTexts {
  return {
    key: form.hasKey ? form.key : null,
    value: form.isTombstone ? null : form.value,
    headers: form.headers,
    timestamp: form.timestamp === '' ? null : form.timestamp,
  };
}

function partsOf(form: ProduceForm) {
  return {
    partition: form.partition,
    key: form.hasKey ? written(form.key, form.keyAs) : null,
    value: form.isTombstone ? null : written(form.value, form.valueAs),
    headers: form.headers.map((header) => ({ key: header.key, value: written(header.value, 'text') })),
  };
}

function written(data: string, as: SerdeName) {
  return as === 'text' ? { encoding: 'utf8' as const, data } : { serde: as, data };
}

/** Milliseconds since the epoch; null for what is no time. */
function timeOf(text: string): number | null {
  const time = /^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
