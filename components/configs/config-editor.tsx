'use client';

import { useTranslations } from 'next-intl';
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import type { ConfigEntry } from '../../lib/contract/configs.ts';
import { useTypedText } from '../data/use-typed-text.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SearchInput } from '../ui/input.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Switch } from '../ui/switch.tsx';
import { ConfigList } from './config-list.tsx';
import { type ConfigTarget, OWN_SOURCE } from './config-target.ts';
import { EditConfigDialog } from './edit-config-dialog.tsx';
import { ResetConfigDialog } from './reset-config-dialog.tsx';

/** Overridden ones first, then by name; those whose name, value or documentation has the text. */
export function filterConfigs(
  entries: readonly ConfigEntry[],
  { filter, onlyOverridden }: { filter: string; onlyOverridden: boolean },
): ConfigEntry[] {
  const wanted = filter.trim().toLowerCase();
  return entries
    .filter((entry) => !onlyOverridden || entry.isOverridden)
    .filter((entry) => `${entry.name}\n${entry.value ?? ''}`.toLowerCase().includes(wanted))
    .sort(
      (one, other) =>
        Number(other.isOverridden) - Number(one.isOverridden) || one.name.localeCompare(other.name),
    );
}

export interface ConfigEditorProps {
  target: ConfigTarget;
  /** Undefined until read. */
  entries: readonly ConfigEntry[] | undefined;
}

/** Configs of a topic or broker: where each value comes from, what it means, and how to change it. */
export function ConfigEditor({ target, entries }: ConfigEditorProps) {
  const t = useTranslations('configs');
  const [{ filter, overridden }, setState] = useQueryStates({
    filter: parseAsString.withDefault(''),
    overridden: parseAsBoolean.withDefault(false),
  });
  const [text, setText] = useTypedText(filter, (typed) => void setState({ filter: typed }));
  const [dialog, setDialog] = useState<{ kind: 'edit' | 'reset'; entry: ConfigEntry } | null>(null);
  const shown = useMemo(
    () => entries && filterConfigs(entries, { filter: text, onlyOverridden: overridden }),
    [entries, text, overridden],
  );
  const close = () => setDialog(null);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <SearchInput label={t('filter')} value={text} onValueChange={setText} />
        <Switch isOn={overridden} onChange={(isOn) => void setState({ overridden: isOn })}>
          {t('onlyOverridden')}
        </Switch>
        {shown && entries && (
          <p role="status" className="text-xs text-ink-faint">
            {t('count', { shown: shown.length, total: entries.length })}
          </p>
        )}
      </div>
      {shown === undefined && <SkeletonRows rows={12} className="rounded-lg border border-line bg-surface" />}
      {shown?.length === 0 && (
        <EmptyState
          title={overridden && text === '' ? t('noneOverridden') : t('noneTitle')}
          actions={
            <Button
              onClick={() => {
                setText('');
                void setState({ overridden: false });
              }}
            >
              {t('showAll')}
            </Button>
          }
        />
      )}
      {shown && shown.length > 0 && (
        <ConfigList
          entries={shown}
          ownSource={OWN_SOURCE[target.kind]}
          onEdit={(entry) => setDialog({ kind: 'edit', entry })}
          onReset={(entry) => setDialog({ kind: 'reset', entry })}
        />
      )}
      {dialog?.kind === 'edit' && <EditConfigDialog target={target} entry={dialog.entry} onClose={close} />}
      {dialog?.kind === 'reset' && <ResetConfigDialog target={target} entry={dialog.entry} onClose={close} />}
    </div>
  );
}
