'use client';

import { CircleHelp, Pencil, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ConfigEntry, ConfigSource } from '../../lib/contract/configs.ts';
import { IconButton } from '../ui/button.tsx';
import { Badge } from '../ui/health.tsx';
import { ConfigDocumentation } from './config-documentation.tsx';
import { ConfigValue } from './config-value.tsx';

export interface ConfigListProps {
  entries: readonly ConfigEntry[];
  /** Values of this source can be taken away. */
  ownSource: ConfigSource;
  onEdit: (entry: ConfigEntry) => void;
  onReset: (entry: ConfigEntry) => void;
}

/** Configs a line each, with documentation that opens below on demand. */
export function ConfigList({ entries, ...rest }: ConfigListProps) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {entries.map((entry) => (
        <ConfigLine key={entry.name} entry={entry} {...rest} />
      ))}
    </ul>
  );
}

interface ConfigLineProps extends Omit<ConfigListProps, 'entries'> {
  entry: ConfigEntry;
}

function ConfigLine({ entry, ownSource, onEdit, onReset }: ConfigLineProps) {
  const t = useTranslations('configs');
  const [isOpen, setOpen] = useState(false);
  const id = `config-${entry.name}`;
  return (
    <li className="px-3 py-1 text-[0.8125rem]">
      <div className="flex items-center gap-x-4">
        <div className="grid min-w-0 flex-1 items-center gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(14rem,2fr)_3fr_minmax(8rem,1fr)]">
          <span className="flex min-w-0 items-center gap-1">
            <IconButton
              size="small"
              icon={CircleHelp}
              label={t('documentation', { name: entry.name })}
              aria-expanded={isOpen}
              aria-controls={isOpen ? id : undefined}
              onClick={() => setOpen(!isOpen)}
            />
            <span
              className={`min-w-0 font-mono text-xs break-all ${entry.isOverridden ? 'font-semibold' : ''}`}
            >
              {entry.name}
            </span>
          </span>
          <span className="min-w-0 max-sm:pl-8">
            <ConfigValue entry={entry} />
          </span>
          <span className="flex flex-wrap items-center gap-1.5 text-xs text-ink-faint max-sm:pl-8">
            {entry.isOverridden ? <Badge>{t('overridden')}</Badge> : t(`sources.${entry.source}`)}
            {entry.isReadOnly && <Badge>{t('readOnly')}</Badge>}
          </span>
        </div>
        <span className="flex w-15 shrink-0 justify-end gap-1">
          {entry.source === ownSource && !entry.isReadOnly && (
            <IconButton
              size="small"
              icon={RotateCcw}
              label={t('reset', { name: entry.name })}
              onClick={() => onReset(entry)}
            />
          )}
          {!entry.isReadOnly && (
            <IconButton
              size="small"
              icon={Pencil}
              label={t('edit', { name: entry.name })}
              onClick={() => onEdit(entry)}
            />
          )}
        </span>
      </div>
      {isOpen && (
        <div id={id} className="space-y-2 pt-1 pb-2 pl-8">
          {entry.documentation ? (
            <ConfigDocumentation entry={entry} className="max-w-3xl text-ink-soft" />
          ) : (
            <p className="text-xs text-ink-faint">{t('noDocumentation')}</p>
          )}
          <Synonyms entry={entry} />
        </div>
      )}
    </li>
  );
}

/** The places a value can come from, in the order in which they win (KIP-226). */
function Synonyms({ entry }: { entry: ConfigEntry }) {
  const t = useTranslations('configs');
  if (entry.synonyms.length === 0) return null;
  return (
    <div className="text-xs">
      <p className="text-ink-faint">{t('synonyms')}</p>
      <ol className="mt-0.5 list-decimal pl-5 text-ink-soft">
        {entry.synonyms.map((synonym) => (
          <li key={`${synonym.source} ${synonym.name}`}>
            <span className="font-mono break-all">
              {synonym.name}={synonym.value ?? ''}
            </span>{' '}
            <span className="text-ink-faint">({t(`sources.${synonym.source}`)})</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
