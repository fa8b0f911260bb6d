'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Produced } from '../../lib/contract/messages.ts';
import { useAction } from '../data/use-action.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureLine } from '../ui/error-state.tsx';
import { Field } from '../ui/field.tsx';
import { HealthMark } from '../ui/health.tsx';
import { Input, Textarea } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { lineAndColumn, printJson, readJson } from './exact-json.ts';
import { messageHref } from './message-address.ts';
import { EMPTY_PRODUCE_FORM, type ProduceForm, produceBodyOf } from './produce-form.ts';

export interface ProduceDialogProps {
  cluster: string;
  topic: string;
  partitionCount: number | null;
  onClose: () => void;
}

const BY_KEY = 'by-key';

/** Sends messages one at a time and stays open for the next, saying where each one went. */
export function ProduceDialog({ cluster, topic, partitionCount, onClose }: ProduceDialogProps) {
  const t = useTranslations('messages.send');
  const [form, setForm] = useState<ProduceForm>(EMPTY_PRODUCE_FORM);
  const [sent, setSent] = useState<Produced | null>(null);
  const produce = useAction('produceMessage', { showsFailure: true });
  const body = produceBodyOf(form);
  const change = (changed: Partial<ProduceForm>) => setForm({ ...form, ...changed });

  async function submit() {
    if (!body) return;
    setSent(null);
    const answer = await produce.run({ params: { cluster, topic }, body });
    if (answer) setSent(answer);
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={<span className="break-all">{t('title', { topic })}</span>}
      description={t('description')}
      footer={
        <>
          {sent && <Sent cluster={cluster} topic={topic} sent={sent} onFollow={onClose} />}
          <Button onClick={onClose}>{t('close')}</Button>
          <Button type="submit" form="produce" tone="primary" isBusy={produce.isBusy} disabled={!body}>
            {t('submit')}
          </Button>
        </>
      }
    >
      <form
        id="produce"
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t('key')}>
          {(control) => (
            <div className="flex items-center gap-3">
              <Input
                {...control}
                className="min-w-0 flex-1 font-mono"
                disabled={!form.hasKey}
                value={form.hasKey ? form.key : ''}
                onChange={(event) => change({ key: event.target.value })}
              />
              <Checkbox isChecked={!form.hasKey} onCheckedChange={(none) => change({ hasKey: !none })}>
                {t('noKey')}
              </Checkbox>
            </div>
          )}
        </Field>
        <ValueField form={form} onChange={change} />
        <Field label={t('partition')}>
          {(control) => (
            <Select
              id={control.id}
              value={form.partition === undefined ? BY_KEY : String(form.partition)}
              onValueChange={(id) => change({ partition: id === BY_KEY ? undefined : Number(id) })}
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
        <HeaderFields form={form} onChange={change} />
        {produce.failure && <FailureLine failure={produce.failure} />}
      </form>
    </Dialog>
  );
}

interface SentProps {
  cluster: string;
  topic: string;
  sent: Produced;
  onFollow: () => void;
}

function Sent({ cluster, topic, sent, onFollow }: SentProps) {
  const t = useTranslations('messages.send');
  return (
    <p role="status" className="mr-auto flex items-center gap-2 text-[0.8125rem]">
      <HealthMark health="ok" />
      {t('sent', { partition: sent.partition, offset: String(sent.offset) })}
      <TextLink href={messageHref(cluster, topic, sent)} onClick={onFollow}>
        {t('open')}
      </TextLink>
    </p>
  );
}

interface PartProps {
  form: ProduceForm;
  onChange: (changed: Partial<ProduceForm>) => void;
}

function ValueField({ form, onChange }: PartProps) {
  const t = useTranslations('messages.send');
  const isMeantAsJson = /^\s*[{[]/.test(form.value);
  const reading = isMeantAsJson ? readJson(form.value) : null;
  const place = reading && !reading.ok ? lineAndColumn(form.value, reading.mistake.position) : null;
  const needsKey = form.isTombstone && !form.hasKey;
  return (
    <Field
      label={t('value')}
      hint={!form.isTombstone && reading?.ok ? t('jsonOk') : undefined}
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

function HeaderFields({ form, onChange }: PartProps) {
  const t = useTranslations('messages.send');
  const { headers } = form;
  const replace = (index: number, header: ProduceForm['headers'][number]) =>
    onChange({ headers: headers.map((each, place) => (place === index ? header : each)) });
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-[0.8125rem] font-medium">{t('headers')}</legend>
      {headers.map((header, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, so lines have no identity but their place
        <div key={index} className="flex items-center gap-2">
          <Input
            aria-label={t('headerName')}
            aria-invalid={header.key === '' && header.value !== '' ? true : undefined}
            placeholder={t('headerName')}
            title={header.key === '' ? t('headerNameMissing') : undefined}
            className="min-w-0 flex-1 font-mono text-xs"
            value={header.key}
            onChange={(event) => replace(index, { ...header, key: event.target.value })}
          />
          <Input
            aria-label={t('headerValue')}
            placeholder={t('headerValue')}
            className="min-w-0 flex-2 font-mono text-xs"
            value={header.value}
            onChange={(event) => replace(index, { ...header, value: event.target.value })}
          />
          <IconButton
            icon={X}
            label={t('removeHeader', { name: header.key })}
            onClick={() => onChange({ headers: headers.filter((_, place) => place !== index) })}
          />
        </div>
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
