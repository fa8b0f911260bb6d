'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '../ui/checkbox.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { type AmountField, type ConfigUnit, unitChoices } from './config-units.ts';

export interface AmountInputProps {
  label: string;
  kind: ConfigUnit;
  value: AmountField;
  onChange: (value: AmountField) => void;
  error?: string;
  /** Offers "no limit", which Kafka writes as -1. */
  canBeUnlimited?: boolean;
}

/** A duration or size with its unit: nobody should have to count the milliseconds of a week. */
export function AmountInput({ label, kind, value, onChange, error, canBeUnlimited }: AmountInputProps) {
  const t = useTranslations('topics.create');
  return (
    <Field label={label} error={error}>
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          <Input
            {...control}
            inputMode="decimal"
            placeholder={t('defaultValue')}
            className="w-28 flex-1 text-right"
            disabled={value.isUnlimited}
            value={value.isUnlimited ? '' : value.amount}
            onChange={(event) => onChange({ ...value, amount: event.target.value })}
          />
          <Select
            label={t('unitOf', { field: label })}
            isDisabled={value.isUnlimited}
            value={value.unit}
            onValueChange={(unit) => onChange({ ...value, unit })}
            choices={unitChoices(kind).map(({ unit }) => ({ value: unit, label: t(`units.${unit}`) }))}
            className="min-w-24"
          />
          {canBeUnlimited && (
            <Checkbox
              isChecked={value.isUnlimited}
              onCheckedChange={(isUnlimited) => onChange({ ...value, isUnlimited })}
            >
              {t('unlimited')}
            </Checkbox>
          )}
        </div>
      )}
    </Field>
  );
}
