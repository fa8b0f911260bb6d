'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useDebounced } from '../../data/use-debounced.ts';
import { useEndpoint } from '../../data/use-endpoint.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { isMaxGood, ORIGIN_HEADERS, type ResendForm, type ResendWhat } from './resend-form.ts';

export interface ResendFieldsProps {
  cluster: string;
  what: ResendWhat;
  form: ResendForm;
  headerNames: readonly string[];
  isDisabled: boolean;
  onChange: (changed: Partial<ResendForm>) => void;
}

/** Where messages go, and what they keep. */
export function ResendFields(props: ResendFieldsProps) {
  const t = useTranslations('doing.resend');
  const { what, form, isDisabled, onChange } = props;
  return (
    <fieldset disabled={isDisabled} className="min-w-0 space-y-4">
      <legend className="sr-only">{t('where')}</legend>
      <ClusterField {...props} />
      <Segmented
        label={t('topicFrom')}
        value={form.isByHeader ? 'header' : 'one'}
        onValueChange={(kind) => onChange({ isByHeader: kind === 'header' })}
        choices={[
          { value: 'one', label: t('oneTopic'), isDisabled },
          { value: 'header', label: t('byHeader'), isDisabled },
        ]}
      />
      {form.isByHeader && <HeaderField {...props} />}
      <TopicField {...props} />
      <fieldset className="space-y-1">
        <legend className="text-[0.8125rem] font-medium">{t('keeps')}</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          <Checkbox
            isDisabled={isDisabled}
            isChecked={form.keepsKey}
            onCheckedChange={(keepsKey) => onChange({ keepsKey })}
          >
            {t('key')}
          </Checkbox>
          <Checkbox
            isDisabled={isDisabled}
            isChecked={form.keepsHeaders}
            onCheckedChange={(keepsHeaders) => onChange({ keepsHeaders })}
          >
            {t('headers')}
          </Checkbox>
          <Checkbox
            isDisabled={isDisabled}
            isChecked={form.keepsTimestamp}
            onCheckedChange={(keepsTimestamp) => onChange({ keepsTimestamp })}
          >
            {t('timestamp')}
          </Checkbox>
          <Checkbox
            isDisabled={isDisabled}
            isChecked={form.keepsPartition}
            onCheckedChange={(keepsPartition) => onChange({ keepsPartition })}
          >
            {t('partition')}
          </Checkbox>
        </div>
      </fieldset>
      <Checkbox
        isDisabled={isDisabled}
        isChecked={form.tellsSource}
        onCheckedChange={(tellsSource) => onChange({ tellsSource })}
      >
        {t.rich('tellsSource', { code: (name) => <code className="font-mono text-xs">{name}</code> })}
      </Checkbox>
      {what.kind === 'search' && (
        <Field
          label={t('max')}
          isOptional={t('optional')}
          hint={t('maxHint')}
          error={isMaxGood(form.max) ? undefined : t('maxBad')}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              className="max-w-40"
              value={form.max}
              onChange={(event) => onChange({ max: event.target.value })}
            />
          )}
        </Field>
      )}
    </fieldset>
  );
}

function ClusterField({ form, isDisabled, onChange }: ResendFieldsProps) {
  const t = useTranslations('doing.resend');
  const clusters = useEndpoint('listClusters', {}, { refetchInterval: false });
  const choices = clusters.data?.items ?? [];
  if (choices.length < 2) return null;
  return (
    <Field label={t('cluster')}>
      {(control) => (
        <Select
          id={control.id}
          value={form.cluster}
          isDisabled={isDisabled}
          onValueChange={(cluster) => onChange({ cluster, topic: null })}
          choices={choices.map(({ id, name }) => ({ value: id, label: name }))}
          className="w-full"
        />
      )}
    </Field>
  );
}

function TopicField({ form, isDisabled, onChange }: ResendFieldsProps) {
  const t = useTranslations('doing.resend');
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed, 200);
  const topics = useEndpoint(
    'listTopics',
    { params: { cluster: form.cluster }, query: { search, limit: 50 } },
    { refetchInterval: false },
  );
  return (
    <Field
      label={t('topic')}
      isOptional={form.isByHeader ? t('optional') : undefined}
      hint={form.isByHeader ? t('topicOtherwise') : undefined}
    >
      {(control) => (
        <Combobox
          id={control.id}
          describedBy={control['aria-describedby']}
          value={form.topic}
          onValueChange={(topic) => onChange({ topic })}
          onSearch={setTyped}
          isDisabled={isDisabled}
          choices={topics.data?.items.map(({ name }) => name) ?? []}
          placeholder={t('topicPlaceholder')}
        />
      )}
    </Field>
  );
}

function HeaderField({ form, headerNames, onChange }: ResendFieldsProps) {
  const t = useTranslations('doing.resend');
  const known = [...new Set([...headerNames, ...ORIGIN_HEADERS])];
  return (
    <Field label={t('header')} hint={t('headerHint')}>
      {(control) => (
        <>
          <Input
            {...control}
            list={`${control.id}-names`}
            className="font-mono"
            value={form.topicHeader}
            placeholder="original-topic"
            onChange={(event) => onChange({ topicHeader: event.target.value })}
          />
          <datalist id={`${control.id}-names`}>
            {known.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
