'use client';

import { CaseSensitive, Regex, Search, WholeWord, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Ref } from 'react';
import { Input } from '../../ui/input.tsx';
import { ToggleButton } from '../../ui/toggle-button.tsx';
import type { DraftEditing } from './use-draft.ts';

/** Text to be found in messages, and how it is meant: case, whole words, or as a regular expression. Enter searches. */
export function SearchBox({ editing, ref }: { editing: DraftEditing; ref: Ref<HTMLInputElement> }) {
  const t = useTranslations('messages.search');
  const { draft, edit, run, problems } = editing;
  /** A switch acts at once when there is something that it is about. */
  const turn = (change: Parameters<typeof edit>[0]) => (draft.text === '' ? edit(change) : run(change));
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1 max-sm:basis-full sm:min-w-72">
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-faint" />
        <Input
          ref={ref}
          type="text"
          role="searchbox"
          enterKeyHint="search"
          aria-label={t('text')}
          aria-invalid={problems.text ? true : undefined}
          aria-describedby="search-text-problem"
          placeholder={t(draft.isRegex ? 'patternPlaceholder' : 'placeholder')}
          className={`pr-27 pl-8 ${draft.isRegex ? 'font-mono' : ''}`}
          value={draft.text}
          onChange={(event) => edit({ text: event.target.value })}
        />
        <div className="absolute top-1 right-1 flex gap-px bg-surface">
          {draft.text !== '' && (
            <button
              type="button"
              aria-label={t('clear')}
              title={t('clear')}
              onClick={() => run({ text: '' })}
              className="grid size-6 place-items-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          )}
          <ToggleButton
            icon={CaseSensitive}
            label={t('matchCase')}
            isOn={draft.matchCase}
            onChange={(matchCase) => turn({ matchCase })}
          />
          <ToggleButton
            icon={WholeWord}
            label={t('wholeWord')}
            isOn={draft.wholeWord && !draft.isRegex}
            isDisabled={draft.isRegex}
            onChange={(wholeWord) => turn({ wholeWord })}
          />
          <ToggleButton
            icon={Regex}
            label={t('regex')}
            isOn={draft.isRegex}
            onChange={(isRegex) => turn({ isRegex })}
          />
        </div>
      </div>
      <p id="search-text-problem" role="status" className="text-critical text-xs empty:hidden">
        {problems.text ? t(`problems.${problems.text}`) : null}
      </p>
    </div>
  );
}
