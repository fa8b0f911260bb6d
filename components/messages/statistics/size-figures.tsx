'use client';

import { useTranslations } from 'next-intl';
import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { Card, Section } from '../../ui/card.tsx';
import { Bytes, useNumberText } from '../../ui/format.tsx';
import type { FigureProps } from './figure-props.ts';

type Sizes = MessageStatistics['keySizes'];

/** How large values and keys are. */
export function SizeFigures({ statistics }: FigureProps) {
  const t = useTranslations('messages.statistics.sizes');
  const text = useNumberText();
  const { keySizes, valueSizes } = statistics;
  return (
    <Section
      title={t('title')}
      description={t('error', { percent: text.percent(valueSizes.relativeError * 100) })}
    >
      <Card className="grid gap-x-6 gap-y-4 p-3 sm:grid-cols-2">
        <SizesOf title={t('values')} sizes={valueSizes} />
        <SizesOf title={t('keys')} sizes={keySizes} />
      </Card>
    </Section>
  );
}

const FIGURES = ['min', 'p50', 'mean', 'p90', 'p99', 'max'] as const;

function SizesOf({ title, sizes }: { title: string; sizes: Sizes }) {
  const t = useTranslations('messages.statistics.sizes');
  return (
    <div className="min-w-0">
      <h3 className="text-xs font-medium">{title}</h3>
      {sizes.count === 0 ? (
        <p className="mt-1 text-ink-faint text-xs">{t('none')}</p>
      ) : (
        <>
          <dl className="mt-1 grid grid-cols-3 gap-x-3 gap-y-1 text-xs">
            {FIGURES.map((name) => (
              <div key={name} className="min-w-0">
                <dt className="text-2xs text-ink-faint">{t(`figure.${name}`)}</dt>
                <dd>
                  <Bytes value={sizes[name]} />
                </dd>
              </div>
            ))}
          </dl>
          <PowersOfTwo sizes={sizes} />
        </>
      )}
    </div>
  );
}

/** How many are how large, each line twice as large as the one before. */
function PowersOfTwo({ sizes: { powersOfTwo, count } }: { sizes: Sizes }) {
  const t = useTranslations('messages.statistics.sizes');
  const text = useNumberText();
  const most = Math.max(1, ...powersOfTwo.map((power) => power.count));
  return (
    <table aria-label={t('spread')} className="mt-2 w-full text-2xs">
      <tbody>
        {powersOfTwo.map(({ from, to, count: within }) => (
          <tr key={from}>
            <th
              scope="row"
              className="w-20 py-px pr-2 text-right font-normal whitespace-nowrap text-ink-faint"
            >
              {to - from <= 1 ? text.bytes(from) : `${text.bytes(from)}–`}
            </th>
            <td className="py-px">
              <span
                className="block h-2.5 rounded-xs bg-chart-1"
                style={{ width: within === 0 ? 0 : `max(2px, ${(within / most) * 100}%)` }}
              />
            </td>
            <td className="w-12 py-px pl-2 text-right" title={text.count(within)}>
              {text.percent((within / Math.max(1, count)) * 100)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
