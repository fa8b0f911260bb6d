'use client';

import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { RenderedMessage } from '../../../lib/kafka/message-template/message-template.ts';
import { IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import type { PartProps } from './produce-fields.tsx';
import { COMPRESSIONS, formProblems, type ProduceForm, previewOf } from './produce-form.ts';

/** How many, how fast, and what a template may have in it. */
export function SeriesFields({ form, onChange }: PartProps) {
  const t = useTranslations('doing.produce');
  const problems = formProblems(form);
  return (
    <div className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t('count')} error={problems.includes('count') ? t('countBad') : undefined}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={form.count}
              onChange={(event) => onChange({ count: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={t('rate')}
          hint={t('rateHint')}
          error={problems.includes('rate') ? t('rateBad') : undefined}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              value={form.rate}
              placeholder={t('ratePlaceholder')}
              onChange={(event) => onChange({ rate: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('compression')}>
          {(control) => (
            <Select
              id={control.id}
              value={form.compression}
              onValueChange={(compression) => onChange({ compression })}
              choices={COMPRESSIONS.map((value) => ({ value, label: value }))}
              className="w-full min-w-0"
            />
          )}
        </Field>
      </div>
      <TemplateHelp />
    </div>
  );
}

const EXAMPLES = [
  ['counter', '{{counter start=100 step=5}}'],
  ['uuid', '{{uuid}}'],
  ['int', '{{int 1 100}}'],
  ['float', '{{float 0 1 decimals=3}}'],
  ['bool', '{{bool}}'],
  ['pick', '{{pick new|paid|shipped}}'],
  ['name', '{{name}}'],
  ['email', '{{email}}'],
  ['text', '{{text 200}}'],
  ['hex', '{{hex 8}}'],
  ['now', '{{now}}'],
  ['timestamp', '{{timestamp -1h 0}}'],
  ['key', '{{key}}'],
  ['escape', '\\{{'],
] as const;

function TemplateHelp() {
  const t = useTranslations('doing.template');
  return (
    <details>
      <summary className="text-[0.8125rem] font-medium text-ink-soft hover:text-ink">{t('help')}</summary>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        {EXAMPLES.map(([name, example]) => (
          <div key={name} className="contents">
            <dt>
              <code className="font-mono break-all">{example}</code>
            </dt>
            <dd className="text-ink-soft">{t(`expressions.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const PREVIEWED = 3;

export interface SeriesPreviewProps {
  form: ProduceForm;
  seed: string;
  /** Other random values. */
  onAgain: () => void;
}

/** The first messages as they will be sent, made in the browser by what the server makes them with. */
export function SeriesPreview({ form, seed, onAgain }: SeriesPreviewProps) {
  const t = useTranslations('doing.produce');
  const shown = useMemo(() => previewOf(form, seed, PREVIEWED), [form, seed]);
  return (
    <section aria-label={t('preview')}>
      <h3 className="mb-1.5 flex items-center gap-2 text-[0.8125rem] font-semibold">
        {t('preview')}
        <IconButton size="small" icon={RotateCw} label={t('again')} onClick={onAgain} />
      </h3>
      {shown.length === 0 ? (
        <p className="text-[0.8125rem] text-ink-faint">{t('noPreview')}</p>
      ) : (
        <ol className="divide-y divide-line rounded-md border border-line">
          {shown.map((message) => (
            <PreviewedMessage key={message.index} message={message} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** Of a key or value as much as shows what it is. */
const SHOWN_CHARACTERS = 600;

function PreviewedMessage({ message: { key, value, headers, timestamp } }: { message: RenderedMessage }) {
  const t = useTranslations('doing.produce');
  const cut = (text: string) =>
    text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return (
    <li className="space-y-0.5 px-3 py-2 font-mono text-xs break-all">
      <p className="text-ink-soft">
        {key === null ? <span className="font-sans text-ink-faint">{t('noKey')}</span> : cut(key)}
        {timestamp !== null && <span className="ml-2 text-ink-faint">{timestamp}</span>}
      </p>
      <p className="whitespace-pre-wrap">
        {value === null ? <span className="font-sans text-ink-faint">{t('tombstone')}</span> : cut(value)}
      </p>
      {headers.length > 0 && (
        <p className="text-ink-faint">
          {headers.map((header) => `${header.key}: ${cut(header.value ?? '')}`).join(' · ')}
        </p>
      )}
    </li>
  );
}
