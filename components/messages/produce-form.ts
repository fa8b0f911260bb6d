import { type ProduceBody, produceBody } from '../../lib/contract/messages.ts';

/** A message to send, as typed. */
export interface ProduceForm {
  hasKey: boolean;
  key: string;
  isTombstone: boolean;
  value: string;
  /** Absent: the key decides. */
  partition: number | undefined;
  headers: { key: string; value: string }[];
}

export const EMPTY_PRODUCE_FORM: ProduceForm = {
  hasKey: true,
  key: '',
  isTombstone: false,
  value: '',
  partition: undefined,
  headers: [],
};

/** The body to send, or null while the form is not complete: a header without a name. */
export function produceBodyOf(form: ProduceForm): ProduceBody | null {
  const text = (data: string) => ({ encoding: 'utf8' as const, data });
  if (form.headers.some((header) => header.key === '')) return null;
  const parsed = produceBody.safeParse({
    partition: form.partition,
    key: form.hasKey ? text(form.key) : null,
    value: form.isTombstone ? null : text(form.value),
    headers: form.headers.map((header) => ({ key: header.key, value: text(header.value) })),
  });
  return parsed.success ? parsed.data : null;
}
