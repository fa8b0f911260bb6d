'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { useDebounced } from '../../data/use-debounced.ts';
import { useEndpoint } from '../../data/use-endpoint.ts';
import { MultiCombobox } from '../../ui/combobox.tsx';
import { isPattern, MOST_TOPICS } from './topic-pattern.ts';
import type { MeantTopics } from './use-meant-topics.ts';

export interface TopicsChoiceProps {
  cluster: string;
  asked: readonly string[];
  meant: MeantTopics;
  onChange: (asked: string[]) => void;
}

/** Which topics are searched: names that are found as one types, and patterns with `*`. */
export function TopicsChoice({ cluster, asked, meant, onChange }: TopicsChoiceProps) {
  const t = useTranslations('messages.topics');
  const [text, setText] = useState('');
  const typed = text.trim();
  const search = useDebounced(typed.replaceAll('*', ''), 150);
  const { data } = useEndpoint(
    'listTopics',
    { params: { cluster }, query: { search, internal: 'true', limit: 50 } },
    { refetchInterval: false },
  );
  const choices = useMemo(() => {
    const found = data?.items.map(({ name }) => name) ?? [];
    return [...new Set([...(isPattern(typed) ? [typed] : []), ...asked, ...found])];
  }, [data, typed, asked]);
  return (
    <div className="flex flex-col gap-1">
      <MultiCombobox
        label={t('label')}
        placeholder={t('placeholder')}
        values={[...asked]}
        onValuesChange={onChange}
        onSearch={setText}
        choices={choices}
        labelOf={(choice) => (isPattern(choice) ? t('pattern', { pattern: choice }) : choice)}
      />
      <p role="status" className="text-ink-faint text-xs empty:hidden">
        {note()}
      </p>
    </div>
  );

  function note() {
    if (meant.failure) return meant.failure.message;
    if (meant.count > MOST_TOPICS) return t('tooMany', { count: meant.count, most: MOST_TOPICS });
    if (asked.some(isPattern) && meant.topics) return t('meant', { count: meant.count });
    return null;
  }
}
