'use client';

import { ArrowDown, ArrowUp, Columns3, Plus, RotateCcw, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SeenField } from '../../../lib/contract/serdes.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SearchInput } from '../../ui/input.tsx';
import { Popover } from '../../ui/popover.tsx';
import { parseFieldPath } from '../fields/field-path.ts';
import { FIXED_COLUMNS, isFixed, moveColumn } from './columns.ts';

/** Fields listed at once; the others are found by typing. */
const LISTED = 60;

export interface ColumnPickerProps {
  columns: readonly string[];
  fields: readonly SeenField[];
  isSeveral: boolean;
  /** Null: those that a table begins with. */
  onChange: (columns: string[] | null) => void;
}

/** Which columns there are and in what order; more of them out of the fields that messages have. */
export function ColumnPicker({ columns, fields, isSeveral, onChange }: ColumnPickerProps) {
  const t = useTranslations('messages.columnPicker');
  return (
    <Popover
      label={t('title')}
      trigger={
        <Button size="small" tone="quiet" icon={Columns3}>
          {t('open')}
        </Button>
      }
      className="w-96 p-0"
    >
      <div className="border-line border-b p-3">
        <div className="mb-1.5 flex min-h-7 items-center justify-between gap-2">
          <h3 className="font-semibold text-[0.8125rem]">{t('shown')}</h3>
          <Button size="small" tone="quiet" icon={RotateCcw} onClick={() => onChange(null)}>
            {t('reset')}
          </Button>
        </div>
        <ShownColumns columns={columns} onChange={onChange} />
      </div>
      <MoreColumns columns={columns} fields={fields} isSeveral={isSeveral} onChange={onChange} />
    </Popover>
  );
}

function useColumnName() {
  const t = useTranslations('messages.columns');
  return (column: string) => (isFixed(column) ? t(column) : column);
}

function ShownColumns({ columns, onChange }: Pick<ColumnPickerProps, 'columns' | 'onChange'>) {
  const t = useTranslations('messages.columnPicker');
  const nameOf = useColumnName();
  const [dragged, setDragged] = useState<string | null>(null);
  return (
    <ol className="space-y-px">
      {columns.map((column, place) => (
        <li
          key={column}
          draggable
          onDragStart={() => setDragged(column)}
          onDragEnd={() => setDragged(null)}
          onDragOver={(event) => {
            if (dragged === null) return;
            event.preventDefault();
            if (dragged !== column) onChange(moveColumn(columns, dragged, place - columns.indexOf(dragged)));
          }}
          className={`flex cursor-grab items-center rounded-md pl-2 hover:bg-hover ${dragged === column ? 'bg-selected' : ''}`}
        >
          <span
            className={`mr-auto min-w-0 truncate ${isFixed(column) ? 'text-[0.8125rem]' : 'font-mono text-xs'}`}
            title={column}
          >
            {nameOf(column)}
          </span>
          <IconButton
            size="small"
            icon={ArrowUp}
            label={t('up', { column: nameOf(column) })}
            disabled={place === 0}
            onClick={() => onChange(moveColumn(columns, column, -1))}
          />
          <IconButton
            size="small"
            icon={ArrowDown}
            label={t('down', { column: nameOf(column) })}
            disabled={place === columns.length - 1}
            onClick={() => onChange(moveColumn(columns, column, 1))}
          />
          <IconButton
            size="small"
            icon={X}
            label={t('remove', { column: nameOf(column) })}
            disabled={columns.length === 1}
            onClick={() => onChange(columns.filter((each) => each !== column))}
          />
        </li>
      ))}
    </ol>
  );
}

function MoreColumns({ columns, fields, isSeveral, onChange }: ColumnPickerProps) {
  const t = useTranslations('messages.columnPicker');
  const nameOf = useColumnName();
  const [text, setText] = useState('');
  const isWanted = (name: string) =>
    !columns.includes(name) && `${name} ${nameOf(name)}`.toLowerCase().includes(text.trim().toLowerCase());
  const fixed = FIXED_COLUMNS.filter((column) => (isSeveral || column !== 'topic') && isWanted(column));
  const found = fields.filter(({ path }) => isWanted(path));
  const typed = text.trim();
  const isPath = parseFieldPath(typed) !== null && !isFixed(typed) && !columns.includes(typed);
  const isNew = isPath && !fields.some(({ path }) => path === typed);
  const add = (column: string) => onChange([...columns, column]);
  return (
    <div className="p-3">
      <h3 className="mb-1.5 font-semibold text-[0.8125rem]">{t('more')}</h3>
      <SearchInput label={t('find')} value={text} onValueChange={setText} className="max-w-none" />
      <ul className="mt-1.5 max-h-64 space-y-px overflow-y-auto">
        {isNew && <Offer name={typed} onAdd={() => add(typed)} />}
        {fixed.map((column) => (
          <Offer key={column} name={nameOf(column)} isWord onAdd={() => add(column)} />
        ))}
        {found.slice(0, LISTED).map(({ path, examples }) => (
          <Offer key={path} name={path} example={examples[0]} onAdd={() => add(path)} />
        ))}
      </ul>
      {found.length > LISTED && (
        <p className="mt-1.5 text-ink-faint text-xs">{t('moreFields', { count: found.length - LISTED })}</p>
      )}
      {!isNew && fixed.length + found.length === 0 && (
        <p className="mt-1.5 text-ink-faint text-xs">{t(fields.length === 0 ? 'noFields' : 'nothing')}</p>
      )}
    </div>
  );
}

interface OfferProps {
  name: string;
  isWord?: boolean;
  example?: string;
  onAdd: () => void;
}

function Offer({ name, isWord, example, onAdd }: OfferProps) {
  return (
    <li>
      <button
        type="button"
        onClick={onAdd}
        title={name}
        className="flex min-h-7 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
      >
        <Plus aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
        <span className={`min-w-0 truncate ${isWord ? 'text-[0.8125rem]' : 'font-mono text-xs'}`}>
          {name}
        </span>
        {example !== undefined && (
          <span className="ml-auto max-w-32 shrink-0 truncate font-mono text-2xs text-ink-faint">
            {example}
          </span>
        )}
      </button>
    </li>
  );
}
