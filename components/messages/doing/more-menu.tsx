'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';

/** The menu of what can be done with messages, or with one. */
export function MoreMenu({ children }: { children: ReactNode }) {
  const t = useTranslations('doing.actions');
  return (
    <Menu
      trigger={
        <Button size="small">
          {t('menu')}
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      }
    >
      {children}
    </Menu>
  );
}
