'use client';

import { useTranslations } from 'next-intl';
import { ShareBar } from '../../charts/share-bar.tsx';
import { Card, Section } from '../../ui/card.tsx';
import { useNumberText } from '../../ui/format.tsx';
import type { FigureProps } from './figure-props.ts';

/** Headers, compression and transactions. */
export function KindFigures({ statistics }: FigureProps) {
  const t = useTranslations('messages.statistics.kinds');
  const { headers, compression, transactions, matched } = statistics;
  const inTransactions = Object.entries(transactions)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => ({ name: t(`transaction.${state as keyof typeof transactions}`), count }));
  return (
    <Section className="lg:col-span-2" title={t('title')}>
      <Card className="grid gap-x-6 gap-y-4 p-3 sm:grid-cols-3">
        <Shares
          title={t('headers')}
          rows={headers.map(({ name, isTruncated, count }) => ({
            name: isTruncated ? `${name}…` : name,
            count,
          }))}
          of={matched}
          none={t('noHeaders')}
        />
        <Shares
          title={t('compression')}
          rows={compression.map(({ type, matched: count }) => ({
            name: type === 'none' ? t('uncompressed') : type,
            count,
          }))}
          of={matched}
        />
        <Shares title={t('transactions')} rows={inTransactions} of={matched} none={t('noTransactions')} />
      </Card>
    </Section>
  );
}

interface SharesProps {
  title: string;
  rows: readonly { name: string; count: number }[];
  of: number;
  none?: string;
}

function Shares({ title, rows, of, none }: SharesProps) {
  const text = useNumberText();
  return (
    <div className="min-w-0">
      <h3 className="text-xs font-medium">{title}</h3>
      {rows.length === 0 ? (
        <p className="mt-1 text-ink-faint text-xs">{none}</p>
      ) : (
        <table aria-label={title} className="mt-1 w-full text-xs">
          <tbody>
            {rows.map(({ name, count }) => (
              <tr key={name}>
                <th scope="row" className="py-0.5 pr-2 text-left font-normal break-all">
                  {name}
                </th>
                <td className="w-20 py-0.5">
                  <ShareBar percent={(count / Math.max(1, of)) * 100} />
                </td>
                <td className="w-14 py-0.5 pl-2 text-right" title={text.count(count)}>
                  {text.percent((count / Math.max(1, of)) * 100)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
