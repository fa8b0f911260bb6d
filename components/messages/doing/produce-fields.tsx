'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { SerdeName } from '../../../lib/contract/serdes.ts';
import { lineAndColumnOf } from '../../../lib/kafka/message-template/template-error.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Textarea } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { lineAndColumn, printJson, readJson } from '../exact-json.ts';
import { formErrors, formProblems, type ProduceForm } from './produce-form.ts';

export interface PartProps {
  form: ProduceForm;
  onChange: (changed: Partial<ProduceForm>) => void;
  /** What keys and values can be written by. */
  serdes: readonly SerdeName[];
}

/** What is wrong with the template of a field, with its place; undefined when nothing is. */
export function useTemplateError(form: ProduceForm, field: string): string | undefined {
  const t = useTranslations('doing.template');
  const error = formErrors(form).find((one) => one.field === field);
  if (!error) return undefined;
  const { code, position, found, wanted } = error.reason;
  const { line, column } = lineAndColumnOf(error.template, position);
  return t('at', { line, column, reason: t(`errors.${code}`, { found, wanted }) });
}

export function KeyField({ form, onChange, serdes }: PartProps) {
  const t = useTranslations('doing.produce');
  const error = useTemplateError(form, 'key');
  return (
    <Field label={t('key')} error={error}>
      {(control) => (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Input
            {...control}
            className="min-w-0 flex-1 basis-56 font-mono"
            disabled={!form.hasKey}
            value={form.hasKey ? form.key : ''}
            onChange={(event) => onChange({ key: event.target.value })}
          />
          <SerdeSelect
            label={t('keyAs')}
            value={form.keyAs}
            serdes={serdes}
            isDisabled={!form.hasKey}
            onChange={(keyAs) => onChange({ keyAs })}
          />
          <Checkbox isChecked={!form.hasKey} onCheckedChange={(none) => onChange({ hasKey: !none })}>
            {t('noKey')}
          </Checkbox>
        </div>
      )}
    </Field>
  );
}

