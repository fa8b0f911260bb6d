'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ConfigEntry } from '../../lib/contract/configs.ts';
import { ConfigDocumentation } from '../configs/config-documentation.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { Input } from '../ui/input.tsx';
import { COMMON_CONFIGS, type TopicForm, type TopicFormProblems } from './topic-form.ts';
import { useConfigCatalogue } from './use-config-catalogue.ts';

export interface OtherConfigsProps {
  cluster: string;
  configs: TopicForm['others'];
  onChange: (configs: TopicForm['others']) => void;
  problems: TopicFormProblems;
}

/** Any config by its name, with what the cluster's brokers say about it. */
export function OtherConfigs({ cluster, configs, onChange, problems }: OtherConfigsProps) {
  const t = useTranslations('topics.create');
  const catalogue = useConfigCatalogue(cluster);
  const names = catalogue
    .map((entry) => entry.name)
    .filter((name) => !COMMON_CONFIGS.some((common) => common === name));
  return (
    <fieldset className="space-y-3">
      <legend className="text-[0.8125rem] font-medium">{t('others')}</legend>
      {configs.map((config, index) => (
        <OtherConfig
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity until they are named
          key={index}
          config={config}
          names={names}
          entry={catalogue.find((entry) => entry.name === config.name.trim())}
          problem={config.name === '' ? undefined : problems[`others.${index}.name`]}
          onChange={(changed) => onChange(configs.map((each, place) => (place === index ? changed : each)))}
          onRemove={() => onChange(configs.filter((_, place) => place !== index))}
        />
      ))}
      <Button size="small" icon={Plus} onClick={() => onChange([...configs, { name: '', value: '' }])}>
        {t('addConfig')}
      </Button>
    </fieldset>
  );
}

interface OtherConfigProps {
  config: TopicForm['others'][number];
  names: string[];
  entry: ConfigEntry | undefined;
  problem: TopicFormProblems[string] | undefined;
  onChange: (config: TopicForm['others'][number]) => void;
  onRemove: () => void;
}

function OtherConfig({ config, names, entry, problem, onChange, onRemove }: OtherConfigProps) {
  const t = useTranslations('topics.create');
  return (
    <div>
      <div className="flex items-center gap-2">
        {names.length > 0 ? (
          <Combobox
            label={t('configName')}
            placeholder={t('configName')}
            value={config.name || null}
            onValueChange={(name) => onChange({ ...config, name: name ?? '' })}
            choices={names}
            isInvalid={problem !== undefined}
            className="min-w-0 flex-3"
          />
        ) : (
          <Input
            aria-label={t('configName')}
            placeholder={t('configName')}
            value={config.name}
            onChange={(event) => onChange({ ...config, name: event.target.value })}
            aria-invalid={problem ? true : undefined}
            className="min-w-0 flex-3 font-mono text-xs"
          />
        )}
        <Input
          aria-label={t('configValue')}
          placeholder={entry?.value ?? t('configValue')}
          value={config.value}
          onChange={(event) => onChange({ ...config, value: event.target.value })}
          className="min-w-0 flex-2 font-mono text-xs"
        />
        <IconButton icon={X} label={t('removeConfig', { name: config.name })} onClick={onRemove} />
      </div>
      {problem && (
        <p className="mt-1 text-xs text-critical">{t(`problems.${problem}`, { count: 0, other: '' })}</p>
      )}
      {entry && <ConfigDocumentation entry={entry} className="mt-1" />}
    </div>
  );
}
