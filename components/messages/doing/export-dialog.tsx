'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useEndpoint } from '../../data/use-endpoint.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { RadioGroup, Segmented } from '../../ui/segmented.tsx';
import {
  columnMistake,
  EMPTY_EXPORT_FORM,
  EXPORT_FORMATS,
  type ExportForm,
  exportUrl,
  withColumn,
} from './export-form.ts';
import type { ReadQuery } from './resend-form.ts';

export interface ExportDialogProps {
  cluster: string;
  topic: string;
  /** What the page reads. */
  query: ReadQuery;
  onClose: () => void;
}

/** Downloads what the page has found, as a file that the browser streams to the disk. */
export function ExportDialog({ cluster, topic, query, onClose }: ExportDialogProps) {
  const t = useTranslations('doing.export');
  const [form, setForm] = useState<ExportForm>(EMPTY_EXPORT_FORM);
  const [wasBegun, setBegun] = useState(false);
  const change = (changed: Partial<ExportForm>) => {
    setForm({ ...form, ...changed });
    setBegun(false);
  };
  const mistake = columnMistake(form);
  const url = exportUrl({ cluster, topic, query }, form);
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
          {wasBegun && (
            <p role="status" className="mr-auto text-[0.8125rem] text-ink-soft">
              {t('begun')}
            </p>
          )}
          <Button onClick={onClose}>{t('close')}</Button>
          {mistake === null ? (
            <a href={url} download onClick={() => setBegun(true)} className={buttonClass('primary')}>
              <Download aria-hidden className="size-4" />
              {t('submit')}
            </a>
          ) : (
            <Button tone="primary" icon={Download} disabled>
              {t('submit')}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-4">
        <Segmented
          label={t('format')}
          value={form.format}
          onValueChange={(format) => change({ format })}
          choices={EXPORT_FORMATS.map((value) => ({ value, label: t(`formats.${value}`) }))}
        />
        <p className="text-xs text-ink-soft">{t(`about.${form.format}`)}</p>
        <RadioGroup
          label={t('which')}
          value={form.isAsShown ? 'shown' : 'all'}
          onValueChange={(which) => change({ isAsShown: which === 'shown' })}
          choices={[
            { value: 'all', label: t('all'), hint: t('allHint') },
            {
              value: 'shown',
              label: t('asShown'),
              hint: t('asShownHint', { count: Number(query.limit ?? 100) }),
            },
          ]}
        />
        {form.format !== 'ndjson' && (
          <ColumnsField cluster={cluster} topic={topic} form={form} mistake={mistake} onChange={change} />
        )}
        <div className="flex flex-col items-start gap-1">
          {form.format === 'csv' && (
            <>
              <Checkbox isChecked={form.hasHead} onCheckedChange={(hasHead) => change({ hasHead })}>
                {t('head')}
              </Checkbox>
              <Checkbox
                isChecked={form.escapesFormulas}
                onCheckedChange={(escapesFormulas) => change({ escapesFormulas })}
              >
                {t('formulas')}
              </Checkbox>
              <Checkbox isChecked={form.isForExcel} onCheckedChange={(isForExcel) => change({ isForExcel })}>
                {t('bom')}
              </Checkbox>
            </>
          )}
          {form.format === 'ndjson' && (
            <Checkbox isChecked={form.hasDecoded} onCheckedChange={(hasDecoded) => change({ hasDecoded })}>
              {t('decoded')}
            </Checkbox>
          )}
          <Checkbox
            isChecked={form.skipsProblems}
            onCheckedChange={(skipsProblems) => change({ skipsProblems })}
          >
            {t('skip')}
          </Checkbox>
        </div>
        {mistake === null && (
          <details>
            <summary className="text-[0.8125rem] font-medium text-ink-soft hover:text-ink">
              {t('command')}
            </summary>
            <div className="mt-2">
              <CodeBlock code={`curl -fOJ '${absolute(url)}'`} label={t('command')} isWrapped />
            </div>
          </details>
        )}
      </div>
    </Dialog>
  );
}

function absolute(url: string): string {
  return typeof window === 'undefined' ? url : new URL(url, window.location.origin).href;
}

interface ColumnsFieldProps {
  cluster: string;
  topic: string;
  form: ExportForm;
  mistake: number | null;
  onChange: (changed: Partial<ExportForm>) => void;
}

/** Fields that are offered. */
const MOST_FIELDS = 16;

function ColumnsField({ cluster, topic, form, mistake, onChange }: ColumnsFieldProps) {
  const t = useTranslations('doing.export');
  const serdes = useEndpoint('getTopicSerdes', { params: { cluster, topic } }, { refetchInterval: false });
  const fields = (serdes.data?.fields ?? []).filter(
    ({ path, types }) => !types.includes('map') && withColumn(form.columns, path) !== form.columns,
  );
  return (
    <Field
      label={t('columns')}
      hint={t('columnsHint')}
      error={
        mistake === null ? undefined : t('columnsBad', { rest: form.columns.slice(mistake, mistake + 20) })
      }
    >
      {(control) => (
        <>
          <Input
            {...control}
            className="font-mono text-xs"
            value={form.columns}
            onChange={(event) => onChange({ columns: event.target.value })}
          />
          {fields.length > 0 && (
            <ul aria-label={t('fields')} className="mt-1.5 flex flex-wrap gap-1">
              {fields.slice(0, MOST_FIELDS).map(({ path }) => (
                <li key={path} className="min-w-0 max-w-full">
                  <Button
                    size="small"
                    className="max-w-full font-mono"
                    onClick={() => onChange({ columns: withColumn(form.columns, path) })}
                  >
                    <span className="truncate">+ {path}</span>
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Field>
  );
}
