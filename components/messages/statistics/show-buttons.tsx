'use client';

import { ChartColumn, Sigma } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import type { StatisticsShown } from './statistics-view.tsx';

export interface ShowButtonsProps {
  /** Null: neither. */
  show: StatisticsShown | null;
  onShow: (show: StatisticsShown | null) => void;
}

/** Whether the messages over time stand above the table, or that with everything else. */
export function ShowButtons({ show, onShow }: ShowButtonsProps) {
  const t = useTranslations('messages.statistics');
  const toggle = (which: StatisticsShown) => ({
    size: 'small' as const,
    tone: 'quiet' as const,
    className: 'aria-pressed:bg-selected aria-pressed:text-ink',
    'aria-pressed': show === which,
    onClick: () => onShow(show === which ? null : which),
  });
  return (
    <>
      <Button icon={ChartColumn} {...toggle('timeline')}>
        {t('openTimeline')}
      </Button>
      <Button icon={Sigma} {...toggle('statistics')}>
        {t('open')}
      </Button>
    </>
  );
}