export function ValueField({ form, onChange, serdes }: PartProps) {
  const t = useTranslations('doing.produce');
  const error = useTemplateError(form, 'value');
  const isMeantAsJson = /^\s*[{[]/.test(form.value) && !(form.isSeries && form.value.includes('{{'));
  const reading = isMeantAsJson ? readJson(form.value) : null;
  const place = reading && !reading.ok ? lineAndColumn(form.value, reading.mistake.position) : null;
  const needsKey = form.isTombstone && !form.hasKey;
  return (
    <Field
      label={t('value')}
      hint={!form.isTombstone && reading?.ok ? t('jsonOk') : undefined}
      error={form.isTombstone ? undefined : error}
      warning={needsKey ? t('tombstoneNoKey') : place && !form.isTombstone ? t('jsonBad', place) : undefined}
    >
      {(control) => (
        <>
          <Textarea
            {...control}
            rows={8}
            className="font-mono text-xs"
            disabled={form.isTombstone}
            value={form.isTombstone ? '' : form.value}
            onChange={(event) => onChange({ value: event.target.value })}
          />
          <div className="mt-1 flex flex-wrap items-center gap-3">
            <SerdeSelect
              label={t('valueAs')}
              value={form.valueAs}
              serdes={serdes}
              isDisabled={form.isTombstone}
              onChange={(valueAs) => onChange({ valueAs })}
            />
            <Checkbox
              isChecked={form.isTombstone}
              onCheckedChange={(isTombstone) => onChange({ isTombstone })}
            >
              {t('tombstone')}
            </Checkbox>
            <Button
              size="small"
              tone="quiet"
              disabled={!reading?.ok || form.isTombstone}
              onClick={() => {
                if (reading?.ok) onChange({ value: printJson(reading.node) });
              }}
            >
              {t('format')}
            </Button>
          </div>
        </>
      )}
    </Field>
  );
}

interface SerdeSelectProps {
  label: string;
  value: SerdeName;
  serdes: readonly SerdeName[];
  isDisabled: boolean;
  onChange: (serde: SerdeName) => void;
}

function SerdeSelect({ label, value, serdes, isDisabled, onChange }: SerdeSelectProps) {
  const choices = serdes.includes(value) ? serdes : [value, ...serdes];
  return (
    <Select
      label={label}
      value={value}
      onValueChange={onChange}
      isDisabled={isDisabled}
      choices={choices.map((serde) => ({ value: serde, label: serde }))}
    />
  );
}

const BY_KEY = 'by-key';

export function PartitionField({
  form,
  onChange,
  partitionCount,
}: PartProps & { partitionCount: number | null }) {
  const t = useTranslations('doing.produce');
  return (
    <Field label={t('partition')}>
      {(control) => (
        <Select
          id={control.id}
          value={form.partition === undefined ? BY_KEY : String(form.partition)}
          onValueChange={(id) => onChange({ partition: id === BY_KEY ? undefined : Number(id) })}
          choices={[
            { value: BY_KEY, label: t('byKey') },
            ...Array.from({ length: partitionCount ?? 0 }, (_, partition) => ({
              value: String(partition),
              label: String(partition),
            })),
          ]}
        />
      )}
    </Field>
  );
}

export function TimestampField({ form, onChange }: PartProps) {
  const t = useTranslations('doing.produce');
  const error = useTemplateError(form, 'timestamp');
  const isWrong = formProblems(form).includes('timestamp');
  return (
    <Field
      label={t('timestamp')}
      isOptional={t('optional')}
      hint={t(form.isSeries ? 'timestampSeriesHint' : 'timestampHint')}
      error={error ?? (isWrong ? t('timestampBad') : undefined)}
    >
      {(control) => (
        <Input
          {...control}
          className="font-mono"
          placeholder={form.isSeries ? '{{timestamp -1h 0}}' : '2026-01-31T12:00:00Z'}
          value={form.timestamp}
          onChange={(event) => onChange({ timestamp: event.target.value })}
        />
      )}
    </Field>
  );
}

export function HeaderFields({ form, onChange }: PartProps) {
  const t = useTranslations('doing.produce');
  const { headers } = form;
  const replace = (index: number, header: ProduceForm['headers'][number]) =>
    onChange({ headers: headers.map((each, place) => (place === index ? header : each)) });
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-[0.8125rem] font-medium">{t('headers')}</legend>
      {headers.map((_, index) => (
        <HeaderLine
          // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, so lines have no identity but their place
          key={index}
          form={form}
          index={index}
          onChange={(changed) => replace(index, changed)}
          onRemove={() => onChange({ headers: headers.filter((_, place) => place !== index) })}
        />
      ))}
      <Button
        size="small"
        icon={Plus}
        onClick={() => onChange({ headers: [...headers, { key: '', value: '' }] })}
      >
        {t('addHeader')}
      </Button>
    </fieldset>
  );
}

interface HeaderLineProps {
  form: ProduceForm;
  index: number;
  onChange: (header: ProduceForm['headers'][number]) => void;
  onRemove: () => void;
}

function HeaderLine({ form, index, onChange, onRemove }: HeaderLineProps) {
  const t = useTranslations('doing.produce');
  const error = useTemplateError(form, `headers.${index}.value`);
  const header = form.headers[index]!;
  return (
    <div>
      <div className="flex items-center gap-2">
        <Input
          aria-label={t('headerName')}
          aria-invalid={header.key === '' && header.value !== '' ? true : undefined}
          placeholder={t('headerName')}
          title={header.key === '' ? t('headerNameMissing') : undefined}
          className="min-w-0 flex-1 font-mono text-xs"
          value={header.key}
          onChange={(event) => onChange({ ...header, key: event.target.value })}
        />
        <Input
          aria-label={t('headerValue')}
          aria-invalid={error ? true : undefined}
          placeholder={t('headerValue')}
          className="min-w-0 flex-2 font-mono text-xs"
          value={header.value}
          onChange={(event) => onChange({ ...header, value: event.target.value })}
        />
        <IconButton icon={X} label={t('removeHeader', { name: header.key })} onClick={onRemove} />
      </div>
      {error && (
        <p aria-live="polite" className="mt-1 text-xs text-critical">
          {error}
        </p>
      )}
    </div>
  );
}
