'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { SeenField } from '../../../lib/contract/serdes.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { SuggestInput } from '../../ui/suggest-input.tsx';
import { localTime } from '../search/position.ts';
import {
  type Condition,
  canBeAbsent,
  needsValue,
  type Operator,
  operatorsFor,
  VARIABLES,
  writeCondition,
} from './conditions.ts';
import type { ValueHint } from './literal.ts';
import type { ConditionEditing } from './use-conditions.ts';

export interface ConditionRowsProps {
  editing: ConditionEditing;
  fields: readonly SeenField[];
  isSeveral: boolean;
}

/** Conditions for people who write no expressions: field, operator, value. */
export function ConditionRows({ editing, fields, isSeveral }: ConditionRowsProps) {
  const t = useTranslations('messages.builder');
  const { conditions, hintOf } = editing;
  const subjects = useMemo(
    () => [
      ...fields.map(({ path }) => path),
      'key',
      'value',
      ...VARIABLES.filter((variable) => isSeveral || variable !== 'topic'),
    ],
    [fields, isSeveral],
  );
  if (!conditions) return <p className="text-[0.8125rem] text-ink-soft">{t('tooFree')}</p>;
  const { rows, join } = conditions;
  return (
    <div className="space-y-2">
      <ul className="space-y-2">
        {rows.map((row, index) => (
          <ConditionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            key={index}
            row={row}
            hint={hintOf(row.subject)}
            subjects={subjects}
            fields={fields}
            onChange={(next) => editing.setRow(index, next)}
            onRemove={
              rows.length === 1 && row.subject === '' && row.value === ''
                ? undefined
                : () => editing.removeRow(index)
            }
          />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button size="small" icon={Plus} onClick={editing.addRow}>
          {t('add')}
        </Button>
        {rows.length > 1 && (
          <Segmented
            label={t('join')}
            value={join}
            onValueChange={editing.setJoin}
            choices={[
              { value: 'and', label: t('and') },
              { value: 'or', label: t('or') },
            ]}
            className="h-7"
          />
        )}
      </div>
    </div>
  );
}

interface ConditionRowProps {
  row: Condition;
  hint: ValueHint;
  subjects: readonly string[];
  fields: readonly SeenField[];
  onChange: (row: Condition) => void;
  onRemove: (() => void) | undefined;
}

function ConditionRow({ row, hint, subjects, fields, onChange, onRemove }: ConditionRowProps) {
  const t = useTranslations('messages.builder');
  const operators = operatorsFor(hint, canBeAbsent(row.subject));
  const operator = operators.includes(row.operator) ? row.operator : (operators[0] as Operator);
  const field = fields.find(({ path }) => path === row.subject);
  const isBroken = row.value.trim() !== '' && writeCondition({ ...row, operator }, hint) === null;
  return (
    <li className="flex flex-wrap items-center gap-2">
      <SuggestInput
        label={t('field')}
        placeholder={t('fieldPlaceholder')}
        value={row.subject}
        onValueChange={(subject) => onChange({ ...row, subject, operator })}
        suggestions={subjects}
        noteOf={(subject) => noteOf(fields, subject)}
        className="min-w-40 flex-2"
        inputClassName="font-mono text-xs"
      />
      <Select
        label={t('operator')}
        value={operator}
        onValueChange={(next) => onChange({ ...row, operator: next })}
        choices={operators.map((value) => ({ value, label: t(`operators.${value}`) }))}
        className="min-w-36"
      />
      {needsValue(operator) && hint === 'time' && (
        <Input
          type="datetime-local"
          step={1}
          aria-label={t('value')}
          value={localTime(row.value)}
          onChange={(event) => onChange({ ...row, operator, value: isoOf(event.target.value) })}
          className="w-56"
        />
      )}
      {needsValue(operator) && hint !== 'time' && (
        <SuggestInput
          label={t('value')}
          placeholder={t(operator === 'one-of' ? 'valuesPlaceholder' : 'valuePlaceholder')}
          value={row.value}
          onValueChange={(value) => onChange({ ...row, operator, value })}
          suggestions={operator === 'is' || operator === 'is-not' ? (field?.examples ?? []) : []}
          isInvalid={isBroken}
          inputMode={hint === 'number' ? 'decimal' : undefined}
          className="min-w-32 flex-2"
          inputClassName="font-mono text-xs"
        />
      )}
      {!needsValue(operator) && <span className="flex-2" />}
      <IconButton icon={X} label={t('remove')} disabled={!onRemove} onClick={() => onRemove?.()} />
    </li>
  );
}

function noteOf(fields: readonly SeenField[], subject: string): string {
  const field = fields.find(({ path }) => path === subject);
  return field?.examples[0] ?? field?.types.join(', ') ?? '';
}

function isoOf(local: string): string {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
