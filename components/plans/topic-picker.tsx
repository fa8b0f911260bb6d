'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useDebounced } from '../data/use-debounced.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { MultiCombobox } from '../ui/combobox.tsx';
import { Field } from '../ui/field.tsx';

export interface TopicPickerProps {
  cluster: string;
  topics: string[];
  onChange: (topics: string[]) => void;
}

/** Topics of the cluster, found by a part of their names. */
export function TopicPicker({ cluster, topics, onChange }: TopicPickerProps) {
  const t = useTranslations('plans.reassign');
  const [text, setText] = useState('');
  const search = useDebounced(text.slice(0, 249));
  const found = useEndpoint(
    'listTopics',
    { params: { cluster }, query: { search: search || undefined, internal: 'true', limit: 50 } },
    { refetchInterval: false },
  );
  const names = found.data?.items.map((topic) => topic.name) ?? [];
  return (
    <Field label={t('topics')} hint={topics.length === 0 ? t('noTopics') : undefined}>
      {(control) => (
        <MultiCombobox
          id={control.id}
          describedBy={control['aria-describedby']}
          placeholder={t('findTopic')}
          values={topics}
          onValuesChange={onChange}
          onSearch={setText}
          choices={[...new Set([...names, ...topics])]}
        />
      )}
    </Field>
  );
}
