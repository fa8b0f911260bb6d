'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AmountInput } from '../configs/amount-input.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { OtherConfigs } from './other-configs.tsx';
import {
  type CleanupPolicy,
  collidingName,
  type TopicForm,
  type TopicFormContext,
  type TopicFormProblems,
} from './topic-form.ts';

export interface CreateTopicFieldsProps {
  cluster: string;
  form: TopicForm;
  onChange: (change: Partial<TopicForm>) => void;
  context: TopicFormContext;
  problems: TopicFormProblems;
}

const POLICIES: { value: CleanupPolicy; label: 'default' | 'delete' | 'compact' | 'compactDelete' }[] = [
  { value: '', label: 'default' },
  { value: 'delete', label: 'delete' },
  { value: 'compact', label: 'compact' },
  { value: 'compact,delete', label: 'compactDelete' },
];

/** Base UI takes an empty value for none chosen, so the cluster's default goes by a word. */
const DEFAULT = 'default';

export function CreateTopicFields({ cluster, form, onChange, context, problems }: CreateTopicFieldsProps) {
  const t = useTranslations('topics.create');
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());

  /** A field says what is wrong from its first change on, not before anyone has had a chance. */
  function errorOf(field: string): string | undefined {
    const problem = touched.has(field) ? problems[field] : undefined;
    if (!problem) return undefined;
    return t(`problems.${problem}`, {
      count: context.brokersAlive ?? 0,
      other: collidingName(form.name, context.takenNames) ?? '',
    });
  }

  function change(changed: Partial<TopicForm>) {
    setTouched(new Set([...touched, ...Object.keys(changed)]));
    onChange(changed);
  }

  return (
    <>
      <Field label={t('name')} hint={t('nameHint')} error={errorOf('name')}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={300}
            className="font-mono"
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <NumberField
          label={t('partitionCount')}
          hint={t('partitionHint')}
          error={errorOf('partitionCount')}
          value={form.partitionCount}
          onChange={(partitionCount) => change({ partitionCount })}
        />
        <NumberField
          label={t('replicationFactor')}
          hint={
            context.brokersAlive === null ? undefined : t('replicationHint', { count: context.brokersAlive })
          }
          error={errorOf('replicationFactor')}
          value={form.replicationFactor}
          onChange={(replicationFactor) => change({ replicationFactor })}
        />
      </div>
      <Field label={t('cleanupPolicy')}>
        {(control) => (
          <Select
            id={control.id}
            value={form.cleanupPolicy || DEFAULT}
            onValueChange={(policy) =>
              change({ cleanupPolicy: policy === DEFAULT ? '' : (policy as CleanupPolicy) })
            }
            choices={POLICIES.map(({ value, label }) => ({
              value: value || DEFAULT,
              label: t(`policies.${label}`),
            }))}
            className="w-full"
          />
        )}
      </Field>
      <AmountInput
        label={t('retention')}
        kind="duration"
        canBeUnlimited
        value={form.retention}
        onChange={(retention) => change({ retention })}
        error={errorOf('retention')}
      />
      <AmountInput
        label={t('retentionSize')}
        kind="size"
        canBeUnlimited
        value={form.retentionSize}
        onChange={(retentionSize) => change({ retentionSize })}
        error={errorOf('retentionSize')}
      />
      <NumberField
        label={t('minInsyncReplicas')}
        hint={t('minInsyncHint')}
        error={errorOf('minInsyncReplicas')}
        value={form.minInsyncReplicas}
        onChange={(minInsyncReplicas) => change({ minInsyncReplicas })}
      />
      <AmountInput
        label={t('maxMessage')}
        kind="size"
        value={form.maxMessage}
        onChange={(maxMessage) => change({ maxMessage })}
        error={errorOf('maxMessage')}
      />
      <OtherConfigs
        cluster={cluster}
        configs={form.others}
        onChange={(others) => onChange({ others })}
        problems={problems}
      />
    </>
  );
}

interface NumberFieldProps {
  label: string;
  hint?: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

function NumberField({ label, hint, error, value, onChange }: NumberFieldProps) {
  const t = useTranslations('topics.create');
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          placeholder={t('defaultValue')}
          className="text-right"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
