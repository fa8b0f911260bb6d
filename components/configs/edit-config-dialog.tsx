'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ConfigEntry } from '../../lib/contract/configs.ts';
import { ChangeDialog } from '../changes/change-dialog.tsx';
import { usePlanPreview } from '../changes/use-plan-preview.ts';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { AmountInput } from './amount-input.tsx';
import { isConfigValue } from './config-check.ts';
import { ConfigDocumentation } from './config-documentation.tsx';
import { alterPlan, type ConfigTarget, useAlterConfigs } from './config-target.ts';
import { amountField, amountValue, configUnit } from './config-units.ts';

export interface ConfigDialogProps {
  target: ConfigTarget;
  /** As it was when the dialog was opened: what is typed is not overtaken by a refresh. */
  entry: ConfigEntry;
  onClose: () => void;
}

/** Sets one config of a topic or broker, after showing what that changes. */
export function EditConfigDialog({ target, entry, onClose }: ConfigDialogProps) {
  const t = useTranslations('configs');
  const kind = configUnit(entry.name);
  const [value, setValue] = useState(entry.value ?? '');
  const [amount, setAmount] = useState(() => amountField(kind ?? 'size', entry.value ?? ''));
  const isValid = isConfigValue(entry.type, value);
  const isChanged = value !== (entry.value ?? '') || !entry.isOverridden;
  const changes = { [entry.name]: value };
  const preview = usePlanPreview(target.cluster, isValid && isChanged ? alterPlan(target, changes) : null);
  const alter = useAlterConfigs(target, t('saved', { name: entry.name }));

  function change(text: string) {
    setValue(text);
    if (kind) setAmount(amountField(kind, text.trim()));
  }

  async function submit() {
    if (await alter.run(changes)) onClose();
  }

  return (
    <ChangeDialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={t('editTitle', { name: entry.name })}
      preview={preview}
      submitLabel={t('save')}
      onSubmit={() => void submit()}
      isBusy={alter.isBusy}
      isComplete={isValid && isChanged}
      failure={alter.failure}
    >
      <ConfigDocumentation entry={entry} />
      <ValueField entry={entry} value={value} onChange={change} isValid={isValid} />
      {kind && (
        <AmountInput
          label={t('asAmount')}
          kind={kind}
          canBeUnlimited={entry.name.startsWith('retention.')}
          value={amount}
          onChange={(next) => {
            setAmount(next);
            setValue(amountValue(kind, next) ?? '');
          }}
        />
      )}
    </ChangeDialog>
  );
}

interface ValueFieldProps {
  entry: ConfigEntry;
  value: string;
  onChange: (value: string) => void;
  isValid: boolean;
}

function ValueField({ entry, value, onChange, isValid }: ValueFieldProps) {
  const t = useTranslations('configs');
  return (
    <Field label={t('newValue')} error={isValid ? undefined : t('valueProblem', { type: entry.type })}>
      {(control) =>
        entry.type === 'boolean' ? (
          <Select
            id={control.id}
            value={value}
            onValueChange={onChange}
            choices={['true', 'false'].map((choice) => ({ value: choice, label: choice }))}
          />
        ) : (
          <Input
            {...control}
            className="font-mono"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
