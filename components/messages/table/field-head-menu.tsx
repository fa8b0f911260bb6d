'use client';

import { ArrowLeft, ArrowRight, Ellipsis, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { moveColumn } from './columns.ts';

export interface FieldHeadMenuProps {
  column: string;
  columns: readonly string[];
  onChange: (columns: string[]) => void;
}

/** Moves the column of a field, or takes it away. */
export function FieldHeadMenu({ column, columns, onChange }: FieldHeadMenuProps) {
  const t = useTranslations('messages.columnPicker');
  const place = columns.indexOf(column);
  return (
    <Menu
      trigger={
        <IconButton
          icon={Ellipsis}
          size="small"
          label={t('menuOf', { column })}
          className="-my-1 size-6 text-ink-faint"
        />
      }
    >
      <MenuItem
        icon={ArrowLeft}
        isDisabled={place === 0}
        onSelect={() => onChange(moveColumn(columns, column, -1))}
      >
        {t('left')}
      </MenuItem>
      <MenuItem
        icon={ArrowRight}
        isDisabled={place === columns.length - 1}
        onSelect={() => onChange(moveColumn(columns, column, 1))}
      >
        {t('right')}
      </MenuItem>
      <MenuItem icon={X} onSelect={() => onChange(columns.filter((each) => each !== column))}>
        {t('take')}
      </MenuItem>
    </Menu>
  );
}
