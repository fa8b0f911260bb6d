'use client';

import { useTranslations } from 'next-intl';
import type { BrokerRow } from '../../lib/contract/brokers.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { RadioGroup } from '../ui/segmented.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { chosenBrokers, type GenerateOptions, typedFactor } from './generate-options.ts';

export interface GenerateFormProps {
  /** Undefined while not known. */
  brokers: readonly BrokerRow[] | undefined;
  options: GenerateOptions;
  onChange: (options: GenerateOptions) => void;
}

/** Over which brokers and how the planner spreads the replicas. */
export function GenerateForm({ brokers, options, onChange }: GenerateFormProps) {
  const t = useTranslations('plans.reassign');
  if (!brokers) return <SkeletonRows rows={3} />;
  const chosen = chosenBrokers(options, brokers);
  const toggle = (id: number, isChecked: boolean) =>
    onChange({
      ...options,
      brokers: isChecked ? [...chosen, id] : chosen.filter((other) => other !== id),
    });
  return (
    <>
      <fieldset>
        <legend className="mb-1 text-[0.8125rem] font-medium">{t('brokers')}</legend>
        <div className="grid grid-cols-1 gap-x-4 sm:grid-cols-2">
          {brokers.map((broker) => (
            <Checkbox
              key={broker.id}
              isChecked={chosen.includes(broker.id)}
              onCheckedChange={(isChecked) => toggle(broker.id, isChecked)}
              isDisabled={!broker.isAlive}
            >
              <span>
                {t('brokerLabel', { id: broker.id })}
                <span className="ml-1.5 text-xs text-ink-faint">
                  {[broker.rack, !broker.isAlive && t('down')].filter(Boolean).join(', ')}
                </span>
              </span>
            </Checkbox>
          ))}
        </div>
        {chosen.length === 0 && <p className="mt-1 text-xs text-critical">{t('noBrokers')}</p>}
      </fieldset>
      <RadioGroup
        label={t('strategy')}
        value={options.strategy}
        onValueChange={(strategy) => onChange({ ...options, strategy })}
        choices={[
          { value: 'minimal-movement', label: t('minimal') },
          { value: 'spread-evenly', label: t('even') },
        ]}
      />
      <Checkbox
        isChecked={options.rackAware}
        onCheckedChange={(rackAware) => onChange({ ...options, rackAware })}
      >
        {t('rackAware')}
      </Checkbox>
      <Field
        label={t('replicationFactor')}
        error={
          Number.isNaN(typedFactor(options, chosen.length))
            ? t('factorProblem', { count: chosen.length })
            : undefined
        }
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            placeholder={t('keepFactor')}
            className="w-32 text-right"
            value={options.replicationFactor}
            onChange={(event) => onChange({ ...options, replicationFactor: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
